package dev.kubechurn.sim.sweep;

import dev.kubechurn.sim.run.Plans;
import dev.kubechurn.sim.run.RunPlan;
import dev.kubechurn.sim.run.Simulation;
import dev.kubechurn.sim.scenario.Scenario;
import java.util.Locale;
import java.util.Map;

/**
 * One run of a sweep. Immutable.
 *
 * @param cell its place in the grid, from 0
 * @param values of the varied fields, by their paths
 * @param scenario with the run's own seed
 * @param bytes of heap that it needs
 */
public record SweepRun(int cell, Map<String, String> values, Scenario scenario, long bytes) {

    static SweepRun of(int cell, Map<String, String> values, Scenario scenario) {
        return new SweepRun(cell, values, scenario, Simulation.memoryNeeded(Plans.of(scenario)));
    }

    public long seed() {
        return scenario.spec().seed();
    }

    /** The name of its directory. */
    public String directory() {
        return directory(cell, seed());
    }

    static String directory(int cell, long seed) {
        return String.format(Locale.ROOT, "%03d-seed-%d", cell + 1, seed);
    }

    RunPlan plan() {
        return Plans.of(scenario);
    }
}
