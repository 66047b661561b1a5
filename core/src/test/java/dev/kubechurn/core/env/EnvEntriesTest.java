package dev.kubechurn.core.env;

import static dev.kubechurn.core.env.PodRig.configMapKey;
import static dev.kubechurn.core.env.PodRig.field;
import static dev.kubechurn.core.env.PodRig.secretKey;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kubechurn.core.testing.Samples;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.EnvVarSource;
import io.fabric8.kubernetes.api.model.EnvVarSourceBuilder;
import io.fabric8.kubernetes.api.model.ResourceFieldSelector;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The entries of {@code env} and what their {@code valueFrom} gives (E21 to E24, E31 to E35). */
class EnvEntriesTest {

    private final PodRig rig = new PodRig();

    @Test
    void e21AnEntrySeesSourcesAndEntriesBeforeItAndOverwrites() {
        rig.configMap("c", "A", "source").fromConfigMap(null, "c", null);
        rig.env("B", "$(A)").env("A", "first").env("C", "$(A)").env("A", "last");
        assertThat(rig.variables()).isEqualTo(Map.of("A", "last", "B", "source", "C", "first"));
    }

    @Test
    void e22NamesAreNotCheckedInEitherMode() {
        rig.env("1 a=", "x").env("..", "y");
        for (NameMode mode : NameMode.values()) {
            rig.mode = mode;
            Outcome outcome = rig.resolve();
            assertThat(outcome.variables()).isEqualTo(Map.of("1 a=", "x", "..", "y"));
            assertThat(outcome.events()).isEmpty();
        }
    }

    @Test
    void e23AValueThatIsNotEmptyWinsOverValueFrom() {
        rig.env("A", "x").env("B", "is $(A)", configMapKey("gone", "K", null));
        Outcome outcome = rig.resolve();
        assertThat(outcome.variables()).isEqualTo(Map.of("A", "x", "B", "is x"));
        assertThat(outcome.reads()).isEmpty();
    }

    @Test
    void e23AnEmptyValueGivesWayToValueFrom() {
        rig.configMap("c", "K", "v").env("A", "", configMapKey("c", "K", null));
        assertThat(rig.variables()).isEqualTo(Map.of("A", "v"));
    }

    @Test
    void e24WithoutAnyValueTheVariableIsSetToTheEmptyString() {
        rig.configMap("c", "A", "source", "B", "source", "C", "source").fromConfigMap(null, "c", null);
        rig.env("A", (String) null).env("B", "").env("C", new EnvVarSource());
        assertThat(rig.variables()).isEqualTo(Map.of("A", "", "B", "", "C", ""));
    }

    @Test
    void x9AFileKeyIsNotSupportedAndNeverEmpty() {
        rig.env("A", "x").env("B", "", fileKey()).env("C", "y");
        Outcome outcome = rig.resolve();
        assertThat(outcome.env()).isNull();
        assertThat(outcome.errorKind()).isEqualTo("NotSupported");
        assertThat(outcome.message()).isEqualTo("variable B: valueFrom.fileKeyRef is not supported");
    }

    @Test
    void x9AFileKeyBesideAValueOrAnotherReferenceDoesNotCount() {
        rig.configMap("c", "K", "v");
        EnvVarSource both = configMapKey("c", "K", null);
        both.setFileKeyRef(fileKey().getFileKeyRef());
        rig.env("A", "x", fileKey()).env("B", "", both);
        assertThat(rig.variables()).isEqualTo(Map.of("A", "x", "B", "v"));
    }

    private static EnvVarSource fileKey() {
        return new EnvVarSourceBuilder()
                .withNewFileKeyRef()
                .withVolumeName("files")
                .withPath("settings.env")
                .withKey("K")
                .endFileKeyRef()
                .build();
    }

