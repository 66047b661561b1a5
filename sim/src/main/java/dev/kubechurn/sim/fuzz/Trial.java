package dev.kubechurn.sim.fuzz;

import dev.kubechurn.sim.scenario.Scenario;

/** Runs one scenario. */
@FunctionalInterface
public interface Trial {

    Outcome run(Scenario scenario) throws InterruptedException;
}
