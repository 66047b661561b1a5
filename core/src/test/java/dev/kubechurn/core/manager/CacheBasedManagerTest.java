package dev.kubechurn.core.manager;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kubechurn.core.api.ObjectKey;
import dev.kubechurn.core.pod.PodReferences;
import dev.kubechurn.core.store.LookupError;
import dev.kubechurn.core.store.ObjectStore;
import dev.kubechurn.core.store.Reader;
import dev.kubechurn.core.testing.RecordingReader;
import dev.kubechurn.core.testing.Samples;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Rules M2 to M13, on the calls that a manager makes to its store. */
class CacheBasedManagerTest {

    private final RecordingStore<ConfigMap> store = new RecordingStore<>();
    private final ObjectManager<ConfigMap> manager = ObjectManagers.ofConfigMaps(store);

    @Test
    @DisplayName("M2, M8: a new pod gives one reference to every distinct object it names")
    void newPodReferencesEachObjectOnce() {
        manager.registerPod(Samples.pod("web", "u1", "a", "b", "a"));

        assertThat(store.take()).containsExactly("+shop/a", "+shop/b");
        assertThat(manager.registeredPods()).isEqualTo(1);
    }

    @Test
    @DisplayName("M3: an update touches only names that are new or gone, the new ones first")
    void updateSettlesTheDifference() {
        manager.registerPod(Samples.pod("web", "u1", "a", "b"));
        store.take();
        manager.registerPod(Samples.pod("web", "u1", "b", "c"));

        assertThat(store.take()).containsExactly("+shop/c", "-shop/a");
        assertThat(manager.registeredPods()).isEqualTo(1);
    }

    @Test
    @DisplayName("M4: registering the same pod again does nothing, be it the same instance or an equal one")
    void registeringAgainDoesNothing() {
        Pod pod = Samples.pod("web", "u1", "a");
        manager.registerPod(pod);
        store.take();
        manager.registerPod(pod);
        manager.registerPod(Samples.pod("web", "u1", "a"));

        assertThat(store.take()).isEmpty();
    }

    @Test
    @DisplayName("M3, M5: the pod of the last registering is the remembered one")
    void lastRegisteringIsRemembered() {
        manager.registerPod(Samples.pod("web", "u1", "a"));
        manager.registerPod(Samples.pod("web", "u1", "b"));
        manager.registerPod(Samples.pod("web", "u1", "a"));
        store.take();
        manager.unregisterPod(Samples.pod("web", "u1", "b"));

        assertThat(store.take()).containsExactly("-shop/a");
    }

    @Test
    @DisplayName("M5: unregistering goes by the remembered pod, whatever is handed in")
    void unregisteringGoesByTheRememberedPod() {
        manager.registerPod(Samples.pod("web", "u1", "a", "b"));
        store.take();
        Pod bare = new PodBuilder(Samples.pod("web", "u1")).withSpec(null).build();
        manager.unregisterPod(bare);

        assertThat(store.take()).containsExactly("-shop/a", "-shop/b");
        assertThat(manager.registeredPods()).isZero();
    }

    @Test
    @DisplayName("M6: unregistering an unknown pod does nothing, nor does a second time")
    void unregisteringTheUnknownDoesNothing() {
        manager.registerPod(Samples.pod("web", "u1", "a"));
        store.take();
        manager.unregisterPod(Samples.pod("web", "u2", "a"));
        manager.unregisterPod(Samples.pod("api", "u1", "a"));
        manager.unregisterPod(Samples.podIn("bank", "web", "u1", "a"));
        assertThat(store.take()).isEmpty();
        manager.unregisterPod(Samples.pod("web", "u1"));
        manager.unregisterPod(Samples.pod("web", "u1"));
        assertThat(store.take()).containsExactly("-shop/a");
    }

    @Test
    @DisplayName("M7: two uids under one name are two pods, and either may leave first")
    void uidsAreSeparatePods() {
        manager.registerPod(Samples.pod("web", "u1", "a"));
        manager.registerPod(Samples.pod("web", "u2", "a"));
        assertThat(store.take()).containsExactly("+shop/a", "+shop/a");
        assertThat(manager.registeredPods()).isEqualTo(2);
        manager.unregisterPod(Samples.pod("web", "u1"));
        assertThat(store.take()).containsExactly("-shop/a");
        assertThat(manager.registeredPods()).isEqualTo(1);
    }

