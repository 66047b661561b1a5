package dev.kubechurn.sim.cli;

import dev.kubechurn.sim.engine.WallClock;
import dev.kubechurn.sim.run.RunPlan;
import dev.kubechurn.sim.run.WarmUp;
import java.util.Locale;

/** The warm-up before a run over HTTP, and what people see of it. */
final class WarmUpProgress {

    private final Terminal terminal;
    private final Interruption interruption;
    private final boolean quiet;

    WarmUpProgress(Terminal terminal, Interruption interruption, boolean quiet) {
        this.terminal = terminal;
        this.interruption = interruption;
        this.quiet = quiet;
    }

    /**
     * Warms up.
     *
     * @return whether the run can begin; not if somebody pressed Ctrl-C
     */
    boolean warm(RunPlan plan) throws InterruptedException {
        say("warming up against a separate server (not part of the results)");
        WarmUp warmUp = WarmUp.of(plan);
        interruption.calls(warmUp::stop);
        long start = WallClock.monotonicNanos();
        WarmUp.Outcome outcome = warmUp.run();
        double seconds = (WallClock.monotonicNanos() - start) / 1e9;
        switch (outcome) {
            case WARM -> say(String.format(Locale.ROOT, "warm after %.1f s", seconds));
            case SLOW ->
                say(String.format(
                        Locale.ROOT,
                        "reads still take too long after %.0f s of warm-up: this machine is slow or busy;"
                                + " expect failed mounts, or set a smaller cluster.nodes",
                        seconds));
            case STOPPED -> terminal.err().println("interrupted before the load began: there is no result");
        }
        return outcome != WarmUp.Outcome.STOPPED;
    }

    private void say(String line) {
        if (!quiet) {
            terminal.err().println(line);
            terminal.err().flush();
        }
    }
}
