package dev.kubechurn.sim.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class LatencyRecorderTest {

    static Stream<LatencyRecorder> recorders() {
        return Stream.of(LatencyRecorder.shared(), LatencyRecorder.ofOneThread());
    }

    @ParameterizedTest
    @MethodSource("recorders")
    void intervalsAddUpToTheTotal(LatencyRecorder recorder) {
        recorder.record(100);
        assertThat(recorder.nextInterval().getTotalCount()).isOne();
        recorder.record(200);
        recorder.record(300);
        assertThat(recorder.nextInterval().getMaxValue()).isEqualTo(300);
        assertThat(recorder.nextInterval().getTotalCount()).isZero();
        recorder.record(400);
        assertThat(recorder.total().getTotalCount()).isEqualTo(4);
        assertThat(recorder.total().getMinValue()).isEqualTo(100);
        assertThat(recorder.nextInterval().getTotalCount()).isZero();
    }

    @ParameterizedTest
    @MethodSource("recorders")
    void whatLiesBeyondTheRangeCountsAtItsEnd(LatencyRecorder recorder) {
        recorder.record(-5);
        recorder.record(Long.MAX_VALUE);
        assertThat(recorder.total().getTotalCount()).isEqualTo(2);
        assertThat(recorder.total().getMinValue()).isZero();
    }
}
