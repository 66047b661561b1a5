package dev.kubechurn.sim.workload;

import dev.kubechurn.core.api.ObjectKey;
import dev.kubechurn.core.api.ObjectKind;
import dev.kubechurn.core.api.Scheduler;
import dev.kubechurn.core.api.Timer;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Predicate;

/**
 * Objects that go, immutable ones too, and come again with new content a while later: in the place of some of the updates.
 * Safe from any thread.
 */
final class Deletions {

    private final UpdateTargets targets;
    private final UpdateLoad load;
    private final SplittableRandom random;
    private final Scheduler scheduler;
    private final ObjectWriter writer;
    private final Predicate<ObjectPlan> ours;
    private final LongAdder written;

    // Guarded by this.
    private final Map<Name, Return> away = new HashMap<>();
    private boolean stopped;

    /**
     * @param ours whether it is for this process to write an object
     * @param written counts what was deleted
     */
    Deletions(
            List<ObjectPlan> objects,
            UpdateLoad load,
            SplittableRandom random,
            Scheduler scheduler,
            ObjectWriter writer,
            Predicate<ObjectPlan> ours,
            LongAdder written) {
        this.targets = new UpdateTargets(objects, load, random);
        this.load = load;
        this.random = random;
        this.scheduler = scheduler;
        this.writer = writer;
        this.ours = ours;
        this.written = written;
    }

    /** Whether anything is ever deleted. */
    boolean possible() {
        return load.deletionsShare() > 0 && targets.any();
    }

    /** Whether the next update is a deletion; if so, it has been done, unless the object was away. */
    synchronized boolean next() {
        if (!possible() || random.nextDouble() >= load.deletionsShare()) {
            return false;
        }
        ObjectPlan object = targets.next();
        if (object != null && !stopped && !isAway(object)) {
            Return comesAgain = new Return(object);
            away.put(Name.of(object), comesAgain);
            if (ours.test(object)) {
                writer.delete(object.secret() ? ObjectKind.SECRET : ObjectKind.CONFIG_MAP, object.key());
                written.increment();
            }
            scheduler.schedule(comesAgain, load.absenceNanos());
        }
        return true;
    }

    synchronized boolean isAway(ObjectPlan object) {
        return !away.isEmpty() && away.containsKey(Name.of(object));
    }

    /** Nothing goes or comes any more. */
    synchronized void stop() {
        stopped = true;
        away.values().forEach(scheduler::cancel);
    }

    private synchronized void comeAgain(ObjectPlan object) {
        if (!stopped) {
            HasMetadata next = object.next(random);
            if (ours.test(object)) {
                writer.create(next);
            }
            away.remove(Name.of(object));
        }
    }

    private record Name(boolean secret, ObjectKey key) {

        static Name of(ObjectPlan object) {
            return new Name(object.secret(), object.key());
        }
    }

    /** The moment at which an object is made anew. */
    private final class Return extends Timer {

        private final ObjectPlan object;

        Return(ObjectPlan object) {
            this.object = object;
        }

        @Override
        public void fire() {
            comeAgain(object);
        }
    }
}
