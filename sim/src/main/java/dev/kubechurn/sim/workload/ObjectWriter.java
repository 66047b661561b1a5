package dev.kubechurn.sim.workload;

import dev.kubechurn.core.api.ObjectKey;
import dev.kubechurn.core.api.ObjectKind;
import io.fabric8.kubernetes.api.model.HasMetadata;

/** Writes objects to the API server, as their owners do. Safe from any thread. */
public interface ObjectWriter {

    void create(HasMetadata object);

    /** Replaces the object, whatever its version. */
    void update(HasMetadata object);

    void delete(ObjectKind<?> kind, ObjectKey key);
}
