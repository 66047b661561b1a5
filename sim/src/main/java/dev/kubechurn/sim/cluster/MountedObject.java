package dev.kubechurn.sim.cluster;

import dev.kubechurn.core.api.ObjectKey;
import dev.kubechurn.core.api.ObjectKind;
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
final class MountedObject<T extends HasMetadata> implements Reader<T> {

    /** What stands for the version where there is no object. */
    private static final long ABSENT = 0;

    private final PodVolume volume;
    private final ObjectSide<T> side;
    private final ObjectKey key;
    private final Commits commits;
    private @Nullable T object;
    private @Nullable LookupError error;
    private long answered = ABSENT;
    private long shown = ABSENT;
    private long seen;

    MountedObject(PodVolume volume, ObjectSide<T> side, String namespace, String name) {
        this.volume = volume;
        this.side = side;
        this.key = new ObjectKey(namespace, name);
        this.commits = side.commits(key);
        this.seen = commits.latest(); // what was there before the pod counts for nothing
    }

    boolean is(ObjectKind<?> kind, String name) {
        return side.kind().equals(kind) && key.name().equals(name);
    }

    void ask(long dueNanos) {
        side.read(key, dueNanos, this);
    }

    @Override
    public void found(T found) {
        synchronized (side.node()) {
            object = found;
            error = null;
            answered = EntryTracker.revision(found);
            volume.answered();
        }
    }

    @Override
    public void failed(LookupError failure) {
        synchronized (side.node()) {
            object = null;
            error = failure;
            answered = ABSENT;
            volume.answered();
        }
    }

    /** Gives the last answer again. */
    void repeat(Reader<? super T> reader) {
        if (error != null) {
            reader.failed(error);
        } else {
            reader.found(Objects.requireNonNull(object));
        }
    }

    /** Whether the last answer is other than what the volume shows. */
    boolean changed() {
        boolean failed = error != null && !(error instanceof LookupError.NotFound);
        return failed || answered != shown;
    }

    boolean unseen() {
        return seen < commits.latest();
    }

    /** The volume shows the last answer from now on. */
    void shown(long nowNanos) {
        shown = answered;
        object = null; // a value that is replaced in the store may go
        if (answered != ABSENT) {
            commits.between(seen, answered, commit -> side.recorders().becameVisible(commit, nowNanos));
            seen = Math.max(seen, answered);
        }
    }

    /** The last answer is what the volume shows already. */
    void forget() {
        object = null;
    }

    void leaveOutTheRest() {
        side.recorders().leftOutOfVisible(commits.countBetween(seen, Long.MAX_VALUE));
    }
}
