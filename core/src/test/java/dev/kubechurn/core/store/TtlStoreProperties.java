package dev.kubechurn.core.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * Random references, reads, server changes, failures and time: a {@link TtlStore} and a {@link NaiveTtlStore} must say
 * and do the same (S20 to S32). System property {@code kubechurn.seed} repeats one seed.
 */
class TtlStoreProperties {

    private static final int SEEDS = 3_000;
    private static final int STEPS = 100;

    @Test
    @DisplayName("S20 to S32: the store answers, asks and tells its listener as the naive model does, whatever happens")
    void agreesWithTheModel() {
        Long only = Long.getLong("kubechurn.seed");
        long first = only == null ? 1 : only;
        TreeSet<String> rules = new TreeSet<>();
        for (long seed = first; seed < (only == null ? first + SEEDS : first + 1); seed++) {
            rules.addAll(play(seed));
        }
        if (only == null) {
            assertThat(rules)
                    .as("rules that decided something")
                    .containsExactly(
                            "S20 others", "S20 under way", "S21", "S23", "S24", "S25", "S26", "S27", "S31", "S32");
        }
    }

    private static Set<String> play(long seed) {
        List<String> done = new ArrayList<>();
        try {
            TtlWorld world = new TtlWorld(seed);
            for (int step = 0; step < STEPS; step++) {
                done.add(world.act());
                world.check();
            }
            done.add("end");
            world.end();
            return world.rules();
        } catch (AssertionError | RuntimeException e) {
            throw new AssertionError(
                    "seed " + seed + " (repeat with -Dkubechurn.seed=" + seed + ") after " + done + ": "
                            + e.getMessage(),
                    e);
        }
    }
}
