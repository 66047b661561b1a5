package dev.kubechurn.sim.workload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.kubechurn.sim.engine.VirtualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class PoissonProcessTest {

    private final VirtualTime time = new VirtualTime();
    private final List<Long> due = new ArrayList<>();

    @Test
    void happensAtItsRateWithExponentialGaps() {
        PoissonProcess process = process(10);
        process.start(0);
        time.advance(Duration.ofSeconds(2_000));
        assertThat(due.size() / 2_000.0).isCloseTo(10, within(0.3));
        double longer = 0;
        for (int i = 1; i < due.size(); i++) {
            longer += due.get(i) - due.get(i - 1) > 100_000_000 ? 1 : 0;
        }
        assertThat(longer / due.size()).as("share of gaps above the mean").isCloseTo(1 / Math.E, within(0.02));
    }

    @Test
    void dueTimesDoNotDependOnHowLateTheWorkRuns() {
        PoissonProcess punctual = process(10);
        punctual.start(0);
        time.advance(Duration.ofSeconds(10));
        List<Long> expected = List.copyOf(due);
        due.clear();
        VirtualTime late = new VirtualTime();
        late.advance(Duration.ofSeconds(5));
        new PoissonProcess(late, new SplittableRandom(7), 10, due::add).start(0);
        late.advance(Duration.ofSeconds(5));
        assertThat(due).isEqualTo(expected);
    }

    @Test
    void whatWasDueBeforeTheEndIsDoneHoweverLate() {
        PoissonProcess punctual = process(10);
        punctual.start(0);
        time.advance(Duration.ofSeconds(10));
        List<Long> expected = List.copyOf(due);
        due.clear();

        VirtualTime late = new VirtualTime();
        List<String> told = new ArrayList<>();
        PoissonProcess behind = new PoissonProcess(late, new SplittableRandom(7), 10, due::add);
        behind.start(0);
        long end = Duration.ofSeconds(10).toNanos();
        behind.finish(end, () -> told.add("over after " + due.size()));
        assertThat(behind.isOver()).isFalse();
        late.advance(Duration.ofHours(1));
        assertThat(due).isEqualTo(expected);
        assertThat(behind.isOver()).isTrue();
        assertThat(told).containsExactly("over after " + expected.size());

        punctual.finish(end, () -> told.add("nothing was left"));
        assertThat(told).contains("nothing was left");
    }

    @Test
    void aRateOfZeroNeverHappens() {
        process(0).start(0);
        assertThat(time.pendingTimers()).isZero();
    }

    @Test
    void stoppedItHappensNoMore() {
        PoissonProcess process = process(10);
        process.start(0);
        time.advance(Duration.ofSeconds(1));
        int before = due.size();
        process.stop();
        time.advance(Duration.ofSeconds(10));
        assertThat(due).hasSize(before);
        assertThat(time.pendingTimers()).isZero();
    }

    private PoissonProcess process(double perSecond) {
        return new PoissonProcess(time, new SplittableRandom(7), perSecond, due::add);
    }
}
