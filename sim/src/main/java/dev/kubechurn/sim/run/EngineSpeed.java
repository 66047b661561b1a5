package dev.kubechurn.sim.run;

import dev.kubechurn.reports.result.Metric;
import dev.kubechurn.reports.result.MetricDescriptor;
import dev.kubechurn.reports.result.RunResult;
import dev.kubechurn.reports.result.Unit;
import dev.kubechurn.reports.result.ValueMetric;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How fast a run in virtual time was worked off. Measured, and so no part of its digest; the work itself is counted by
 * the run.
 */
public final class EngineSpeed {

    static final String WALL = "engine.wall";
    static final String SPEED = "engine.speed";
    static final String RATIO = "engine.ratio";

    /** Simulated seconds in one second. */
    private static final Unit SECONDS_PER_SECOND = new Unit("s/s");

    private static final List<String> WORK = List.of("events", "deliveries", "lookups");
    private static final double NANOS_PER_SECOND = 1e9;

    private EngineSpeed() {}

    /**
     * The result with its speed; as it is where there is none to tell.
     *
     * @param wallNanos that the whole run took, its set-up and its checks included
     */
    public static RunResult of(RunResult result, long wallNanos) {
        if (result.metric("engine.events").isEmpty() || wallNanos <= 0) {
            return result;
        }
        List<Metric> speed = new ArrayList<>();
        speed.add(new ValueMetric(MetricDescriptor.of(WALL, Unit.NANOSECONDS).lowerIsBetter(), wallNanos));
        speed.add(new ValueMetric(
                MetricDescriptor.of(RATIO, SECONDS_PER_SECOND).higherIsBetter(),
                (double) result.durationNanos() / wallNanos));
        for (String work : WORK) {
            done(result, work).ifPresent(count -> speed.add(speed(work, count / (wallNanos / NANOS_PER_SECOND))));
        }
        return result.withSampled(speed);
    }

    private static Optional<Double> done(RunResult result, String work) {
        return result.metric("engine." + work).map(metric -> ((ValueMetric) metric).value());
    }

    private static Metric speed(String work, double perSecond) {
        return new ValueMetric(
                MetricDescriptor.of(SPEED, Unit.PER_SECOND).label("of", work).higherIsBetter(), perSecond);
    }
}
