package dev.kubechurn.sim.run;

import dev.kubechurn.core.api.ObjectKey;
import dev.kubechurn.core.manager.ObjectManager;
import dev.kubechurn.core.store.ObjectHandle;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A manager whose reads by name give for ever what the first one gave: {@link Bug#STUCK_VALUE}. For one thread. */
final class StuckManager<T extends HasMetadata> extends ForwardingManager<T> {

    private final Map<ObjectKey, T> first = new HashMap<>();

    StuckManager(ObjectManager<T> real) {
        super(real);
    }

    @Override
    public @Nullable T getNow(String namespace, String name) {
        T now = super.getNow(namespace, name);
        return now == null ? null : first.computeIfAbsent(new ObjectKey(namespace, name), key -> now);
    }

    /** Handles are right; what there is by now is remembered for the reads by name. */
    @Override
    public ObjectHandle<T> handle(String namespace, String name) {
        T unused = getNow(namespace, name);
        return super.handle(namespace, name);
    }
}
