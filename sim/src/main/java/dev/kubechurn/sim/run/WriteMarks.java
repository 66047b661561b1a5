package dev.kubechurn.sim.run;

import dev.kubechurn.sim.metrics.ObjectId;
import io.fabric8.kubernetes.api.model.HasMetadata;

/** How the processes of a run tell each other when they wrote which version. Safe from any thread. */
interface WriteMarks {

    /** Where one process writes all. */
    WriteMarks NONE = new WriteMarks() {
        @Override
        public void mark(HasMetadata object, long nanos) {}

        @Override
        public void seen(ObjectId id, HasMetadata object) {}
    };

    /** The object is about to be written. */
    void mark(HasMetadata object, long nanos);

    /** Somebody here got the object from the server, and nobody was told of it yet. */
    void seen(ObjectId id, HasMetadata object);
}
