package dev.kubechurn.sim.sweep;

import dev.kubechurn.reports.result.RunResult;
import dev.kubechurn.reports.result.SweepResult;
import dev.kubechurn.sim.engine.WallClock;
import dev.kubechurn.sim.run.EngineSpeed;
import dev.kubechurn.sim.run.Simulation;
import dev.kubechurn.sim.shard.Shard;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;

/**
 * Makes the runs of a sweep that are not finished, several at a time, and puts all together. {@link #run} belongs to one
 * thread; {@link #stop} is safe from any.
 */
public final class Sweep {

    private final SweepPlan plan;
    private final List<SweepRun> runs;
    private final SweepDirectory directory;
    private final Consumer<Progress> viewer;
    private final Set<Simulation> running = ConcurrentHashMap.newKeySet();
    private final Map<SweepRun, SweepResult.Run> finished = new ConcurrentHashMap<>();
    private volatile boolean stopped;
    private int before;

    /**
     * How far a sweep is.
     *
     * @param finished of all runs, those from before included
     * @param before those that were finished when this process began
     */
    public record Progress(int finished, int before, int runs) {}

    /**
     * A sweep, or the part of one that this process makes.
     *
     * @param viewer told whenever a run is finished, by any thread, one at a time
     */
    public Sweep(SweepPlan plan, Shard shard, SweepDirectory directory, Consumer<Progress> viewer) {
        this.plan = plan;
        this.runs = plan.runs(shard);
        this.directory = directory;
        this.viewer = viewer;
    }

    /**
     * So many runs may be made at a time that the largest of them fit into the heap side by side.
     *
     * @param wanted at most
     */
    public static int jobs(SweepPlan plan, int wanted, long heapBytes) {
        long largest = plan.runs().stream().mapToLong(SweepRun::bytes).max().orElse(1);
        return (int) Math.max(1, Math.min(wanted, heapBytes / Math.max(1, largest)));
    }

    /** Ends it soon; what is finished is kept. */
    public void stop() {
        stopped = true;
        running.forEach(simulation -> simulation.stop("interrupted"));
    }

    /**
     * Makes what is missing.
     *
     * @return whether all is finished; not if it was stopped
     */
    public boolean run(int jobs) throws InterruptedException {
        List<SweepRun> missing = new ArrayList<>();
        for (SweepRun run : runs) {
            directory.finished(run).ifPresentOrElse(result -> put(run, result), () -> missing.add(run));
        }
        before = finished.size();
        show();
        ExecutorService pool = Executors.newFixedThreadPool(jobs);
        try {
            List<Callable<Boolean>> tasks = missing.stream()
                    .<Callable<Boolean>>map(run -> () -> make(run))
                    .toList();
            List<Future<Boolean>> made = pool.invokeAll(tasks);
            for (Future<Boolean> each : made) {
                requireNoFailure(each);
            }
        } finally {
            pool.shutdownNow();
        }
        return finished.size() == runs.size();
    }

    private static void requireNoFailure(Future<Boolean> made) throws InterruptedException {
        try {
            Boolean unused = made.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            if (e.getCause() instanceof Error failure) {
                throw failure;
            }
            throw new IllegalStateException("a run of the sweep failed: " + e.getCause(), e.getCause());
        }
    }

    private boolean make(SweepRun run) throws InterruptedException {
        if (stopped) {
            return false;
        }
        try (Simulation simulation = Simulation.of(run.plan(), 0, figures -> {})) {
            running.add(simulation);
            try {
                return !stopped && make(run, simulation);
            } finally {
                running.remove(simulation);
            }
        }
    }

    private boolean make(SweepRun run, Simulation simulation) throws InterruptedException {
        long start = WallClock.monotonicNanos();
        RunResult result = simulation.run();
        if (!SweepDirectory.isFinished(result)) {
            return false;
        }
        directory.write(run, EngineSpeed.of(result, WallClock.monotonicNanos() - start));
        put(run, result);
        show();
        return true;
    }

    private void put(SweepRun run, RunResult result) {
        finished.put(run, SweepResult.Run.of(run.seed(), result));
    }

    private synchronized void show() {
        viewer.accept(new Progress(finished.size(), before, runs.size()));
    }

    /** Of all checks of the runs that are finished here. */
    public long violations() {
        return finished.values().stream().mapToLong(SweepResult.Run::violations).sum();
    }

    /** What all found; every run must be finished, here or by another shard. */
    public SweepResult result() {
        return plan.result(run -> Objects.requireNonNull(finished.get(run), "a run that is not finished"));
    }
}
