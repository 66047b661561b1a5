package dev.kubechurn.core.manager;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Random interleavings of registering, reading, server changes, faults and time, in virtual time (M2 to M15, S, R).
 * System property {@code kubechurn.seed} repeats one seed, {@code kubechurn.cases} says how many there are.
 */
class WatchStrategyProperties {

    private static final int SEEDS = 2_000;
    private static final int STEPS = 60;

    @Test
    void invariantsHoldWhateverHappens() {
        Long only = Long.getLong("kubechurn.seed");
        long first = only == null ? 0 : only;
        int seeds = Integer.getInteger("kubechurn.cases", SEEDS);
        for (long seed = first; seed < (only == null ? seeds : first + 1); seed++) {
            play(seed);
        }
    }

    private static void play(long seed) {
        List<String> done = new ArrayList<>();
        try {
            RandomWorld world = new RandomWorld(seed);
            for (int step = 0; step < STEPS; step++) {
                done.add(world.step());
            }
            world.settle();
            world.end();
        } catch (AssertionError | RuntimeException e) {
            throw new AssertionError(
                    "seed " + seed + " (repeat with -Dkubechurn.seed=" + seed + ") after " + done + ": "
                            + e.getMessage(),
                    e);
        }
    }
}
