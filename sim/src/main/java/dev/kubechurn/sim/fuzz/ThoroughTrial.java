package dev.kubechurn.sim.fuzz;

import dev.kubechurn.sim.scenario.Scenario;

/** The product itself; one scenario in eight, by its seed, is run twice and must be the same both times. */
public final class ThoroughTrial implements Trial {

    private static final int ONE_IN = 8;

    private final Trial once = VirtualTrial.of(false);
    private final Trial twice = VirtualTrial.of(true);

    @Override
    public Outcome run(Scenario scenario) throws InterruptedException {
        return (scenario.spec().seed() % ONE_IN == 0 ? twice : once).run(scenario);
    }
}
