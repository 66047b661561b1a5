package dev.kubechurn.sim.cluster;

import dev.kubechurn.core.api.ObjectKey;
import dev.kubechurn.core.store.EntryListener;
import dev.kubechurn.sim.check.Check;
import dev.kubechurn.sim.metrics.Commits;
import dev.kubechurn.sim.metrics.RunRecorders;
import io.fabric8.kubernetes.api.model.HasMetadata;
import org.jspecify.annotations.Nullable;

/**
 * One entry of a node's store, from its first reference to its last: what it holds, and what reads of it have given. Safe
 * from any thread.
 */
final class TrackedEntry implements EntryListener<HasMetadata> {

    private static final long NONE = -1;

    private final EntryTracker<?> tracker;
    private final ObjectKey key;
    private final Commits commits;
    private final long addedNanos;

    /** Of the newest version or deletion that a first read must know of. */
    private final long revisionWhenAdded;

    /** Grows only, until the value is forgotten; written under the lock. */
    private volatile long newestRead = NONE;

    /** How often the value was forgotten; written under the lock. */
    private volatile int generation;

    // Guarded by this.
    private long applied;
    private boolean holding;

    /** The version that a read gave and that no later read may differ from, being immutable (S7). */
    private long fixed = NONE;

    private boolean running = true;
    private boolean everRead;
    private boolean current;

    /** Whether what is applied next has been under way since its commit: not after an idle stop. */
    private boolean following = true;

    /** @param readable the newest version that a first read can get: a server's cache may stand still */
    TrackedEntry(EntryTracker<?> tracker, ObjectKey key, Commits commits, long addedNanos, long readable) {
        this.tracker = tracker;
        this.key = key;
        this.commits = commits;
        this.addedNanos = addedNanos;
        this.revisionWhenAdded = commits.newestUpTo(readable);
        this.applied = commits.latest();
    }

    Commits commits() {
        return commits;
    }

    @Override
    public void applied(@Nullable HasMetadata object) {
        if (object == null) {
            absent();
        } else {
            applied(EntryTracker.revision(object), tracker.nanos());
        }
        tracker.changed();
    }

    /** The entry heard from the server that the object is not there. */
    private synchronized void absent() {
        current = true;
        holding = false;
    }

    /** The entry took this version from the server: every commit since the one before has arrived. */
    private synchronized void applied(long revision, long nowNanos) {
        if (following) {
            commits.between(applied, revision, commit -> arrived(commit, nowNanos));
        } else {
            tracker.recorders().leftOutOfPropagation(commits.countBetween(applied, revision));
        }
        following = true;
        current = true;
        holding = true;
        applied = revision;
    }

    /** What another process wrote may be heard of only now, though it was there before the entry was: that did not propagate. */
    private void arrived(long commitNanos, long nowNanos) {
        if (commitNanos >= addedNanos) {
            tracker.recorders().propagated(commitNanos, nowNanos);
        }
    }

    /** A kubelet without a store has a version by reading it; answers may come in another order than they were made. */
    synchronized void brought(long revision, long nowNanos) {
        if (revision > applied || !current) {
            applied(Math.max(revision, applied), nowNanos);
        }
    }

    /** Whether the entry follows the server and lacks its newest version (check 2), or holds what is gone (check 7). */
    synchronized boolean behind() {
        return running && (!current || lingers() || lacks());
    }

    private boolean lingers() {
        return holding && !commits.exists();
    }

    private boolean lacks() {
        return commits.exists() && (!holding || applied < commits.latest());
    }

    /**
     * Compares what the entry holds with what it gives now (S4, S5).
     *
     * @param given null where it gives nothing at once: there is nothing, or what there is wants a closer look (S7)
     */
    synchronized void checkGiven(@Nullable HasMetadata given) {
        if (!running || !current || isFixed()) {
            return;
        }
        long revision = given == null ? NONE : EntryTracker.revision(given);
        if (holding && revision != applied && !commits.isImmutable(applied)) {
            tracker.violated(Check.CONVERGENCE, key, "holds " + applied + ", but reads return " + told(revision));
        } else if (!holding && given != null) {
            tracker.violated(Check.TRUTH, key, "holds nothing, but reads return " + revision);
        }
    }

    private static String told(long revision) {
        return revision == NONE ? "nothing" : Long.toString(revision);
    }

