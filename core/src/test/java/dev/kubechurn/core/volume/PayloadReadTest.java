package dev.kubechurn.core.volume;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kubechurn.core.api.ObjectKey;
import dev.kubechurn.core.api.ObjectKind;
import dev.kubechurn.core.store.LookupError;
import dev.kubechurn.core.store.Reader;
import dev.kubechurn.core.testing.Samples;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeBuilder;
import io.fabric8.kubernetes.api.model.VolumeProjection;
import io.fabric8.kubernetes.api.model.VolumeProjectionBuilder;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Reading a volume through the managers: what is asked, when, and what becomes of the answers (V6, V7). */
class PayloadReadTest {

    private final List<String> questions = new ArrayList<>();
    private final Map<String, ConfigMap> configMaps = new HashMap<>();
    private final Map<String, Secret> secrets = new HashMap<>();
    private final Map<String, LookupError> failures = new HashMap<>();
    private final Deque<Runnable> underWay = new ArrayDeque<>();
    private final List<PayloadResult> results = new ArrayList<>();
    private boolean atOnce = true;

    private final VolumePayloads payloads = new VolumePayloads(
            (namespace, name, reader) -> ask("configmap", configMaps, namespace, name, reader),
            (namespace, name, reader) -> ask("secret", secrets, namespace, name, reader));

    @Test
    void asksForTheObjectOfAConfigMapOrSecretVolumeInThePodsNamespace() {
        configMaps.put("files", Samples.configMap("files", "one"));
        secrets.put("tokens", Samples.secret("tokens", "dHdv"));

        read(new VolumeBuilder()
                .withNewConfigMap()
                .withName("files")
                .endConfigMap()
                .build());
        read(new VolumeBuilder()
                .withNewSecret()
                .withSecretName("tokens")
                .endSecret()
                .build());

        assertThat(questions).containsExactly("configmap shop/files", "secret shop/tokens");
        assertThat(results.stream().map(Payloads::files))
                .containsExactly(new TreeMap<>(Map.of("value", "one 644")), new TreeMap<>(Map.of("value", "two 644")));
    }

    @Test
    void asksForEachObjectOnceInTheOrderOfTheSources() {
        configMaps.put("a", Samples.configMap("a", "config"));
        secrets.put("a", Samples.secret("a", "c2VjcmV0"));
        configMaps.put("b", Samples.configMap("b", "other"));

        read(projected(configMap("b", "b"), secret("a", "s"), configMap("a", "a1"), configMap("a", "a2")));

        assertThat(questions).containsExactly("configmap shop/b", "secret shop/a", "configmap shop/a");
        assertThat(Payloads.files(onlyResult()))
                .isEqualTo(Map.of("b", "other 644", "s", "secret 644", "a1", "config 644", "a2", "config 644"));
    }

    @Test
    void asksTheNextObjectOnlyWhenTheOneBeforeIsAnswered() {
        configMaps.put("a", Samples.configMap("a", "one"));
        configMaps.put("b", Samples.configMap("b", "two"));
        atOnce = false;

        read(projected(configMap("a", "a"), configMap("b", "b")));
        assertThat(questions).containsExactly("configmap shop/a");
        underWay.remove().run();
        assertThat(questions).containsExactly("configmap shop/a", "configmap shop/b");
        assertThat(results).isEmpty();
        underWay.remove().run();

        assertThat(Payloads.files(onlyResult())).isEqualTo(Map.of("a", "one 644", "b", "two 644"));
    }

    @Test
    void asksOnAfterAnErrorAndTellsAllErrorsInOrder() {
        failures.put("configmap shop/a", new LookupError.NotFound("configmaps \"a\" not found"));
        failures.put("secret shop/b", new LookupError.NotRegistered(new ObjectKey("shop", "b")));

        read(projected(configMap("a", "a"), secret("b", "b")));

        assertThat(questions).containsExactly("configmap shop/a", "secret shop/b");
        VolumeError error = Payloads.error(onlyResult());
        assertThat(((VolumeError.Several) error).errors())
                .hasExactlyElementsOfTypes(VolumeError.NotFound.class, VolumeError.Lookup.class);
        assertThat(error.message()).isEqualTo("[configmaps \"a\" not found, object \"shop\"/\"b\" not registered]");
    }

