package dev.kubechurn.sim.conform;

import java.util.List;
import java.util.SplittableRandom;
import java.util.function.DoubleSupplier;
import java.util.function.Supplier;

/**
 * Scripts for a manager, its server and its clock. Each is played with the smallest, the largest and random factors of
 * R11 and R6: no expectation depends on them.
 */
final class ScriptVectors implements VectorRunner {

    private static final long SEED = 1;

    private static final List<Supplier<DoubleSupplier>> FACTORS =
            List.of(() -> () -> 0, () -> () -> Math.nextDown(1.0), () -> new SplittableRandom(SEED)::nextDouble);

    @Override
    public boolean takes(Vector vector) {
        return vector.body().has("steps");
    }

    @Override
    public void play(Vector vector) throws VectorException {
        for (Supplier<DoubleSupplier> factors : FACTORS) {
            Script.of(vector, factors.get()).play();
        }
    }
}
