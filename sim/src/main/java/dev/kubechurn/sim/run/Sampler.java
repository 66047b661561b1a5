package dev.kubechurn.sim.run;

import dev.kubechurn.core.api.Scheduler;
import dev.kubechurn.core.api.Timer;
import dev.kubechurn.reports.result.Labels;
import dev.kubechurn.reports.result.Series;
import dev.kubechurn.reports.result.Series.Point;
import dev.kubechurn.reports.result.Unit;
import dev.kubechurn.sim.metrics.RunRecorders;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;
import org.HdrHistogram.Histogram;

/** Takes a sample of a run every second: the series of its result, and the live figures. Safe from any thread. */
final class Sampler extends Timer {

    private static final long INTERVAL_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final List<String> VERBS = List.of("list", "watch", "get");

    private final Scheduler scheduler;
    private final Transport transport;
    private final RunRecorders recorders;
    private final IntSupplier pods;
    private final LongSupplier updates;
    private final LongSupplier events;
    private final long durationNanos;
    private final Consumer<LiveFigures> viewer;

    // Guarded by this.
    private final Map<String, List<Point>> points = new TreeMap<>();
    private final Map<String, List<Point>> requests = new TreeMap<>();
    private long startNanos;
    private long lastNanos;
    private long lastUpdates;
    private long lastRelists;
    private ServerLoad lastLoad;
    private double peakRequestsPerSecond;
    private boolean stopped;

    Sampler(
            Scheduler scheduler,
            Transport transport,
            RunRecorders recorders,
            IntSupplier pods,
            LongSupplier updates,
            LongSupplier events,
            long durationNanos,
            Consumer<LiveFigures> viewer) {
        this.scheduler = scheduler;
        this.transport = transport;
        this.recorders = recorders;
        this.pods = pods;
        this.updates = updates;
        this.events = events;
        this.durationNanos = durationNanos;
        this.viewer = viewer;
        this.lastLoad = transport.load();
    }

    synchronized void start(long fromNanos) {
        startNanos = fromNanos;
        lastNanos = fromNanos;
        lastLoad = transport.load();
        scheduler.schedule(this, INTERVAL_NANOS);
    }

    synchronized void stop() {
        stopped = true;
        scheduler.cancel(this);
    }

    @Override
    public void fire() {
        LiveFigures figures;
        synchronized (this) {
            if (stopped) {
                return;
            }
            figures = sample(scheduler.nanos());
            long next = startNanos + ((lastNanos - startNanos) / INTERVAL_NANOS + 1) * INTERVAL_NANOS;
            scheduler.schedule(this, next - scheduler.nanos());
        }
        viewer.accept(figures);
    }

    private LiveFigures sample(long now) {
        double seconds = (now - lastNanos) / 1e9;
        ServerLoad load = transport.load();
        int running = pods.getAsInt();
        long updated = updates.getAsLong();
        double updateRate = (updated - lastUpdates) / seconds;
        double requestRate = (load.allRequests() - lastLoad.allRequests()) / seconds;
        Histogram propagation = recorders.propagation().nextInterval();
        long p99 = propagation.getTotalCount() == 0 ? 0 : propagation.getValueAtPercentile(99);

        add("pods", now, running);
        add("apiserver.watches", now, (double) load.watches());
        add("updates.rate", now, updateRate);
        add("apiserver.events.rate", now, (load.events() - lastLoad.events()) / seconds);
        if (load.bytes() != ServerLoad.UNKNOWN) {
            add("apiserver.bytes.rate", now, (load.bytes() - lastLoad.bytes()) / seconds);
        }
        add("propagation.p99", now, (double) p99);
        long relists = recorders.relists();
        add("reflector.relists.rate", now, (relists - lastRelists) / seconds);
        for (String verb : VERBS) {
            double rate = (load.requests(verb) - lastLoad.requests(verb)) / seconds;
            requests.computeIfAbsent(verb, v -> new ArrayList<>()).add(new Point(now - startNanos, rate));
        }
        peakRequestsPerSecond = Math.max(peakRequestsPerSecond, requestRate);
        lastNanos = now;
        lastLoad = load;
        lastUpdates = updated;
        lastRelists = relists;
        return new LiveFigures(
                now - startNanos, durationNanos, running, load.watches(), updateRate, p99, events.getAsLong());
    }

    private void add(String series, long now, double value) {
        points.computeIfAbsent(series, s -> new ArrayList<>()).add(new Point(now - startNanos, value));
    }

    /** The most requests of all verbs together in one interval, per second. */
    synchronized double peakRequestsPerSecond() {
        return peakRequestsPerSecond;
    }

    synchronized List<Series> series() {
        List<Series> all = new ArrayList<>();
        points.forEach((name, values) -> all.add(new Series(name, unit(name), values)));
        requests.forEach((verb, values) ->
                all.add(new Series("apiserver.requests.rate", Labels.of("verb", verb), Unit.PER_SECOND, values)));
        return all;
    }

    private static Unit unit(String series) {
        return switch (series) {
            case "apiserver.bytes.rate" -> Unit.BYTES_PER_SECOND;
            case "apiserver.events.rate", "updates.rate", "reflector.relists.rate" -> Unit.PER_SECOND;
            case "propagation.p99" -> Unit.NANOSECONDS;
            default -> Unit.COUNT;
        };
    }
}
