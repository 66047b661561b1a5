package dev.kubechurn.sim.cluster;

import dev.kubechurn.core.api.ObjectKey;
import dev.kubechurn.core.store.LookupError;
import dev.kubechurn.core.store.Reader;
import dev.kubechurn.sim.metrics.Commits;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One object of a pod's volume: the last answer to a read of it, and the version that the volume shows. Guarded by the
 * node's monitor.
 *
 * @param <T> the kind of object
 */
final class MountedObject<T extends HasMetadata> extends ObjectReading<T> implements Reader<T> {

    /** What stands for the version where there is no object. */
    private static final long ABSENT = 0;

    private final PodVolume volume;
    private final Commits commits;

    /** The last answer, if it was one. */
    private @Nullable LookupError error;

    private long shown = ABSENT;
    private long seen;

    /** The pod must be registered. */
    MountedObject(PodVolume volume, ObjectSide<T> side, String namespace, String name) {
        super(side, namespace, name);
        this.volume = volume;
        TrackedEntry entry = entry();
        this.commits = entry == null ? side.commits(new ObjectKey(namespace, name)) : entry.commits();
        this.seen = commits.latest(); // what was there before the pod counts for nothing
    }

    PodVolume volume() {
        return volume;
    }

    /** Reads from memory; whether that gave an answer. */
    boolean askNow(NodeEnvironment environment, long dueNanos) {
        if (!now(environment, dueNanos)) {
            return false;
        }
        forgetError();
        return true;
    }

    /** Reads what is not at hand; the volume hears when the answer is there. */
    void askLater(long dueNanos) {
        later(dueNanos, this);
    }

    @Override
    public void found(T found) {
        synchronized (volume.node()) {
            forgetError();
            volume.answered();
        }
    }

    @Override
    public void failed(LookupError failure) {
        synchronized (volume.node()) {
            error = failure;
            volume.answered();
        }
    }

    /** Writes nothing where there is none, as nearly always: the garbage collector looks at what was written. */
    private void forgetError() {
        if (error != null) {
            error = null;
        }
    }

    /** Gives the last answer again. */
    void repeat(Reader<? super T> reader) {
        if (error != null) {
            reader.failed(error);
        } else {
            reader.found(Objects.requireNonNull(last()));
        }
    }

    /** Whether the last answer is other than what the volume shows. */
    boolean changed() {
        return answered() != shown || (error != null && !(error instanceof LookupError.NotFound));
    }

    /** The version of the last answer. */
    private long answered() {
        return error != null || last() == null ? ABSENT : lastRevision();
    }

    /** Whether there is a version that the volume does not show and could. */
    boolean unseen() {
        TrackedEntry entry = entry();
        return seen < commits.latest() && commits.exists() && (entry == null || !entry.isFixed());
    }

    /** The volume shows the last answer from now on. */
    void shown(long nowNanos) {
        long answered = answered();
        shown = answered;
        if (answered != ABSENT) {
            commits.between(seen, answered, commit -> side().recorders().becameVisible(commit, nowNanos));
            seen = Math.max(seen, answered);
        }
    }

    void leaveOutTheRest() {
        side().recorders().leftOutOfVisible(commits.countBetween(seen, Long.MAX_VALUE));
    }
}
