package dev.kubechurn.core.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kubechurn.core.api.ObjectKey;
import dev.kubechurn.core.api.ObjectKind;
import dev.kubechurn.core.manager.ObjectManager;
import dev.kubechurn.core.manager.ObjectManagers;
import dev.kubechurn.core.manager.StoreSettings;
import dev.kubechurn.core.manager.Strategy;
import dev.kubechurn.core.pod.PodManager;
import dev.kubechurn.core.pod.PodRegistry;
import dev.kubechurn.core.store.StoreListener;
import dev.kubechurn.core.store.TtlSource;
import dev.kubechurn.core.testing.FakeServer;
import dev.kubechurn.core.testing.RecordingReader;
import dev.kubechurn.core.testing.Verb;
import dev.kubechurn.core.testing.VirtualScheduler;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Secret;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.DoubleSupplier;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;

/**
 * Plays one conformance script, of whichever strategy, against a {@link FakeServer}.
 *
 * @param <T> the kind of the script's manager
 */
final class ScriptRunner<T extends HasMetadata> {

    private static final Duration READ_LIMIT = Duration.ofSeconds(1);

    private final VirtualScheduler scheduler = new VirtualScheduler();
    private final FakeServer server = new FakeServer(scheduler);
    private final ObjectKind<T> kind;
    private final Function<T, Map<String, String>> dataOf;
    private final ObjectManager<T> manager;
    private final PodManager podManager;

    private ScriptRunner(
            JsonNode script, DoubleSupplier random, ObjectKind<T> kind, Function<T, Map<String, String>> dataOf) {
        this.kind = kind;
        this.dataOf = dataOf;
        script.path("server").path("objects").forEach(object -> server.create(read(object)));
        this.manager = ObjectManagers.of(
                strategy(script), kind, server.api(kind), settings(script, random), new StoreListener<T>() {});
        boolean configMaps = kind.type() == ConfigMap.class;
        this.podManager = new PodManager(configMaps ? manager : new Nobody(), configMaps ? new Nobody() : manager);
    }

    private static Strategy strategy(JsonNode script) {
        return Strategy.valueOf(script.path("strategy").asString().toUpperCase(Locale.ROOT));
    }

    /** The options; those that are absent are as the README says. */
    private StoreSettings settings(JsonNode script, DoubleSupplier random) {
        JsonNode options = script.path("options");
        Duration resync = Duration.ofSeconds(options.path("resyncSeconds").asInt(60));
        TtlSource ttl = options.has("ttlSeconds")
                ? TtlSource.ofSeconds(options.path("ttlSeconds").asLong())
                : TtlSource.absent();
        return new StoreSettings(scheduler, random, resync, ttl);
    }

    /** Plays all steps; an assertion error names the step that failed. */
    static void play(JsonNode script, DoubleSupplier random) {
        ScriptRunner<?> runner = script.path("kind").asString().equals("Secret")
                ? new ScriptRunner<>(script, random, ObjectKind.SECRET, secret -> or(secret.getData()))
                : new ScriptRunner<>(script, random, ObjectKind.CONFIG_MAP, map -> or(map.getData()));
        List<JsonNode> steps = script.path("steps").valueStream().toList();
        for (int i = 0; i < steps.size(); i++) {
            runner.step(steps.get(i), "step " + i + " " + steps.get(i));
        }
    }

    private static Map<String, String> or(Map<String, String> data) {
        return Objects.requireNonNullElse(data, Map.of());
    }