    ObjectKey key() {
        return key;
    }

    /** Tells of an entry that is {@link #behind} though it has had all the time that it needs. */
    synchronized void tellIfBehind() {
        if (!behind()) {
            return;
        }
        String held = current ? (holding ? "holds " + applied : "holds nothing") : "has received nothing";
        if (current && lingers()) {
            tracker.violated(Check.TRUTH, key, held + ", which was deleted at " + commits.newest());
        } else {
            tracker.violated(Check.CONVERGENCE, key, held + ", but the server has " + commits.latest());
        }
    }

    @Override
    public synchronized void stopped() {
        running = false;
        current = false;
        following = false;
    }

    @Override
    public synchronized void restarted() {
        running = true;
    }

    /** What was read so far says nothing of what is read from now on. */
    @Override
    public synchronized void forgotten() {
        generation++;
        newestRead = NONE;
        fixed = NONE;
    }

    @Override
    public void removed() {
        leaveOutTheRest();
        tracker.changed();
    }

    private synchronized void leaveOutTheRest() {
        tracker.recorders().leftOutOfPropagation(commits.countBetween(applied, Long.MAX_VALUE));
    }

    /** A read begins: no later answer to it may be older than this. */
    long readBegins() {
        return newestRead;
    }

    /** The same of a read that memory does not answer: with Get, what the server has now (S40). */
    long fetchBegins() {
        return tracker.readsTheNewest() ? Math.max(newestRead, commits.newest()) : newestRead;
    }

    /** What a read that is answered late must remember from its beginning. */
    int generation() {
        return generation;
    }

    /** Whether reads give for ever what one has given (S7), whatever the server has. */
    synchronized boolean isFixed() {
        return fixed != NONE;
    }

    /**
     * A read of this entry found no object: it must have been deleted since it was last known to be there (checks 3, 4
     * and 7).
     *
     * @param floor what {@link #fetchBegins} gave
     * @param begun the generation in which the read began
     */
    synchronized void readNothing(long floor, int begun) {
        if (begun != generation || !tracker.follows()) {
            return;
        }
        long known = floor == NONE ? revisionWhenAdded : floor;
        if (isFixed() && floor >= fixed) {
            tracker.violated(Check.TRUTH, key, "read nothing after the immutable " + fixed);
        } else if (commits.isVersion(known) && !commits.deletedAfter(known)) {
            Check broken = floor == NONE ? Check.FRESH : Check.MONOTONIC;
            tracker.violated(broken, key, "read nothing, although " + known + " was known and not deleted");
        }
    }

    /**
     * A read of this entry gave this version: checks 3, 4 and 7, the version's staleness, and the first one ends the sync.
     *
     * @param recorders those of the tracker, which are many steps away from here
     * @param floor what {@link #readBegins} or {@link #fetchBegins} gave
     * @param begun the generation in which the read began
     */
    void read(RunRecorders recorders, long floor, int begun, long revision, long dueNanos, long nowNanos) {
        if (revision != newestRead || revision < floor) {
            readAnother(floor, begun, revision, nowNanos);
        }
        recorders.read(dueNanos, commits.outdatedFor(revision, nowNanos));
    }

    private synchronized void readAnother(long floor, int begun, long revision, long nowNanos) {
        if (!everRead) {
            everRead = true;
            tracker.recorders().synced(addedNanos, nowNanos);
            if (revision < revisionWhenAdded) {
                tracker.violated(
                        Check.FRESH, key, "first read " + revision + ", but registered at " + revisionWhenAdded);
            }
        }
        if (revision < floor) {
            if (tracker.readsTheNewest()) {
                tracker.violated(
                        Check.FRESH, key, "read " + revision + ", but the server was at " + floor + " when asked");
            } else {
                tracker.violated(Check.MONOTONIC, key, "read " + revision + " after " + floor);
            }
        }
        if (begun == generation) {
            newestRead = Math.max(newestRead, revision);
            readImmutable(floor, revision);
        }
    }

    private void readImmutable(long floor, long revision) {
        if (isFixed()) {
            if (floor >= fixed && revision != fixed) {
                tracker.violated(Check.TRUTH, key, "read " + revision + " after the immutable " + fixed);
            }
        } else if (tracker.follows() && commits.isImmutable(revision)) {
            fixed = revision;
        }
    }
}