    @Test
    void e31WhatItResolvesToIsNeverExpanded() {
        rig.pod.getMetadata().setUid("$(A)");
        rig.configMap("c", "K", "$(A)$$").secret("s", "K", "$(A)");
        rig.env("A", "x")
                .env("C", configMapKey("c", "K", null))
                .env("S", secretKey("s", "K", null))
                .env("F", field("metadata.uid"));
        assertThat(rig.variables()).isEqualTo(Map.of("A", "x", "C", "$(A)$$", "S", "$(A)", "F", "$(A)"));
    }

    @Test
    void e31FieldThenResourceThenConfigMapThenSecret() {
        rig.configMap("o", "K", "config").secret("o", "K", "secret");
        EnvVarSource all = configMapKey("o", "K", null);
        all.setSecretKeyRef(secretKey("o", "K", null).getSecretKeyRef());
        all.setResourceFieldRef(new ResourceFieldSelector(null, null, "requests.cpu"));
        all.setFieldRef(field("metadata.name").getFieldRef());
        rig.env("A", all);
        assertThat(rig.variables()).isEqualTo(Map.of("A", "web-0"));
        all.setFieldRef(null);
        assertThat(rig.variables()).isEqualTo(Map.of("A", "0"));
        all.setResourceFieldRef(null);
        assertThat(rig.variables()).isEqualTo(Map.of("A", "config"));
        all.setConfigMapKeyRef(null);
        assertThat(rig.variables()).isEqualTo(Map.of("A", "secret"));
    }

    @Test
    void e32TakesTextOrDecodedValueAndAnEmptyOneIsAValue() {
        rig.configMap("c", "K", "text", "E", "").secret("s", "K", "d\u00e9coded\n", "E", "");
        rig.env("A", configMapKey("c", "K", null))
                .env("B", configMapKey("c", "E", null))
                .env("C", secretKey("s", "K", null))
                .env("D", secretKey("s", "E", null));
        assertThat(rig.variables()).isEqualTo(Map.of("A", "text", "B", "", "C", "d\u00e9coded\n", "D", ""));
    }

    @Test
    void e33AMissingObjectIsNotFound() {
        rig.env("A", configMapKey("gone", "K", null));
        assertThat(rig.error()).isEqualTo("NotFound: configmap \"gone\" not found");
        rig.main.getEnv().clear();
        rig.env("A", secretKey("gone", "K", false));
        assertThat(rig.error()).isEqualTo("NotFound: secret \"gone\" not found");
    }

    @Test
    void e34AMissingKeyIsToldInTheKubeletsWords() {
        ConfigMap binary = Samples.configMap("c", "x");
        binary.setBinaryData(Map.of("K", "eA=="));
        rig.world.add(binary);
        rig.secret("s");
        rig.env("A", configMapKey("c", "K", null));
        assertThat(rig.error()).isEqualTo("KeyNotFound: couldn't find key K in ConfigMap shop/c");
        rig.main.getEnv().clear();
        rig.env("A", secretKey("s", "k", false));
        assertThat(rig.error()).isEqualTo("KeyNotFound: couldn't find key k in Secret shop/s");
    }

    @Test
    void e35AnOptionalEntryIsLeftOutAsThoughItWereNotListed() {
        rig.services.add(ServiceVariablesTest.service("shop", "web", "10.3.0.4"));
        rig.configMap("c", "FROM_SOURCE", "source").secret("s").fromConfigMap(null, "c", null);
        rig.env("BEFORE", "before")
                .env("BEFORE", configMapKey("c", "nope", true))
                .env("FROM_SOURCE", secretKey("s", "nope", true))
                .env("WEB_SERVICE_HOST", configMapKey("gone", "K", true))
                .env("NEVER", secretKey("gone", "K", true));
        assertThat(rig.variables())
                .containsEntry("BEFORE", "before")
                .containsEntry("FROM_SOURCE", "source")
                .containsEntry("WEB_SERVICE_HOST", "10.3.0.4")
                .doesNotContainKey("NEVER");
    }
}
