package dev.kubechurn.sim.run;

import dev.kubechurn.core.api.Scheduler;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** When nobody listened at a server's address, as its clients found it. Safe from any thread. */
final class Outages {

    /** Of two that are closer than this, some clients were only later than others. */
    private static final long GAP_NANOS = TimeUnit.SECONDS.toNanos(2);

    private static final int MOST_TOLD = 5;

    private final Scheduler scheduler;

    // Guarded by this.
    private final List<Outage> past = new ArrayList<>();
    private long beganNanos;
    private long lastNanos;
    private boolean down;
    private long refused;
    private long retries;

    private record Outage(long fromNanos, long toNanos) {}

    Outages(Scheduler scheduler) {
        this.scheduler = scheduler;
    }

    /** A request found nobody. */
    synchronized void refused() {
        refused++;
        lastNanos = scheduler.nanos();
        if (!down) {
            down = true;
            beganNanos = lastNanos;
        }
    }

    /** A write is sent once more. */
    synchronized void retried() {
        retries++;
    }

    /** A request got an answer, whichever. */
    synchronized void answered() {
        if (!down) {
            return;
        }
        down = false;
        long now = scheduler.nanos();
        Outage last = past.isEmpty() ? null : past.get(past.size() - 1);
        if (last != null && beganNanos - last.toNanos() < GAP_NANOS) {
            past.set(past.size() - 1, new Outage(last.fromNanos(), now));
        } else {
            past.add(new Outage(beganNanos, now));
        }
    }

    /**
     * For the result, one line each; empty where the server was always there.
     *
     * @param startNanos when the load began
     */
    synchronized List<String> notes(long startNanos) {
        List<String> notes = new ArrayList<>();
        past.stream()
                .limit(MOST_TOLD)
                .forEach(outage -> notes.add(String.format(
                        Locale.ROOT,
                        "the API server did not answer from %.1f s to %.1f s of the load",
                        (outage.fromNanos() - startNanos) / 1e9,
                        (outage.toNanos() - startNanos) / 1e9)));
        if (past.size() > MOST_TOLD) {
            notes.add("and " + (past.size() - MOST_TOLD) + " times more");
        }
        if (down) {
            notes.add(String.format(
                    Locale.ROOT,
                    "the API server does not answer since %.1f s of the load",
                    (beganNanos - startNanos) / 1e9));
        }
        if (!notes.isEmpty()) {
            notes.add(String.format(
                    Locale.ROOT, "%,d requests found nobody there; %,d writes were sent once more", refused, retries));
        }
        return notes;
    }
}
