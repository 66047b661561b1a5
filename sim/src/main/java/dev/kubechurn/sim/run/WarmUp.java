package dev.kubechurn.sim.run;

import dev.kubechurn.core.store.TtlSource;
import dev.kubechurn.reports.result.Labels;
import dev.kubechurn.reports.result.RunResult;
import dev.kubechurn.reports.result.ValueMetric;
import dev.kubechurn.sim.engine.Draw;
import dev.kubechurn.sim.engine.RandomStreams;
import dev.kubechurn.sim.engine.WallClock;
import dev.kubechurn.sim.workload.Churn;
import dev.kubechurn.sim.workload.References;
import dev.kubechurn.sim.workload.SyntheticLoad;
import dev.kubechurn.sim.workload.UpdateLoad;
import dev.kubechurn.sim.workload.WorkloadPlan;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Short runs before a run over HTTP, so that the JVM has loaded and compiled what the run needs. A cold JVM answers the
 * first lists so slowly that they miss the second that a kubelet waits for them, which says something about the JVM and
 * nothing about the scenario.
 *
 * <p>Each round is a run of its own: its own server, client, objects and recorders, all closed and dropped at its end. No
 * request of a warm-up reaches the server of the run, be it a mock server or a cluster, and none can be counted there.
 *
 * <p>{@link #run} belongs to one thread; {@link #stop} is for any other.
 */
public final class WarmUp {

    private static final int NODES = 10;
    private static final int PODS_PER_NODE = 20;

    /** On a machine that is still too slow then, the run shows what that means. */
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final RunPlan plan;
    private final Predicate<RunResult> warm;
    private final Duration limit;

    // Guarded by this.
    private @Nullable Simulation current;
    private boolean stopped;

    WarmUp(RunPlan plan, Predicate<RunResult> warm, Duration limit) {
        this.plan = plan;
        this.warm = warm;
        this.limit = limit;
    }

    /** What comes before a run of this plan: a load of its own, the way that the plan's kubelets go about it. */
    public static WarmUp of(RunPlan plan) {
        return new WarmUp(plan, WarmUp::keptUp, LIMIT);
    }

    /** How a warm-up ended. */
    public enum Outcome {
        /** Client and server keep up with the kubelets. */
        WARM,
        /** They did not within the limit: the machine is too slow, or too busy. */
        SLOW,
        /** Somebody stopped it. */
        STOPPED
    }

    /**
     * Runs rounds until one says that all is warm, or the limit is over.
     *
     * @throws EnvironmentException if the machine fails
     */
    public Outcome run() throws InterruptedException {
        long start = WallClock.monotonicNanos();
        for (int round = 0; ; round++) {
            try (Simulation simulation = Simulation.of(round(round), 0, figures -> {})) {
                if (!begin(simulation)) {
                    return Outcome.STOPPED;
                }
                RunResult result = simulation.run();
                if (!end()) {
                    return Outcome.STOPPED;
                }
                if (warm.test(result)) {
                    return Outcome.WARM;
                }
            }
            if (WallClock.monotonicNanos() - start >= limit.toNanos()) {
                return Outcome.SLOW;
            }
        }
    }

    /** Ends the warm-up soon. */
    public synchronized void stop() {
        stopped = true;
        if (current != null) {
            current.stop("stopped");
        }
    }

    private synchronized boolean begin(Simulation simulation) {
        current = simulation;
        return !stopped;
    }

    private synchronized boolean end() {
        current = null;
        return !stopped;
    }

    /** Whether no kubelet waited in vain in a round, although all nodes started at once. */
    static boolean keptUp(RunResult result) {
        return count(result, "mount.failed") == 0 && count(result, "resolve.failed") == 0;
    }

    private static double count(RunResult result, String metric) {
        return ((ValueMetric) result.metric(metric, Labels.NONE).orElseThrow()).value();
    }

    /** A second in which all nodes start at once and objects and pods change fast: the most work in the shortest time. */
    private RunPlan round(int round) {
        Duration second = Duration.ofSeconds(1);
        return new RunPlan(
                "warm-up",
                "",
                round,
                second,
                Duration.ZERO,
                false,
                plan.strategy(),
                TtlSource.ofSeconds(1),
                NODES,
                NODES * PODS_PER_NODE,
                false,
                second.dividedBy(2),
                plan.reflectors(),
                plan.envNames(),
                plan.writeVolumes(),
                plan.serverModel(),
                plan.watchCache(),
                plan.bytesPerWatch(),
                workload(new RandomStreams(round)),
                Duration.ZERO,
                List.of(),
                Map.of(),
                List.of());
    }

    private static WorkloadPlan workload(RandomStreams streams) {
        Draw bytes = Draw.logNormal(1 << 10, 100 << 10);
        SyntheticLoad load = new SyntheticLoad(
                2,
                new SyntheticLoad.Objects(100, 4, bytes, 0.1),
                new SyntheticLoad.Objects(30, 4, bytes, 0.1),
                PODS_PER_NODE,
                new References(1, 1, 1, 0.2, 1.1, true),
                Draw.constant(Long.MAX_VALUE));
        return WorkloadPlan.of(load, new Churn.Steady(20), new UpdateLoad(20, 0.2, 1.1), streams);
    }
}
