package dev.kubechurn.sim.cluster;

import dev.kubechurn.core.api.ObjectKey;
import dev.kubechurn.core.api.ObjectKind;
import dev.kubechurn.core.api.Scheduler;
import dev.kubechurn.core.manager.Strategy;
import dev.kubechurn.core.store.StoreListener;
import dev.kubechurn.sim.check.Check;
import dev.kubechurn.sim.check.Violations;
import dev.kubechurn.sim.metrics.CommitLog;
import dev.kubechurn.sim.metrics.Commits;
import dev.kubechurn.sim.metrics.ObjectId;
import dev.kubechurn.sim.metrics.RunRecorders;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.function.LongSupplier;

/**
 * Follows the entries of one node's store from outside, each by a {@link TrackedEntry}: measures propagation and first
 * sync, and watches over checks 3 (monotonic), 4 (fresh) and 7 (truth). Safe from any thread.
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
    private final LongSupplier readable;
    private final Strategy strategy;

    EntryTracker(String node, ObjectKind<T> kind, NodeEnvironment environment) {
        this.node = node;
        this.kind = kind;
        this.scheduler = environment.scheduler();
        this.commitLog = environment.commitLog();
        this.recorders = environment.recorders();
        this.violations = environment.violations();
        this.onApplied = environment.onApplied();
        this.readable = environment.readable();
        this.strategy = environment.strategy();
    }

    @Override
    public TrackedEntry added(ObjectKey key) {
        Commits commits = commitLog.of(ObjectId.of(kind, key));
        long newest = commits.newest(); // before the cache is looked at, which may stand still from now on
        return new TrackedEntry(this, key, commits, scheduler.nanos(), Math.min(newest, readable.getAsLong()));
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

    /**
     * Whether the kubelet follows its objects: then it keeps an immutable one that it has read, whatever becomes of it
     * (S7), and says that one is not there only because the server said so in a list or an event. Without, an error of the
     * server can say it too (S23, S41).
     */
    boolean follows() {
        return strategy == Strategy.WATCH;
    }

    /** Whether each read asks the server for what it has then (S40). */
    boolean readsTheNewest() {
        return strategy == Strategy.GET;
    }

    long nanos() {
        return scheduler.nanos();
    }

    RunRecorders recorders() {
        return recorders;
    }

    /** An entry took a state from the server, or is gone. */
    void changed() {
        onApplied.run();
    }

    void violated(Check check, ObjectKey key, String what) {
        violations.add(check, node + ", " + kind.singular() + " " + key + ": " + what);
    }
}