    private void step(JsonNode step, String name) {
        switch (step.path("op").asString()) {
            case "registerPod" -> manager.registerPod(Vectors.object(step.path("pod"), Pod.class));
            case "unregisterPod" -> manager.unregisterPod(Vectors.object(step.path("pod"), Pod.class));
            case "updatePods" ->
                podManager.updatePods(step.path("pods")
                        .valueStream()
                        .map(pod -> Vectors.object(pod, Pod.class))
                        .toList());
            case "get" -> get(step, name);
            case "server.create" -> server.create(read(step.path("object")));
            case "server.update" -> server.update(read(step.path("object")));
            case "server.delete" -> server.delete(kind, key(step));
            case "server.fault" -> fault(step);
            case "advance" ->
                scheduler.advance(
                        Duration.ofNanos(new BigDecimal(step.path("seconds").asString())
                                .movePointRight(9)
                                .longValueExact()));
            case "expect" -> expect(step, name);
            default -> throw new AssertionError("unknown op in " + name);
        }
        scheduler.runDue();
    }

    private void get(JsonNode step, String name) {
        RecordingReader<T> reader = new RecordingReader<>();
        ObjectKey key = key(step);
        T now = manager.getNow(key.namespace(), key.name());
        manager.get(key.namespace(), key.name(), reader);
        assertThat(scheduler.advanceUntil(READ_LIMIT, reader::answered))
                .as(name)
                .isTrue();
        JsonNode expect = step.path("expect");
        if (expect.has("error")) {
            assertThat(reader.error().getClass().getSimpleName())
                    .as(name)
                    .isEqualTo(expect.path("error").asString());
            assertThat(now).as("getNow in " + name).isNull();
        } else {
            assertThat(dataOf.apply(reader.object())).as(name).isEqualTo(texts(expect.path("data")));
            if (now != null) {
                assertThat(now).as("getNow in " + name).isSameAs(reader.object());
            }
        }
    }

    private void fault(JsonNode step) {
        switch (step.path("fault").asString()) {
            case "dropWatches" -> server.dropWatches();
            case "expireWatches" -> server.expireWatches();
            case "partition" -> server.partition();
            case "staleReads" -> server.staleReads();
            case "heal" -> server.heal();
            case "failNext" ->
                server.failNext(
                        Verb.valueOf(step.path("verb").asString().toUpperCase(Locale.ROOT)),
                        step.path("status").asInt(),
                        step.path("times").asInt(1));
            default -> throw new AssertionError("unknown fault in " + step);
        }
    }

    private void expect(JsonNode step, String name) {
        if (step.has("openWatches")) {
            assertThat(server.openWatches().stream().map(ObjectKey::toString))
                    .as(name)
                    .isEqualTo(step.path("openWatches")
                            .valueStream()
                            .map(JsonNode::asString)
                            .toList());
        }
        step.path("references")
                .properties()
                .forEach(expected -> assertThat(references(expected.getKey()))
                        .as(name)
                        .isEqualTo(expected.getValue().asInt()));
        if (step.has("registeredPods")) {
            assertThat(manager.registeredPods())
                    .as(name)
                    .isEqualTo(step.path("registeredPods").asInt());
        }
        step.path("calls")
                .properties()
                .forEach(calls -> assertThat(
                                server.calls(Verb.valueOf(calls.getKey().toUpperCase(Locale.ROOT))))
                        .as(calls.getKey() + " in " + name)
                        .isEqualTo(calls.getValue().asInt()));
    }

    private int references(String object) {
        String[] parts = object.split("/", 2);
        return manager.references().getOrDefault(new ObjectKey(parts[0], parts[1]), 0);
    }

    private static ObjectKey key(JsonNode step) {
        return new ObjectKey(
                step.path("namespace").asString(), step.path("name").asString());
    }

    private static HasMetadata read(JsonNode object) {
        return object.path("kind").asString().equals("Secret")
                ? Vectors.object(object, Secret.class)
                : Vectors.object(object, ConfigMap.class);
    }

    private static Map<String, String> texts(JsonNode data) {
        return data.properties().stream()
                .collect(java.util.stream.Collectors.toMap(
                        Map.Entry::getKey, entry -> entry.getValue().asString()));
    }

    /** The registry of the kind that the script is not about. */
    private static final class Nobody implements PodRegistry {
        @Override
        public void registerPod(Pod pod) {}

        @Override
        public void unregisterPod(Pod pod) {}
    }
}
