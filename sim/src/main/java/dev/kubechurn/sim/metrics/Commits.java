package dev.kubechurn.sim.metrics;

import java.util.Arrays;
import java.util.function.LongConsumer;

/** When the server committed each version of one object, oldest first. Safe from any thread. */
public final class Commits {

    // Guarded by this; revisions ascend.
    private long[] revisions = new long[2];
    private long[] times = new long[2];
    private int size;

    synchronized void add(long revision, long nanos) {
        if (size == revisions.length) {
            revisions = Arrays.copyOf(revisions, 2 * size);
            times = Arrays.copyOf(times, 2 * size);
        }
        revisions[size] = revision;
        times[size] = nanos;
        size++;
    }

    /** The newest committed revision; 0 when the object was never written. */
    public synchronized long latest() {
        return size == 0 ? 0 : revisions[size - 1];
    }

    /** Hands over the commit time of every version after {@code seen}, up to and including {@code now}. */
    public synchronized void between(long seen, long now, LongConsumer commitNanos) {
        for (int i = firstAfter(seen); i < size && revisions[i] <= now; i++) {
            commitNanos.accept(times[i]);
        }
    }

    /** How many versions came after {@code seen}, up to and including {@code now}. */
    public synchronized int countBetween(long seen, long now) {
        return Math.max(0, firstAfter(now) - firstAfter(seen));
    }

    /** For how long there has been a newer version than this one, in nanoseconds; 0: it is the newest. */
    public synchronized long outdatedFor(long revision, long nowNanos) {
        int next = firstAfter(revision);
        return next == size ? 0 : Math.max(0, nowNanos - times[next]);
    }

    private int firstAfter(long revision) {
        int found = Arrays.binarySearch(revisions, 0, size, revision);
        return found >= 0 ? found + 1 : -found - 1;
    }
}
