package dev.kubechurn.sim.cluster;

import dev.kubechurn.core.api.ObjectKey;
import dev.kubechurn.core.api.ObjectKind;
import dev.kubechurn.core.api.Scheduler;
import dev.kubechurn.core.store.StoreListener;
import dev.kubechurn.sim.check.Check;
import dev.kubechurn.sim.check.Violations;
import dev.kubechurn.sim.metrics.CommitLog;
import dev.kubechurn.sim.metrics.ObjectId;
import dev.kubechurn.sim.metrics.RunRecorders;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Follows the entries of one node's store from outside: measures propagation and first sync, and watches over checks
 * 3 (monotonic) and 4 (fresh). Safe from any thread.
 *
 * @param <T> the kind of object
 */
final class EntryTracker<T extends HasMetadata> implements StoreListener<T> {

    private final String node;
    private final ObjectKind<T> kind;
    private final Scheduler scheduler;
    private final CommitLog commitLog;
    private final RunRecorders recorders;
    private final Violations violations;
    private final Runnable onApplied;
    private final ConcurrentHashMap<ObjectKey, TrackedEntry> entries = new ConcurrentHashMap<>();

    EntryTracker(
            String node,
            ObjectKind<T> kind,
            Scheduler scheduler,
            CommitLog commitLog,
            RunRecorders recorders,
            Violations violations,
            Runnable onApplied) {
        this.node = node;
        this.kind = kind;
        this.scheduler = scheduler;
        this.commitLog = commitLog;
        this.recorders = recorders;
        this.violations = violations;
        this.onApplied = onApplied;
    }

    /** The entry as it stands now; a read belongs to the entry that it found when it began. */
    @Nullable
    TrackedEntry entry(ObjectKey key) {
        return entries.get(key);
    }

    private TrackedEntry newEntry(ObjectKey key) {
        return new TrackedEntry(this, key, commitLog.of(ObjectId.of(kind, key)), scheduler.nanos());
    }

    /** How many entries follow the server and lack its newest version (check 2). */
    int behind() {
        return (int) entries.values().stream().filter(TrackedEntry::behind).count();
    }

    @Override
    public void added(ObjectKey key) {
        entries.put(key, newEntry(key));
    }

    @Override
    public void applied(ObjectKey key, @Nullable T object) {
        TrackedEntry entry = entries.get(key);
        if (entry != null) {
            if (object == null) {
                entry.absent();
            } else {
                entry.applied(revision(object), scheduler.nanos());
            }
        }
        onApplied.run();
    }

    @Override
    public void stopped(ObjectKey key) {
        TrackedEntry entry = entries.get(key);
        if (entry != null) {
            entry.stopped();
        }
    }

    @Override
    public void restarted(ObjectKey key) {
        TrackedEntry entry = entries.get(key);
        if (entry != null) {
            entry.restarted();
        }
    }

    @Override
    public void removed(ObjectKey key) {
        TrackedEntry entry = entries.remove(key);
        if (entry != null) {
            entry.leaveOutTheRest();
        }
        onApplied.run();
    }

    @Override
    public void relisting(ObjectKey key) {
        recorders.relisted();
    }

    @Override
    public void reconnecting(ObjectKey key) {
        recorders.reconnected();
    }

    static long revision(HasMetadata object) {
        return Long.parseLong(object.getMetadata().getResourceVersion());
    }

    RunRecorders recorders() {
        return recorders;
    }

    void violated(Check check, ObjectKey key, String what) {
        violations.add(check, node + ", " + kind.singular() + " " + key + ": " + what);
    }
}
