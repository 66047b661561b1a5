package dev.kubechurn.sim.metrics;

import java.util.Arrays;
import java.util.function.LongConsumer;

/** When the server committed each version of one object, oldest first. Safe from any thread. */
public final class Commits {

    // Guarded by this; revisions ascend.
    private long[] revisions = new long[2];
    private long[] times = new long[2];
    private int size;

    /** Written under the lock, after the arrays. */
    private volatile long latest;

    synchronized void add(long revision, long nanos) {
        if (size == revisions.length) {
            revisions = Arrays.copyOf(revisions, 2 * size);
            times = Arrays.copyOf(times, 2 * size);
        }
        revisions[size] = revision;
        times[size] = nanos;
        size++;
        latest = revision;
    }

    /** The newest committed revision; 0 when the object was never written. */
    public long latest() {
        return latest;
    }

    /** The newest of the committed revisions that are not above {@code most}; 0 when there is none. */
    public long latestUpTo(long most) {
        return latest <= most ? latest : oneUpTo(most);
    }

    private synchronized long oneUpTo(long most) {
        int after = firstAfter(most);
        return after == 0 ? 0 : revisions[after - 1];
    }

    /** Hands over the commit time of every version after {@code seen}, up to and including {@code now}. */
    public void between(long seen, long now, LongConsumer commitNanos) {
        if (seen < latest && seen < now) {
            tell(seen, now, commitNanos);
        }
    }

    private synchronized void tell(long seen, long now, LongConsumer commitNanos) {
        for (int i = firstAfter(seen); i < size && revisions[i] <= now; i++) {
            commitNanos.accept(times[i]);
        }
    }

    /** How many versions came after {@code seen}, up to and including {@code now}. */
    public int countBetween(long seen, long now) {
        return seen >= latest || seen >= now ? 0 : count(seen, now);
    }

    private synchronized int count(long seen, long now) {
        return firstAfter(now) - firstAfter(seen);
    }

    /** For how long there has been a newer version than this one, in nanoseconds; 0: it is the newest. */
    public long outdatedFor(long revision, long nowNanos) {
        return revision >= latest ? 0 : sinceNext(revision, nowNanos);
    }

    private synchronized long sinceNext(long revision, long nowNanos) {
        int next = firstAfter(revision);
        return next == size ? 0 : Math.max(0, nowNanos - times[next]);
    }

    private int firstAfter(long revision) {
        int found = Arrays.binarySearch(revisions, 0, size, revision);
        return found >= 0 ? found + 1 : -found - 1;
    }
}
