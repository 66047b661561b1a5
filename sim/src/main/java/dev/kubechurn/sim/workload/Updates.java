package dev.kubechurn.sim.workload;

import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Predicate;

/** New versions of objects, chosen by popularity among those that may change. For one thread at a time. */
final class Updates {

    private final UpdateTargets targets;
    private final SplittableRandom random;
    private final ObjectWriter writer;
    private final Deletions deletions;
    private final Predicate<ObjectPlan> ours;
    private final LongAdder written;

    /**
     * The updates of a run.
     *
     * @param objects the more popular first; immutable ones are passed over
     * @param deletions take the place of some of them
     * @param ours whether it is for this process to write an object; the others do the rest, and the draws are the same
     * @param written counts what was done
     */
    Updates(
            List<ObjectPlan> objects,
            UpdateLoad load,
            SplittableRandom random,
            ObjectWriter writer,
            Deletions deletions,
            Predicate<ObjectPlan> ours,
            LongAdder written) {
        this.targets = new UpdateTargets(
                objects.stream().filter(object -> !object.immutable()).toList(), load, random);
        this.random = random;
        this.writer = writer;
        this.deletions = deletions;
        this.ours = ours;
        this.written = written;
    }

    /** Whether there is anything that may change. */
    boolean possible() {
        return targets.any() || deletions.possible();
    }

    /** Changes one object, if any may change and it is there. */
    void next() {
        if (deletions.next()) {
            return;
        }
        ObjectPlan object = targets.next();
        if (object != null && !deletions.isAway(object)) {
            HasMetadata next = object.next(random);
            if (ours.test(object)) {
                writer.update(next);
                written.increment();
            }
        }
    }

    /** What is away stays away. */
    void stop() {
        deletions.stop();
    }
}
