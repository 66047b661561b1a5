package dev.kubechurn.core.store;

import dev.kubechurn.core.api.ObjectKey;
import dev.kubechurn.core.testing.FakeServer;
import dev.kubechurn.core.testing.RecordingReader;
import dev.kubechurn.core.testing.VirtualScheduler;
import io.fabric8.kubernetes.api.model.ConfigMap;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One TTL store of ConfigMaps, on a node whose annotation a test may change, and its server. */
abstract class TtlRig {

    final VirtualScheduler scheduler = new VirtualScheduler();
    final FakeServer server = new FakeServer(scheduler);
    final RecordingListener listener = new RecordingListener();

    /** What the node's annotation says; null: no node, or none. */
    @Nullable
    String annotation = "60";

    final TtlStore<ConfigMap> store = new TtlStore<>(server.configMaps(), scheduler, () -> annotation, listener);

    /** Starts a read. */
    RecordingReader<ConfigMap> get(ObjectKey key) {
        RecordingReader<ConfigMap> reader = new RecordingReader<>();
        store.get(key.namespace(), key.name(), reader);
        return reader;
    }

    /** Reads, with everything that is due: the value, or the kind of error, or {@code waiting}. */
    String read(ObjectKey key) {
        RecordingReader<ConfigMap> reader = get(key);
        scheduler.runDue();
        return StoreRig.describe(reader);
    }

    List<String> describe(List<RecordingReader<ConfigMap>> readers) {
        List<String> answers = new ArrayList<>();
        readers.forEach(reader -> answers.add(StoreRig.describe(reader)));
        return answers;
    }

    /** A request for {@code shop/app} that no cache of the server's may answer. */
    static String quorum() {
        return "GET shop/app ";
    }

    /** A request for {@code shop/app} that the server's cache may answer. */
    static String fromServerCache() {
        return "GET shop/app 0";
    }
}
