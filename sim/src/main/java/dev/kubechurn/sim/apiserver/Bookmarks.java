package dev.kubechurn.sim.apiserver;

import dev.kubechurn.core.api.Scheduler;
import dev.kubechurn.core.api.Timer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.IntConsumer;

/**
 * Which watch of one resource gets a bookmark when: every minute after its opening, to the second. One tick each second
 * serves all that are due, as in a kube-apiserver, so that a bookmark costs no timer of its own. Watches that read
 * theirs late are only counted. Guarded by the store's lock but for {@link #fire()}, whose task is to take it.
 */
final class Bookmarks extends Timer {

    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
    private static final int PERIOD_SECONDS = 60;

    private final Scheduler scheduler;
    private final Consumer<Bookmarks> onTick;
    private final long originNanos;
    private final List<Phase> phases = new ArrayList<>(PERIOD_SECONDS);

    /** The second that was served last. */
    private int served;

    private int waiting;

    /** @param onTick called by the scheduler; is to call {@link #serve} under the store's lock */
    Bookmarks(Scheduler scheduler, Consumer<Bookmarks> onTick) {
        this.scheduler = scheduler;
        this.onTick = onTick;
        this.originNanos = scheduler.nanos();
        for (int i = 0; i < PERIOD_SECONDS; i++) {
            phases.add(new Phase());
        }
    }

    /** The watches that are due in the same second of each minute. */
    private static final class Phase {

        private final WatchArray watches = new WatchArray();

        /** How many watches there are that read their bookmarks late. */
        private int late;

        /** The second in which this phase was served last, and the revision then. */
        private int second = -1;

        private long revision;
    }

    @Override
    public void fire() {
        onTick.accept(this);
    }

    /** The watch gets bookmarks from now on. */
    void add(Watch watch) {
        if (waiting++ == 0) {
            long now = scheduler.nanos();
            served = second(now);
            scheduleNext(now);
        }
        watch.bookmarkedSince = served;
        Phase phase = phaseOf(served);
        if (watch.readsLate()) {
            phase.late++;
        } else {
            phase.watches.add(watch);
        }
    }

    /** The watch gets no more of them, if it did. */
    void remove(Watch watch) {
        if (watch.bookmarkedSince == Watch.NEVER) {
            return;
        }
        Phase phase = phaseOf(watch.bookmarkedSince);
        if (watch.readsLate()) {
            phase.late--;
        } else {
            phase.watches.remove(watch);
        }
        watch.bookmarkedSince = Watch.NEVER;
        if (--waiting == 0) {
            scheduler.cancel(this);
        }
    }

    /** The revision of the last bookmark that was due to a watch; 0 if none was, or if it gets no more of them. */
    long lastRevision(Watch watch) {
        if (watch.bookmarkedSince == Watch.NEVER) {
            return 0;
        }
        Phase phase = phaseOf(watch.bookmarkedSince);
        return phase.second > watch.bookmarkedSince ? phase.revision : 0;
    }

    /**
     * Serves the seconds that have begun since the last time.
     *
     * @param send sends a watch its bookmark
     * @param sendLate told to how many watches one is sent that read it late
     */
    void serve(long revision, Consumer<Watch> send, IntConsumer sendLate) {
        long now = scheduler.nanos();
        int present = second(now);
        for (int second = Math.max(served + 1, present - PERIOD_SECONDS + 1); second <= present; second++) {
            served = second;
            Phase phase = phaseOf(second);
            phase.second = second;
            phase.revision = revision;
            phase.watches.forEach(send);
            if (phase.late > 0) {
                sendLate.accept(phase.late);
            }
        }
        if (waiting > 0 && !isScheduled()) {
            scheduleNext(now);
        }
    }

    private void scheduleNext(long now) {
        scheduler.schedule(this, originNanos + (served + 1) * SECOND - now);
    }

    private Phase phaseOf(int second) {
        return phases.get(second % PERIOD_SECONDS);
    }

    private int second(long nanos) {
        return (int) ((nanos - originNanos) / SECOND);
    }
}
