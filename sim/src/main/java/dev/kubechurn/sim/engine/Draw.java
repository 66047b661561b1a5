package dev.kubechurn.sim.engine;

import java.util.SplittableRandom;

/**
 * A distribution of whole numbers (nanoseconds, bytes), drawn by inverse transforms on {@link StrictMath}: one draw of
 * the stream for each number, and the same numbers on every machine and JDK.
 */
@FunctionalInterface
public interface Draw {

    long next(SplittableRandom random);

    static Draw constant(long value) {
        return random -> value;
    }

    static Draw uniform(long min, long max) {
        return random -> min + (long) (random.nextDouble() * (max - min + 1.0));
    }

    static Draw exponential(long mean) {
        return random -> (long) (-StrictMath.log(1 - random.nextDouble()) * mean);
    }

    /** Lognormal, told by two of its percentiles. */
    static Draw logNormal(long median, long p99) {
        double sigma = StrictMath.log((double) p99 / median) / NormalQuantile.P99;
        return random -> {
            // Both ends of (0, 1) are out of the quantile's reach.
            double p = Math.max(Double.MIN_NORMAL, random.nextDouble());
            return (long) (median * StrictMath.exp(sigma * NormalQuantile.of(p)));
        };
    }

    /** This, kept within bounds. */
    default Draw within(long min, long max) {
        return random -> Math.min(max, Math.max(min, next(random)));
    }
}
