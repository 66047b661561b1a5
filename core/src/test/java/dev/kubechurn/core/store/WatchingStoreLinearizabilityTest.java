package dev.kubechurn.core.store;

import dev.kubechurn.core.api.Call;
import dev.kubechurn.core.api.ObjectApi;
import dev.kubechurn.core.api.ObjectKey;
import dev.kubechurn.core.api.ObjectKind;
import dev.kubechurn.core.testing.StoppedClock;
import io.fabric8.kubernetes.api.model.ConfigMap;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jetbrains.lincheck.datastructures.StressOptions;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Adding, dropping and reading references from many threads looks as if each call took effect at one moment (M15). The
 * server never answers and time never passes: what is left is what the store itself serialises.
 */
@Param(name = "key", gen = IntGen.class, conf = "0:2")
public class WatchingStoreLinearizabilityTest {

    private final WatchingStore<ConfigMap> store = new WatchingStore<>(
            ObjectKind.CONFIG_MAP,
            new SilentApi(),
            new StoppedClock(),
            () -> 0,
            Duration.ofMinutes(1),
            new StoreListener<ConfigMap>() {});

    @Operation
    public void addReference(@Param(name = "key") int key) {
        store.addReference(keyOf(key));
    }

    @Operation
    public void deleteReference(@Param(name = "key") int key) {
        store.deleteReference(keyOf(key));
    }

    /** Whether a read finds an entry: then it waits, else it fails at once. */
    @Operation
    public boolean read(@Param(name = "key") int key) {
        AtomicReference<@Nullable LookupError> failure = new AtomicReference<>();
        store.get(keyOf(key).namespace(), keyOf(key).name(), new Reader<>() {
            @Override
            public void found(ConfigMap object) {
                throw new AssertionError("found what no server ever sent");
            }

            @Override
            public void failed(LookupError error) {
                failure.set(error);
            }
        });
        return failure.get() == null;
    }

    @Operation
    public int references(@Param(name = "key") int key) {
        return store.references().getOrDefault(keyOf(key), 0);
    }

    /** Two objects in one namespace and one in another. */
    private static ObjectKey keyOf(int key) {
        return new ObjectKey(key == 2 ? "bank" : "shop", key == 0 ? "a" : "b");
    }

    @Test
    void holdsUnderStress() {
        new StressOptions()
                .iterations(6)
                .invocationsPerIteration(400)
                .threads(3)
                .actorsPerThread(3)
                .check(WatchingStoreLinearizabilityTest.class);
    }

    @Test
    void holdsUnderModelChecking() {
        new ModelCheckingOptions()
                .iterations(2)
                .invocationsPerIteration(30)
                .threads(2)
                .actorsPerThread(3)
                .check(WatchingStoreLinearizabilityTest.class);
    }

    private static final class SilentApi implements ObjectApi<ConfigMap> {
        @Override
        public Class<ConfigMap> type() {
            return ConfigMap.class;
        }

        @Override
        public Call list(ObjectKey key, String resourceVersion, ListHandler<ConfigMap> handler) {
            return () -> {};
        }

        @Override
        public Call watch(ObjectKey key, WatchOptions options, WatchHandler handler) {
            return () -> {};
        }

        @Override
        public Call get(ObjectKey key, String resourceVersion, GetHandler<ConfigMap> handler) {
            return () -> {};
        }
    }
}
