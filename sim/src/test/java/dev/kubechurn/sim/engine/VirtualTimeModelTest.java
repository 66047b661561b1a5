package dev.kubechurn.sim.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.LongStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Virtual time against a sorted list, over many random histories. */
final class VirtualTimeModelTest {

    private static final int SEEDS = 50;

    static LongStream seeds() {
        long first = Long.getLong("kubechurn.seed", 1);
        return LongStream.range(first, first + SEEDS);
    }

    @ParameterizedTest(name = "-Dkubechurn.seed={0}")
    @MethodSource("seeds")
    @DisplayName("What is scheduled, cancelled and scheduled again fires as from a sorted list, also out of callbacks")
    void firesAsASortedListDoes(long seed) {
        ModelledTime modelled = new ModelledTime(seed);
        for (int i = 0; i < 600; i++) {
            modelled.step();
        }
        modelled.drain();
        assertThat(modelled.fired()).as("seed %d", seed).isPositive();
    }
}
