package dev.kubechurn.sim.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class LatencyRecorderTest {

    private final LatencyRecorder recorder = new LatencyRecorder();

    @Test
    void intervalsAddUpToTheTotal() {
        recorder.record(100);
        assertThat(recorder.nextInterval().getTotalCount()).isOne();
        recorder.record(200);
        recorder.record(300);
        assertThat(recorder.nextInterval().getMaxValue()).isEqualTo(300);
        assertThat(recorder.nextInterval().getTotalCount()).isZero();
        recorder.record(400);
        assertThat(recorder.total().getTotalCount()).isEqualTo(4);
        assertThat(recorder.total().getMinValue()).isEqualTo(100);
    }

    @Test
    void whatLiesBeyondTheRangeCountsAtItsEnd() {
        recorder.record(-5);
        recorder.record(Long.MAX_VALUE);
        assertThat(recorder.total().getTotalCount()).isEqualTo(2);
        assertThat(recorder.total().getMinValue()).isZero();
    }
}