    @Test
    @DisplayName("M10: a pod references objects of its own namespace only")
    void namespaceIsThePods() {
        manager.registerPod(Samples.podIn("bank", "web", "u1", "a"));

        assertThat(store.take()).containsExactly("+bank/a");
    }

    @Test
    @DisplayName("M11: each manager looks at the names of its own kind only")
    void kindsAreSeparate() {
        RecordingStore<Secret> secretStore = new RecordingStore<>();
        ObjectManager<Secret> secrets = ObjectManagers.ofSecrets(secretStore);
        Pod pod = new PodBuilder(Samples.pod("web", "u1", "map"))
                .editSpec()
                .addNewImagePullSecret("pull")
                .endSpec()
                .build();
        manager.registerPod(pod);
        secrets.registerPod(pod);

        assertThat(store.take()).containsExactly("+shop/map");
        assertThat(secretStore.take()).containsExactly("+shop/pull");
    }

    @Test
    @DisplayName("M12: a pod that names nothing is registered and can gain names later")
    void podWithoutNamesIsRegistered() {
        manager.registerPod(
                new PodBuilder(Samples.pod("web", "u1")).withSpec(null).build());
        assertThat(manager.registeredPods()).isEqualTo(1);
        manager.registerPod(Samples.pod("web", "u1", "a"));
        assertThat(store.take()).containsExactly("+shop/a");
    }

    @Test
    @DisplayName("M2: registering never fails, not even for a pod without metadata")
    void podWithoutMetadataIsRegistered() {
        manager.registerPod(new Pod());
        manager.registerPod(new PodBuilder()
                .withMetadata(new ObjectMetaBuilder().withName("web").build())
                .build());
        assertThat(manager.registeredPods()).isEqualTo(2);
        manager.unregisterPod(new Pod());
        assertThat(manager.registeredPods()).isEqualTo(1);
    }

    @Test
    @DisplayName("M13: reads go to the store, whoever asks")
    void readsGoToTheStore() {
        RecordingReader<ConfigMap> reader = new RecordingReader<>();
        manager.get("shop", "a", reader);

        assertThat(reader.error()).isEqualTo(new LookupError.NotRegistered(new ObjectKey("shop", "a")));
        assertThat(store.take()).containsExactly("get shop/a");
    }

    @Test
    @DisplayName("The names of one PodSpec instance are computed once, not per call")
    void namesAreComputedOncePerSpec() {
        List<String> computed = new ArrayList<>();
        CacheBasedManager<ConfigMap> counting = new CacheBasedManager<>(store, spec -> {
            computed.add("names");
            return PodReferences.configMaps(spec);
        });
        Pod pod = Samples.pod("web", "u1", "a");
        for (int i = 0; i < 5; i++) {
            counting.registerPod(pod);
        }
        counting.unregisterPod(pod);

        assertThat(computed).hasSize(1);
    }

    @Test
    @DisplayName("Closing a manager closes its store")
    void closingClosesTheStore() {
        manager.close();

        assertThat(store.take()).containsExactly("close");
    }

    /** A store that writes down its calls. */
    private static final class RecordingStore<T extends io.fabric8.kubernetes.api.model.HasMetadata>
            implements ObjectStore<T> {

        private final List<String> calls = new ArrayList<>();

        @Override
        public void addReference(String namespace, String name) {
            calls.add("+" + namespace + "/" + name);
        }

        @Override
        public void deleteReference(String namespace, String name) {
            calls.add("-" + namespace + "/" + name);
        }

        @Override
        public void get(String namespace, String name, Reader<T> reader) {
            ObjectKey key = new ObjectKey(namespace, name);
            calls.add("get " + key);
            reader.failed(new LookupError.NotRegistered(key));
        }

        @Override
        public SortedMap<ObjectKey, Integer> references() {
            return new TreeMap<>(Map.of());
        }

        @Override
        public void close() {
            calls.add("close");
        }

        List<String> take() {
            List<String> taken = List.copyOf(calls);
            calls.clear();
            return taken;
        }
    }
}
