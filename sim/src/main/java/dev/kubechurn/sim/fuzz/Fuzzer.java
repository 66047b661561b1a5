package dev.kubechurn.sim.fuzz;

import dev.kubechurn.sim.scenario.Scenario;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import java.util.function.LongUnaryOperator;

/** Runs the scenarios of one seed after the other until one fails, and makes that one as small as it gets. */
public final class Fuzzer {

    private final Trial trial;
    private final LongConsumer held;
    private final Consumer<Failure> failed;

    /**
     * Makes one.
     *
     * @param held told after each scenario whose checks held, how many they are by now
     * @param failed told of the one that failed, before it is made smaller
     */
    public Fuzzer(Trial trial, LongConsumer held, Consumer<Failure> failed) {
        this.trial = trial;
        this.held = held;
        this.failed = failed;
    }

    /** A scenario that fails, as it was drawn. */
    public record Failure(long seed, Scenario scenario, Outcome.Broken broken) {}

    /**
     * A scenario that fails.
     *
     * @param scenario as it was drawn
     * @param broken how it fails
     * @param smallest what is left of it that still fails the same way
     * @param trials how many it took to make it so small
     */
    public record Finding(long seed, Scenario scenario, Outcome.Broken broken, Scenario smallest, int trials) {}

    /**
     * Runs the scenarios of {@code count} seeds.
     *
     * @param goOn asked before each; false ends the campaign
     */
    public Optional<Finding> run(long firstSeed, long count, BooleanSupplier goOn) throws InterruptedException {
        return run(i -> firstSeed + i, 0, count, goOn);
    }

    /**
     * Runs the scenarios of some seeds.
     *
     * @param seeds by their number
     * @param from the number of the first one
     * @param to the number after the last one
     * @param goOn asked before each; false ends the campaign
     */
    public Optional<Finding> run(LongUnaryOperator seeds, long from, long to, BooleanSupplier goOn)
            throws InterruptedException {
        for (long i = from; i < to && goOn.getAsBoolean(); i++) {
            long seed = seeds.applyAsLong(i);
            Scenario scenario = ScenarioGenerator.scenario(seed);
            if (trial.run(scenario) instanceof Outcome.Broken broken) {
                failed.accept(new Failure(seed, scenario, broken));
                Minimiser.Minimised minimised = Minimiser.minimise(trial, scenario, broken.what());
                return Optional.of(new Finding(seed, scenario, broken, minimised.scenario(), minimised.trials()));
            }
            held.accept(i + 1);
        }
        return Optional.empty();
    }
}
