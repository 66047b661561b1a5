package dev.kubechurn.sim.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

final class JobMemoryTest {

    private static final long MIB = 1 << 20;

    /** 40,000 watches in 10 shards are 4,000 in each: 512 MiB and 98 MiB, which is less than the least. */
    @Test
    void aRunHasRoomForTheWatchesOfAShard() {
        assertThat(JobMemory.ofRun(40_000, 10)).isEqualTo(1024 * MIB);
        assertThat(JobMemory.ofRun(1_000_000, 10)).isEqualTo(3072 * MIB); // 512 and 2,441, in steps of 256
        assertThat(JobMemory.ofRun(1_000_000, 1)).isEqualTo(25_088 * MIB);
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
                .hasMessageContaining("1,000 MiB of heap")
                .hasMessageContaining("say 1792Mi");
    }
}
