package dev.kubechurn.core.env;

import static dev.kubechurn.core.env.PodRig.configMapKey;
import static dev.kubechurn.core.env.PodRig.secretKey;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kubechurn.core.api.ObjectKey;
import dev.kubechurn.core.store.LookupError;
import dev.kubechurn.core.testing.Samples;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The whole of an environment (E1 to E5): when there is one, who wins, what is asked for, and when. */
class EnvironmentResolverTest {

    private final PodRig rig = new PodRig();

    @Test
    void e1ServiceLinksMustBeSetBeforeAnythingIsLookedAt() {
        rig.pod.getSpec().setEnableServiceLinks(null);
        rig.servicesSynced = false;
        rig.fromConfigMap(null, "gone", null);
        Outcome outcome = rig.resolve();
        assertThat(outcome.errorKind()).isEqualTo("ServiceLinksUnset");
        assertThat(outcome.message())
                .isEqualTo("nil pod.spec.enableServiceLinks encountered, cannot construct envvars");
        assertThat(outcome.reads()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"true", "false"})
    void e2ServicesMustBeSyncedWithLinksOnOrOff(boolean links) {
        rig.pod.getSpec().setEnableServiceLinks(links);
        rig.servicesSynced = false;
        rig.fromConfigMap(null, "gone", null);
        assertThat(rig.error())
                .isEqualTo(
                        "ServicesNotSynced: services have not yet been read at least once, cannot construct envvars");
        assertThat(rig.world.reads).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"file,true", "http,true", "'',true", "api,false"})
    void e2AStaticPodGoesOnWithTheServicesKnownSoFar(String source, boolean goesOn) {
        rig.pod.getMetadata().setAnnotations(new TreeMap<>(Map.of("kubernetes.io/config.source", source)));
        rig.servicesSynced = false;
        rig.services.add(new ServiceBuilder()
                .withNewMetadata()
                .withNamespace("default")
                .withName("kubernetes")
                .endMetadata()
                .withNewSpec()
                .withClusterIP("10.0.0.1")
                .addNewPort()
                .withPort(443)
                .endPort()
                .endSpec()
                .build());
        Outcome outcome = rig.resolve();
        if (goesOn) {
            assertThat(outcome.variables()).containsEntry("KUBERNETES_SERVICE_HOST", "10.0.0.1");
        } else {
            assertThat(outcome.errorKind()).isEqualTo("ServicesNotSynced");
        }
    }

    @Test
    void e3EnvWinsOverSourceAndSourceOverService() {
        rig.services.add(ServiceVariablesTest.service("shop", "web", "10.3.0.4"));
        rig.configMap("settings", "WEB_SERVICE_HOST", "source", "WEB_SERVICE_PORT", "source", "OTHER", "source")
                .fromConfigMap(null, "settings", null)
                .env("WEB_SERVICE_HOST", "env");
        assertThat(rig.variables())
                .containsEntry("WEB_SERVICE_HOST", "env")
                .containsEntry("WEB_SERVICE_PORT", "source")
                .containsEntry("OTHER", "source")
                .containsEntry("WEB_PORT", "tcp://10.3.0.4:80");
    }

    @Test
    void e3VariablesAreSortedByTheBytesOfTheirNames() {
        rig.env("b", "1")
                .env("\ud83d\ude00", "2")
                .env("\uff21", "3")
                .env("B", "4")
                .env("a", "5")
                .env("ab", "6");
        assertThat(rig.variables().keySet()).containsExactly("B", "a", "ab", "b", "\uff21", "\ud83d\ude00");
    }

    @Test
    void e4SourcesComeFirstThenEntriesEachInOrder() {
        rig.secret("s", "K", "1").configMap("c", "K", "2").configMap("d", "K", "3");
        rig.env("X", configMapKey("d", "K", null)).fromSecret(null, "s", null).fromConfigMap(null, "c", null);
        Outcome outcome = rig.resolve();
        assertThat(outcome.reads()).containsExactly("secret shop/s", "configmap shop/c", "configmap shop/d");
        assertThat(outcome.variables()).isEqualTo(Map.of("K", "2", "X", "3"));
    }

    @Test
    void e4TheFirstErrorEndsItAndEventsBeforeItStaySent() {
        rig.configMap("bad", "1X", "x")
                .fromConfigMap(null, "bad", null)
                .fromConfigMap(null, "gone", null)
                .fromConfigMap(null, "never", null);
        Outcome outcome = rig.resolve();
        assertThat(outcome.env()).isNull();
        assertThat(outcome.message()).isEqualTo("configmap \"gone\" not found");
        assertThat(outcome.events()).hasSize(1);
        assertThat(outcome.reads()).containsExactly("configmap shop/bad", "configmap shop/gone");
    }

    @Test
    void e5AnObjectThatWasFoundIsAskedForOnce() {
        rig.configMap("both", "A", "config").secret("both", "A", "secret");
        rig.fromConfigMap(null, "both", null)
                .fromConfigMap("AGAIN_", "both", null)
                .fromSecret("S_", "both", null)
                .env("X", configMapKey("both", "A", null))
                .env("Y", secretKey("both", "A", null));
        Outcome outcome = rig.resolve();
        assertThat(outcome.reads()).containsExactly("configmap shop/both", "secret shop/both");
        assertThat(outcome.variables())
                .isEqualTo(Map.of("A", "config", "AGAIN_A", "config", "S_A", "secret", "X", "config", "Y", "secret"));
    }

    @Test
    void e5AllUsesSeeOneVersionThoughTheObjectChangesBetween() {
        rig.configMap("a", "K", "old").fromConfigMap(null, "a", null).env("LATER", configMapKey("a", "K", null));
        rig.configMap("pause", "P", "p").fromConfigMap(null, "pause", null);
        Deque<Runnable> underWay = new ArrayDeque<>();
        rig.world.delivery = underWay::add;
        ObjectWorld.Received received = new ObjectWorld.Received();
        rig.world.resolver(NameMode.STRICT).resolve(rig.request(), received);
        underWay.remove().run();
        rig.configMap("a", "K", "new");
        underWay.remove().run();
        assertThat(received.outcome(rig.world).variables())
                .containsEntry("K", "old")
                .containsEntry("LATER", "old");
        assertThat(underWay).isEmpty();
    }

    @Test
    void e5AnObjectThatWasNotThereIsAskedForAgain() {
        rig.fromConfigMap(null, "gone", true)
                .fromConfigMap(null, "gone", true)
                .env("X", configMapKey("gone", "K", true));
        Outcome outcome = rig.resolve();
        assertThat(outcome.reads())
                .containsExactly("configmap shop/gone", "configmap shop/gone", "configmap shop/gone");
        assertThat(outcome.variables()).isEmpty();
    }

    @Test
    void e5TwoContainersAskEachForThemselves() {
        rig.configMap("a", "K", "old").fromConfigMap(null, "a", null);
        EnvironmentResolver resolver = rig.world.resolver(NameMode.STRICT);
        List<ObjectWorld.Received> both = new ArrayList<>();
        for (String value : new String[] {"old", "new"}) {
            rig.configMap("a", "K", value);
            ObjectWorld.Received received = new ObjectWorld.Received();
            resolver.resolve(rig.request(), received);
            both.add(received);
        }
        assertThat(both.get(0).outcome(rig.world).variables()).containsEntry("K", "old");
        assertThat(both.get(1).outcome(rig.world).variables()).containsEntry("K", "new");
        assertThat(rig.world.reads).hasSize(2);
    }

    @Test
    void e17AndE33PassOtherErrorsOfTheManagerOn() {
        LookupError error = new LookupError.NotRegistered(new ObjectKey("shop", "a"));
        rig.world.broken.put("configmap shop/a", error);
        rig.fromConfigMap(null, "a", true);
        assertThat(rig.error()).isEqualTo("NotRegistered: object \"shop\"/\"a\" not registered");
        rig.main.getEnvFrom().clear();
        rig.env("X", configMapKey("a", "K", true));
        assertThat(rig.error()).isEqualTo("NotRegistered: object \"shop\"/\"a\" not registered");
    }

    @Test
    void manyObjectsAtHandDoNotGrowTheStack() {
        int count = 20_000;
        for (int i = 0; i < count; i++) {
            rig.configMap("c" + i, "K" + i, "v").fromConfigMap(null, "c" + i, null);
        }
        assertThat(rig.variables()).hasSize(count);
    }

    @Test
    void expandedValuesTogetherAreBounded() {
        rig.env("A", "x".repeat(1 << 20));
        for (int i = 0; i < 7; i++) {
            rig.env("B" + i, "$(A)");
        }
        assertThat(rig.variables()).as("8 Mi characters are allowed").hasSize(8);
        rig.env("LAST", "y");
        assertThat(rig.error())
                .isEqualTo("TooLarge: expanding variable LAST produces more than 8388608 characters in this container: "
                        + "use fewer $(VAR) references to long values");
    }

    @Test
    void tellsNoValueWhenPrinted() {
        rig.secret("s", "TOKEN", "s3cret").fromSecret(null, "s", null).env("PASSWORD", "s3cret");
        ObjectWorld.Received received = new ObjectWorld.Received();
        rig.world.resolver(NameMode.STRICT).resolve(rig.request(), received);
        assertThat(received.environment).hasToString("Environment[PASSWORD, TOKEN]");
        assertThat(rig.request()).hasToString("EnvironmentRequest[shop/web-0, main]");
        assertThat(ObjectData.of(rig.world.secrets.values().iterator().next())).hasToString("Secret[1 keys]");
    }

    @Test
    void aSecretThatIsNotBase64FailsWithoutItsValue() {
        rig.world.add(Samples.secret("s", "s3cret!"));
        rig.fromSecret(null, "s", true);
        assertThat(rig.error())
                .isEqualTo("Unavailable: key value of secret shop/s is not base64: "
                        + "encode the values of data, or use stringData");
    }

    @Test
    void findsAContainerByItsName() {
        assertThat(rig.request("side").container().getName()).isEqualTo("side");
        assertThat(rig.request("setup").container().getName()).isEqualTo("setup");
        assertThatThrownBy(() -> rig.request("nobody"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("pod shop/web-0 has no container \"nobody\": name one of its containers");
    }
}
