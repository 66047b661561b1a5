package dev.kubechurn.core.store;

import dev.kubechurn.core.api.Call;
import dev.kubechurn.core.api.ObjectApi;
import dev.kubechurn.core.api.ObjectKey;
import dev.kubechurn.core.api.ObjectKind;
import dev.kubechurn.core.api.WatchEvent;
import dev.kubechurn.core.testing.Samples;
import dev.kubechurn.core.testing.StoppedClock;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.StressOptions;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Events and reads of one watched object, from many threads, look as if each took effect at one moment (S4, S5): a read
 * gives what the last event before it left. One thread sends the events, as one watch does.
 */
public class WatchedValueLinearizabilityTest {

    private static final ObjectKey KEY = new ObjectKey("shop", "a");

    private final OneWatch server = new OneWatch();
    private final WatchingStore<ConfigMap> store = new WatchingStore<>(
            ObjectKind.CONFIG_MAP,
            server,
            new StoppedClock(),
            () -> 0,
            Duration.ofMinutes(1),
            new StoreListener<ConfigMap>() {});
    private int version = 1;

    public WatchedValueLinearizabilityTest() {
        store.addReference(KEY);
    }

    @Operation(nonParallelGroup = "watch")
    public void modified() {
        server.send(new WatchEvent.Modified(object(++version)));
    }

    @Operation(nonParallelGroup = "watch")
    public void deleted() {
        server.send(new WatchEvent.Deleted(object(++version)));
    }

    /** The version that a read gives; null: there is none. */
    @Operation
    public @Nullable String read() {
        ConfigMap object = store.getNow(KEY.namespace(), KEY.name());
        return object == null ? null : object.getMetadata().getResourceVersion();
    }

    @Test
    void holdsUnderStress() {
        new StressOptions()
                .iterations(2)
                .invocationsPerIteration(400)
                .threads(3)
                .actorsPerThread(3)
                .check(WatchedValueLinearizabilityTest.class);
    }

    private static ConfigMap object(int version) {
        return new ConfigMapBuilder(Samples.configMap(KEY.namespace(), KEY.name(), "v"))
                .editMetadata()
                .withResourceVersion(Integer.toString(version))
                .endMetadata()
                .build();
    }

    /** Answers at once, and keeps the watch. */
    private static final class OneWatch implements ObjectApi<ConfigMap> {

        private @Nullable WatchHandler handler;

        void send(WatchEvent event) {
            Objects.requireNonNull(handler).event(event);
        }

        @Override
        public Class<ConfigMap> type() {
            return ConfigMap.class;
        }

        @Override
        public Call list(ObjectKey key, String resourceVersion, ListHandler<ConfigMap> listed) {
            listed.listed("1", List.of(object(1)));
            return () -> {};
        }

        @Override
        public Call watch(ObjectKey key, WatchOptions options, WatchHandler watching) {
            handler = watching;
            return () -> {};
        }

        @Override
        public Call get(ObjectKey key, String resourceVersion, GetHandler<ConfigMap> got) {
            throw new AssertionError("a watching store gets nothing");
        }
    }
}
