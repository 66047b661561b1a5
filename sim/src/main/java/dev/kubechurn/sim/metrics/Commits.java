package dev.kubechurn.sim.metrics;

import java.util.Arrays;
import java.util.BitSet;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/** What the server committed of one object, and when: its versions and its deletions. Safe from any thread. */
public final class Commits {

    // Guarded by this; revisions ascend.
    private long[] revisions = new long[2];
    private long[] times = new long[2];
    private int size;

    /** By their place; null while there is none. Guarded by this. */
    private @Nullable BitSet immutable;

    /** Null while there is none: few objects are ever deleted. Guarded by this. */
    private @Nullable Commits deletions;

    /** Written under the lock, after the arrays. */
    private volatile long latest;

    /** That of the newest version or deletion; written likewise, before {@link #latest}. */
    private volatile long newest;

    synchronized void add(long revision, long nanos, boolean isImmutable) {
        if (size == revisions.length) {
            revisions = Arrays.copyOf(revisions, 2 * size);
            times = Arrays.copyOf(times, 2 * size);
        }
        revisions[size] = revision;
        times[size] = nanos;
        if (isImmutable) {
            immutable = immutable == null ? new BitSet() : immutable;
            immutable.set(size);
        }
        size++;
        newest = revision;
        latest = revision;
    }

    /** Notes a version that another process wrote, unless it is known; in no order. */
    synchronized void learn(long revision, long nanos, boolean isImmutable) {
        int place = firstAfter(revision);
        if (place == size) {
            if (size == 0 || revisions[size - 1] < revision) {
                add(revision, nanos, isImmutable);
            }
        } else if (place == 0 || revisions[place - 1] < revision) {
            insert(place, revision, nanos, isImmutable);
        }
    }

    private void insert(int place, long revision, long nanos, boolean isImmutable) {
        if (size == revisions.length) {
            revisions = Arrays.copyOf(revisions, 2 * size);
            times = Arrays.copyOf(times, 2 * size);
        }
        System.arraycopy(revisions, place, revisions, place + 1, size - place);
        System.arraycopy(times, place, times, place + 1, size - place);
        if (isImmutable || immutable != null) {
            immutable = withPlace(place, isImmutable);
        }
        revisions[place] = revision;
        times[place] = nanos;
        size++;
    }

    /** The places of immutable versions when there is one more. */
    private BitSet withPlace(int place, boolean isImmutable) {
        BitSet shifted = new BitSet();
        if (immutable != null) {
            immutable.stream().forEach(i -> shifted.set(i < place ? i : i + 1));
        }
        shifted.set(place, isImmutable);
        return shifted;
    }

    synchronized void delete(long revision, long nanos) {
        deletions = deletions == null ? new Commits() : deletions;
        deletions.add(revision, nanos, false);
        newest = revision;
    }

    /** The newest committed version; 0 when the object was never written. */
    public long latest() {
        return latest;
    }

    /** The revision of the newest change, be it a version or a deletion; 0 when the object was never written. */
    public long newest() {
        return newest;
    }

    /** Whether the server has the object now. */
    public boolean exists() {
        long version = latest;
        return version > 0 && version == newest;
    }

    /** The revision of the newest change that is not above {@code most}; 0 when there is none. */
    public long newestUpTo(long most) {
        return newest <= most ? newest : oneUpTo(most);
    }

    private synchronized long oneUpTo(long most) {
        int after = firstAfter(most);
        long version = after == 0 ? 0 : revisions[after - 1];
        return deletions == null ? version : Math.max(version, deletions.newestUpTo(most));
    }

    /** Whether the object was deleted after this revision. */
    public boolean deletedAfter(long revision) {
        return newest > revision && wasDeletedAfter(revision);
    }

    private synchronized boolean wasDeletedAfter(long revision) {
        return deletions != null && deletions.latest > revision;
    }

    /** Whether this revision is a version of the object, and not a deletion or that of another one. */
    public synchronized boolean isVersion(long revision) {
        return Arrays.binarySearch(revisions, 0, size, revision) >= 0;
    }

    /** Whether this version says {@code immutable: true}. */
    public synchronized boolean isImmutable(long revision) {
        BitSet places = immutable;
        int place = places == null ? -1 : Arrays.binarySearch(revisions, 0, size, revision);
        return places != null && place >= 0 && places.get(place);
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

    /** For how long this version has not been what the server has, in nanoseconds; 0: it still is. */
    public long outdatedFor(long revision, long nowNanos) {
        return revision >= newest ? 0 : Math.max(0, nowNanos - endOf(revision));
    }

    private synchronized long endOf(long revision) {
        int next = firstAfter(revision);
        long replaced = next == size ? Long.MAX_VALUE : times[next];
        return deletions == null ? replaced : Math.min(replaced, deletions.endOf(revision));
    }

    private int firstAfter(long revision) {
        int found = Arrays.binarySearch(revisions, 0, size, revision);
        return found >= 0 ? found + 1 : -found - 1;
    }
}
