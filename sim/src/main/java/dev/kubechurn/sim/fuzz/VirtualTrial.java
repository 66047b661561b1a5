package dev.kubechurn.sim.fuzz;

import dev.kubechurn.reports.result.RunResult;
import dev.kubechurn.sim.run.Plans;
import dev.kubechurn.sim.run.RunPlan;
import dev.kubechurn.sim.run.Simulation;
import dev.kubechurn.sim.scenario.Scenario;
import java.util.Objects;
import java.util.function.Function;

/** Runs a scenario in virtual time, twice if asked: then a run that is not the same both times has failed (check 6). */
public final class VirtualTrial implements Trial {

    /** What a run that was not the same twice is called. */
    public static final String DETERMINISM = "determinism";

    private final Function<RunPlan, Simulation> simulations;
    private final boolean twice;

    /** @param simulations makes a simulation of a plan; it is closed here */
    public VirtualTrial(Function<RunPlan, Simulation> simulations, boolean twice) {
        this.simulations = simulations;
        this.twice = twice;
    }

    /** With the product's own simulation. */
    public static VirtualTrial of(boolean twice) {
        return new VirtualTrial(plan -> Simulation.of(plan, 0, figures -> {}), twice);
    }

    @Override
    public Outcome run(Scenario scenario) throws InterruptedException {
        try {
            RunResult result = simulate(scenario);
            Outcome outcome = Outcome.of(result);
            if (!twice || outcome instanceof Outcome.Broken) {
                return outcome;
            }
            RunResult again = simulate(scenario);
            return Objects.equals(again.digest(), result.digest())
                    ? outcome
                    : new Outcome.Broken(
                            DETERMINISM,
                            "two runs have different digests: " + result.digest() + " and " + again.digest());
        } catch (RuntimeException e) {
            return Outcome.of(e);
        }
    }

    private RunResult simulate(Scenario scenario) throws InterruptedException {
        try (Simulation simulation = simulations.apply(Plans.of(scenario))) {
            return simulation.run();
        }
    }
}
