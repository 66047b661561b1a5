package dev.kubechurn.sim.workload;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kubechurn.sim.engine.Draw;
import dev.kubechurn.sim.engine.RandomStreams;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Golden draws: the transforms are the same on every JDK and machine, compiled or interpreted. */
final class DrawTest {

    @Test
    void theFirstDrawsOfEachDistributionAreThese() {
        assertThat(draws(Draw.uniform(10, 1_000_000))).containsExactly(UNIFORM);
        assertThat(draws(Draw.exponential(600_000_000_000L))).containsExactly(EXPONENTIAL);
        assertThat(draws(Draw.logNormal(1_024, 102_400))).containsExactly(LOG_NORMAL);
        Zipf zipf = new Zipf(1_000, 1.1);
        assertThat(draws(zipf::next)).containsExactly(ZIPF);
    }

    /** The whole of the quantile's range, its tails as well, in one number. */
    @Test
    void tenThousandDrawsAddUpToThis() {
        SplittableRandom random = new RandomStreams(42).stream("draws", 1);
        Draw logNormal = Draw.logNormal(1_000_000_000L, 30_000_000_000L);
        Draw exponential = Draw.exponential(1_000_000_000L);
        long sum = 0;
        for (int i = 0; i < 10_000; i++) {
            sum = 31 * sum + logNormal.next(random) + exponential.next(random);
        }
        assertThat(sum).isEqualTo(SUM);
    }

    @Test
    void eachDrawTakesOneNumberOfTheStream() {
        for (Draw draw : List.of(
                Draw.uniform(1, 9), Draw.exponential(5), Draw.logNormal(5, 50).within(1, 9))) {
            SplittableRandom drawn = new RandomStreams(1).stream("x", 0);
            SplittableRandom skipped = new RandomStreams(1).stream("x", 0);
            draw.next(drawn);
            skipped.nextLong();
            assertThat(drawn.nextLong()).isEqualTo(skipped.nextLong());
        }
    }

    private static List<Long> draws(Draw draw) {
        SplittableRandom random = new RandomStreams(42).stream("draws", 0);
        return Stream.generate(() -> draw.next(random)).limit(6).toList();
    }

    // All but the sum were worked out apart from Java as well, by other means than our approximations.
    private static final Long[] UNIFORM = {989_747L, 724_047L, 299_299L, 569_547L, 771_003L, 446_340L};
    private static final Long[] EXPONENTIAL = {
        2_748_096_157_989L, 772_509_054_355L, 213_398_271_619L, 505_743_601_721L, 884_421_712_137L, 354_716_590_474L
    };
    private static final Long[] LOG_NORMAL = {100_512L, 3_324L, 361L, 1_448L, 4_449L, 783L};
    private static final Long[] ZIPF = {892L, 68L, 2L, 19L, 103L, 7L};
    private static final long SUM = 6_520_331_005_196_195_507L;
}
