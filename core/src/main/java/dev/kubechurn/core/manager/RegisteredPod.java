package dev.kubechurn.core.manager;

import io.fabric8.kubernetes.api.model.PodSpec;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a manager remembers of a pod: its triple (M2), its spec, to know it again, and the names in it. What happens to the
 * pod happens under its monitor; the spec is read by anyone.
 */
final class RegisteredPod {

    final String namespace;
    final String name;

    /** The other pods of this uid, which there are none of but by mistake; changed under the lock of the uid. */
    volatile @Nullable RegisteredPod next;

    private volatile @Nullable PodSpec spec;

    /** Unregistered for good. Written under the monitor. */
    private volatile boolean gone;

    // Guarded by the monitor.
    private List<String> names = List.of();

    RegisteredPod(String namespace, String name) {
        this.namespace = namespace;
        this.name = name;
    }

    boolean is(String otherNamespace, String otherName) {
        return name.equals(otherName) && namespace.equals(otherNamespace);
    }

    /**
     * Whether it is registered with the very same spec, which names the same objects: comparing two specs costs more than
     * asking one. A pod that has just come in knows no spec until its names are referenced.
     */
    @SuppressWarnings("ReferenceEquality")
    boolean knows(@Nullable PodSpec other) {
        return spec == other && !gone;
    }

    boolean isGone() {
        return gone;
    }

    /** Called under the monitor. */
    List<String> names() {
        return names;
    }

    /** What it names has been referenced; called under the monitor. */
    void remember(@Nullable PodSpec newSpec, List<String> newNames) {
        names = newNames;
        spec = newSpec;
    }

    /** Called under the monitor. */
    void leave() {
        gone = true;
    }
}
