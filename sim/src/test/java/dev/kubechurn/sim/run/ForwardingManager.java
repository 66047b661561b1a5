package dev.kubechurn.sim.run;

import dev.kubechurn.core.api.ObjectKey;
import dev.kubechurn.core.manager.ObjectManager;
import dev.kubechurn.core.store.ObjectHandle;
import dev.kubechurn.core.store.Reader;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/** A manager that does what another one does; for those that change a part of it. */
abstract class ForwardingManager<T extends HasMetadata> implements ObjectManager<T> {

    private final ObjectManager<T> real;

    ForwardingManager(ObjectManager<T> real) {
        this.real = real;
    }

    @Override
    public void registerPod(Pod pod) {
        real.registerPod(pod);
    }

    @Override
    public void unregisterPod(Pod pod) {
        real.unregisterPod(pod);
    }

    @Override
    public void get(String namespace, String name, Reader<T> reader) {
        real.get(namespace, name, reader);
    }

    @Override
    public @Nullable T getNow(String namespace, String name) {
        return real.getNow(namespace, name);
    }

    @Override
    public ObjectHandle<T> handle(String namespace, String name) {
        return real.handle(namespace, name);
    }

    @Override
    public SortedMap<ObjectKey, Integer> references() {
        return real.references();
    }

    @Override
    public int registeredPods() {
        return real.registeredPods();
    }

    @Override
    public void close() {
        real.close();
    }
}
