package dev.kubechurn.sim.engine;

import java.util.SplittableRandom;
import java.util.function.DoubleSupplier;

/**
 * One random stream for each purpose and node, all from one seed: a new consumer, or another division of the nodes over
 * processes, changes nobody else's draws. The same on every machine and JDK.
 */
public final class RandomStreams {

    private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;

    private final long seed;

    public RandomStreams(long seed) {
        this.seed = seed;
    }

    /** A new stream, always the same for the same seed, purpose and index; not safe for several threads. */
    public SplittableRandom stream(String purpose, long index) {
        long state = mix(seed + GOLDEN_GAMMA);
        for (int i = 0; i < purpose.length(); i++) {
            state = mix(state ^ (purpose.charAt(i) + GOLDEN_GAMMA));
        }
        return new SplittableRandom(mix(state + index * GOLDEN_GAMMA));
    }

    /** As {@link #stream}, drawing from [0, 1), safe from any thread. */
    public DoubleSupplier sharedStream(String purpose, long index) {
        SplittableRandom random = stream(purpose, index);
        return () -> {
            synchronized (random) {
                return random.nextDouble();
            }
        };
    }

    /** The finaliser of MurmurHash3 with Stafford's constants (mix 13): every input bit reaches every output bit. */
    private static long mix(long z) {
        long x = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        x = (x ^ (x >>> 27)) * 0x94D049BB133111EBL;
        return x ^ (x >>> 31);
    }
}