    @Test
    void v6TellsTheManagersOwnNotFound() {
        failures.put("configmap shop/a", new LookupError.NotFound("configmaps \"a\" not found"));
        read(projected(configMap("a", "a")));
        assertThat(Payloads.error(onlyResult())).isEqualTo(new VolumeError.NotFound("configmaps \"a\" not found"));
    }

    @Test
    void v6ExcusesNotFoundOfAnOptionalObject() {
        failures.put("configmap shop/a", new LookupError.NotFound("configmaps \"a\" not found"));
        read(projected(optional(configMap("a", "a"))));
        assertThat(Payloads.files(onlyResult())).isEmpty();
    }

    static Stream<LookupError> otherErrors() {
        return Stream.of(
                new LookupError.NotRegistered(new ObjectKey("shop", "a")),
                new LookupError.SyncTimeout(ObjectKind.CONFIG_MAP),
                new LookupError.Unavailable("the server is gone"));
    }

    @ParameterizedTest
    @MethodSource("otherErrors")
    void v6PassesEveryOtherErrorOnAlsoWhenOptional(LookupError error) {
        failures.put("configmap shop/a", error);
        read(projected(optional(configMap("a", "a"))));
        assertThat(Payloads.error(onlyResult())).isEqualTo(new VolumeError.Lookup(error));
        assertThat(Payloads.error(onlyResult()).message()).isEqualTo(error.message());
    }

    @Test
    void asksNothingForAnotherKindOfVolume() {
        read(new VolumeBuilder()
                .withNewEmptyDir()
                .withMedium("Memory")
                .endEmptyDir()
                .build());
        assertThat(questions).isEmpty();
        assertThat(onlyResult()).isEqualTo(new PayloadResult.Ready(VolumePayload.empty()));
    }

    @Test
    void n10TakesTheFirstSourceOfABrokenVolume() {
        Volume all = new VolumeBuilder()
                .withNewConfigMap()
                .withName("c")
                .endConfigMap()
                .withNewSecret()
                .withSecretName("s")
                .endSecret()
                .withNewProjected()
                .endProjected()
                .build();
        read(all);
        all.setProjected(null);
        read(all);
        all.setSecret(null);
        read(all);
        assertThat(questions).containsExactly("secret shop/s", "configmap shop/c");
    }

    @Test
    void readsAsManyObjectsAsThereAreWithoutGrowingTheStack() {
        int count = 20_000;
        Volume volume =
                projected(Collections.nCopies(count, configMap("x", "x")).toArray(VolumeProjection[]::new));
        for (int i = 0; i < count; i++) {
            String name = "c" + i;
            configMaps.put(name, Samples.configMap(name, name));
            volume.getProjected().getSources().set(i, configMap(name, "f" + i));
        }
        read(volume);
        assertThat(Payloads.files(onlyResult())).hasSize(count);
    }

    private void read(Volume volume) {
        payloads.read(volume, "shop", results::add);
    }

    private PayloadResult onlyResult() {
        assertThat(results).hasSize(1);
        return results.get(0);
    }

    private <T extends HasMetadata> void ask(
            String kind, Map<String, T> objects, String namespace, String name, Reader<T> reader) {
        String question = kind + " " + namespace + "/" + name;
        questions.add(question);
        Runnable answer = () -> {
            LookupError failure = failures.get(question);
            T object = objects.get(name);
            if (failure == null && object != null) {
                reader.found(object);
            } else {
                reader.failed(failure != null ? failure : new LookupError.NotFound(question));
            }
        };
        if (atOnce) {
            answer.run();
        } else {
            underWay.add(answer);
        }
    }

    private static Volume projected(VolumeProjection... sources) {
        return new VolumeBuilder()
                .withNewProjected()
                .withSources(sources)
                .endProjected()
                .build();
    }

    private static VolumeProjection configMap(String name, String path) {
        return new VolumeProjectionBuilder()
                .withNewConfigMap()
                .withName(name)
                .addNewItem("value", null, path, null)
                .endConfigMap()
                .build();
    }

    private static VolumeProjection secret(String name, String path) {
        return new VolumeProjectionBuilder()
                .withNewSecret()
                .withName(name)
                .addNewItem("value", null, path, null)
                .endSecret()
                .build();
    }

    private static VolumeProjection optional(VolumeProjection projection) {
        projection.getConfigMap().setOptional(true);
        return projection;
    }
}
