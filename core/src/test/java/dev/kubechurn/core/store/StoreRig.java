package dev.kubechurn.core.store;

import dev.kubechurn.core.api.ObjectKey;
import dev.kubechurn.core.api.ObjectKind;
import dev.kubechurn.core.api.WatchSettings;
import dev.kubechurn.core.testing.FakeServer;
import dev.kubechurn.core.testing.RecordingReader;
import dev.kubechurn.core.testing.Samples;
import dev.kubechurn.core.testing.Verb;
import dev.kubechurn.core.testing.VirtualScheduler;
import io.fabric8.kubernetes.api.model.ConfigMap;
import java.time.Duration;
import java.util.List;

/** One watching store of ConfigMaps, made at time 0, and its server. The random factor is 0. */
abstract class StoreRig {

    static final ObjectKey APP = new ObjectKey(Samples.NAMESPACE, "app");
    static final ObjectKey OTHER = new ObjectKey(Samples.NAMESPACE, "other");
    static final Duration SECOND = Duration.ofSeconds(1);
    static final Duration MINUTE = Duration.ofMinutes(1);
    /** Between two looks of a read that waits. */
    static final Duration STEP = Duration.ofMillis(10);

    static final Duration TICK = Duration.ofNanos(1);

    final VirtualScheduler scheduler = new VirtualScheduler();
    final FakeServer server = new FakeServer(scheduler);
    final RecordingListener listener = new RecordingListener();
    WatchingStore<ConfigMap> store = storeWithResync(MINUTE);

    WatchingStore<ConfigMap> storeWithResync(Duration resync) {
        return store(resync, WatchSettings.DEFAULT);
    }

    WatchingStore<ConfigMap> store(Duration resync, WatchSettings settings) {
        return new WatchingStore<>(
                ObjectKind.CONFIG_MAP, server.configMaps(), scheduler, () -> 0, resync, settings, listener);
    }

    /** Adds a reference and lets everything due happen. */
    void reference(ObjectKey key) {
        store.addReference(key);
        scheduler.runDue();
    }

    /** Starts a read. */
    RecordingReader<ConfigMap> get(ObjectKey key) {
        RecordingReader<ConfigMap> reader = new RecordingReader<>();
        store.get(key.namespace(), key.name(), reader);
        return reader;
    }

    /** What a read gives at once: the value, or the kind of error, or {@code waiting}. */
    String read(ObjectKey key) {
        return describe(get(key));
    }

    static String describe(RecordingReader<ConfigMap> reader) {
        if (!reader.answered()) {
            return "waiting";
        }
        return reader.found() != null
                ? Samples.value(reader.object())
                : reader.error().getClass().getSimpleName();
    }

    EntryState entry(ObjectKey key) {
        return store.entries().stream()
                .filter(state -> state.key().equals(key))
                .findFirst()
                .orElseThrow();
    }

    List<Integer> listsAndWatches() {
        return List.of(server.calls(Verb.LIST), server.calls(Verb.WATCH));
    }
}
