package dev.kubechurn.sim.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

final class JobMemoryTest {

    private static final long MIB = 1 << 20;

    /** 40,000 watches in 10 shards are 4,000 in each: 275 MiB of heap, and the other fifth must hold 256 MiB. */
    @Test
    void aRunHasRoomForTheWatchesOfAShard() {
        assertThat(JobMemory.ofRun(40_000, 10)).isEqualTo(1280 * MIB);
        assertThat(JobMemory.ofRun(300_000, 10)).isEqualTo(2304 * MIB); // 64 and 1,582 are 80 %, in steps of 256
    }

    @Test
    void aSweepHasRoomForItsLargestRun() {
        assertThat(JobMemory.ofSweep(50 * MIB)).isEqualTo(768 * MIB);
        assertThat(JobMemory.ofSweep(1024 * MIB)).isEqualTo(1792 * MIB); // 1,600, in steps of 256
    }

    /** What it gives itself it does not refuse. */
    @Test
    void aRunOfASweepThatCannotFitIsToldBefore() {
        for (long largest = MIB; largest < 100_000 * MIB; largest *= 3) {
            long needed = largest;
            assertThatCode(() -> JobMemory.requireHeap(JobMemory.ofSweep(needed), needed))
                    .doesNotThrowAnyException();
        }
        assertThatThrownBy(() -> JobMemory.requireHeap(1024 * MIB, 1000 * MIB))
                .isInstanceOf(JobException.class)
                .hasMessageContaining("a heap of 1,000 MiB")
                .hasMessageContaining("use 1792Mi");
    }
}
