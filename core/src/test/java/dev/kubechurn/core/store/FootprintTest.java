package dev.kubechurn.core.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kubechurn.core.api.Call;
import dev.kubechurn.core.api.ObjectApi;
import dev.kubechurn.core.api.ObjectKey;
import dev.kubechurn.core.api.ObjectKind;
import dev.kubechurn.core.testing.Samples;
import dev.kubechurn.core.testing.VirtualScheduler;
import io.fabric8.kubernetes.api.model.ConfigMap;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What one watched object costs in memory beyond its payload. */
class FootprintTest {

    private static final int OBJECTS = 1_000;
    private static final int MOST_BYTES = 250;

    /** Less would mean that the measuring has missed something. */
    private static final int LEAST_BYTES = 150;

    private final VirtualScheduler scheduler = new VirtualScheduler();
    private final AnsweringApi api = new AnsweringApi();
    private final StoreListener<ConfigMap> listener = new Silence();

    @BeforeAll
    static void letJolSeeRecordsAndAttachNowhere() {
        System.setProperty("jol.magicFieldOffset", "true");
        System.setProperty("jol.skipDynamicAttach", "true");
        System.setProperty("jol.skipHotspotSAAttach", "true");
    }

    @Test
    @DisplayName("A synced and watched object costs at most 250 bytes beyond its payload and its pod's strings")
    void watchedObjectIsSmall() throws ReflectiveOperationException {
        WatchingStore<ConfigMap> store =
                new WatchingStore<>(ObjectKind.CONFIG_MAP, api, scheduler, () -> 0, Duration.ofMinutes(1), listener);
        for (int i = 0; i < OBJECTS; i++) {
            ObjectKey key = new ObjectKey("namespace-" + i % 5, "config-" + i);
            ConfigMap payload = Samples.configMap(key.namespace(), key.name(), "v");
            payload.getMetadata().setResourceVersion(Integer.toString(1_000_000 + i));
            store.addReference(key);
            api.answer(payload);
            assertThat(store.getNow(key.namespace(), key.name())).isSameAs(payload);
        }

        Map<String, Long> bytes = EntryGraph.of(store);
        long total = bytes.values().stream().mapToLong(Long::longValue).sum();
        assertThat(bytes.keySet()).contains("dev.kubechurn.core.reflector.Reflector$WatchStep");
        assertThat(total / OBJECTS)
                .as("bytes for each object, of these for all: " + bytes)
                .isBetween((long) LEAST_BYTES, (long) MOST_BYTES);
    }

    @Test
    @DisplayName("Namespaces and objects that nobody references any more leave nothing behind")
    void whatIsGoneLeavesNothing() throws ReflectiveOperationException {
        WatchingStore<ConfigMap> store =
                new WatchingStore<>(ObjectKind.CONFIG_MAP, api, scheduler, () -> 0, Duration.ofMinutes(1), listener);
        comeAndGo(store, "namespace-0");
        Map<String, Long> afterOne = EntryGraph.of(store);
        for (int i = 1; i < 100; i++) {
            comeAndGo(store, "namespace-" + i);
        }

        assertThat(EntryGraph.of(store)).isEqualTo(afterOne);
    }

    private static void comeAndGo(WatchingStore<ConfigMap> store, String namespace) {
        store.addReference(new ObjectKey(namespace, "a"));
        store.addReference(new ObjectKey(namespace, "b"));
        store.deleteReference(new ObjectKey(namespace, "a"));
        store.deleteReference(new ObjectKey(namespace, "b"));
    }

    private static final class Silence implements StoreListener<ConfigMap> {}

    /** Answers a list when told to, and keeps nothing of what was asked. */
    private static final class AnsweringApi implements ObjectApi<ConfigMap> {

        private static final Call NOTHING = () -> {};

        private final Queue<ListHandler<ConfigMap>> asked = new ArrayDeque<>();

        @Override
        public Class<ConfigMap> type() {
            return ConfigMap.class;
        }

        @Override
        public Call list(ObjectKey key, String resourceVersion, ListHandler<ConfigMap> handler) {
            asked.add(handler);
            return NOTHING;
        }

        @Override
        public Call watch(ObjectKey key, WatchOptions options, WatchHandler handler) {
            return NOTHING;
        }

        @Override
        public Call get(ObjectKey key, String resourceVersion, GetHandler<ConfigMap> handler) {
            throw new AssertionError("a watching store gets nothing");
        }

        void answer(ConfigMap payload) {
            asked.remove().listed(payload.getMetadata().getResourceVersion(), List.of(payload));
        }
    }
}
