package dev.kubechurn.core.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kubechurn.core.api.ObjectKey;
import dev.kubechurn.core.testing.FakeServer;
import dev.kubechurn.core.testing.RecordingReader;
import dev.kubechurn.core.testing.Samples;
import io.fabric8.kubernetes.api.model.ConfigMap;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What a handle does that a read by name does not: it belongs to one entry, and ends with it. */
class ObjectHandleTest extends StoreRig {

    @Test
    @DisplayName("M9: when the last reference goes its handles are NotRegistered for good, also with a new reference")
    void staleHandleOfAWatch() {
        server.create(Samples.configMap("app", "a"));
        reference(APP);
        ObjectHandle<ConfigMap> handle = store.handle("shop", "app");
        assertThat(handle.getNow()).isNotNull().isSameAs(store.getNow("shop", "app"));

        store.deleteReference(APP);
        assertThat(handle.getNow()).isNull();
        assertThat(describe(read(handle))).isEqualTo("NotRegistered");

        reference(APP);
        assertThat(handle.getNow()).isNull();
        assertThat(describe(read(handle))).isEqualTo("NotRegistered");
        assertThat(read(APP)).isEqualTo("a");
    }

    @Test
    @DisplayName("S20, M9: the same with strategy Cache, whose handle also outlives a new reference of another pod")
    void staleHandleOfACache() {
        server.create(Samples.configMap("app", "a"));
        TtlStore<ConfigMap> cache =
                new TtlStore<>(server.configMaps(), scheduler, TtlSource.ofSeconds(60), new StoreListener<>() {});
        cache.addReference(APP);
        ObjectHandle<ConfigMap> handle = cache.handle("shop", "app");
        assertThat(describe(read(handle))).isEqualTo("a");
        assertThat(handle.getNow()).isNotNull();

        cache.addReference(APP);
        assertThat(handle.getNow()).as("a new reference forgets the value").isNull();
        assertThat(describe(read(handle))).isEqualTo("a");

        cache.deleteReference(APP);
        assertThat(describe(read(handle))).isEqualTo("a");
        cache.deleteReference(APP);
        assertThat(handle.getNow()).isNull();
        assertThat(describe(read(handle))).isEqualTo("NotRegistered");
        cache.addReference(APP);
        assertThat(describe(read(handle))).isEqualTo("NotRegistered");
    }

    @Test
    @DisplayName("A handle taken before the first reference reads by name, and so finds the object later on")
    void handleBeforeTheReference() {
        server.create(Samples.configMap("app", "a"));
        ObjectHandle<ConfigMap> early = store.handle("shop", "app");
        assertThat(describe(read(early))).isEqualTo("NotRegistered");
        reference(APP);
        assertThat(describe(read(early))).isEqualTo("a");
    }

    @Test
    @DisplayName("A handle tells who listens to its entry: the very listener that was given for it")
    void listenerOfAnEntry() {
        EntryListener<ConfigMap> mine = new EntryListener<>() {};
        TtlStore<ConfigMap> cache = new TtlStore<>(
                new FakeServer(scheduler).configMaps(), scheduler, TtlSource.absent(), new StoreListener<>() {
                    @Override
                    public EntryListener<ConfigMap> added(ObjectKey key) {
                        return mine;
                    }
                });
        assertThat(cache.handle("shop", "app").listener()).isSameAs(EntryListener.DEAF);
        cache.addReference(APP);
        assertThat(cache.handle("shop", "app").listener()).isSameAs(mine);
    }

    private RecordingReader<ConfigMap> read(ObjectHandle<ConfigMap> handle) {
        RecordingReader<ConfigMap> reader = new RecordingReader<>();
        handle.get(reader);
        scheduler.runDue();
        return reader;
    }
}
