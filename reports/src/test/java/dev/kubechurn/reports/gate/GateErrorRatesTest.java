package dev.kubechurn.reports.gate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kubechurn.reports.gate.SyntheticForks.Noise;
import dev.kubechurn.reports.result.MetricDescriptor;
import dev.kubechurn.reports.result.RunResult;
import dev.kubechurn.reports.result.RunResultBuilder;
import dev.kubechurn.reports.result.SamplesMetric;
import dev.kubechurn.reports.result.Unit;
import dev.kubechurn.reports.stats.ClopperPearson;
import dev.kubechurn.reports.stats.Interval;
import java.util.List;
import java.util.Locale;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * How often the gate is wrong, on forks with the noise of real ones (gate.md, point 4). Reduced in the build;
 * {@code -Dkubechurn.suites=1000} makes and prints the table of docs/gate.md.
 */
final class GateErrorRatesTest {

    private static final int SUITES = Integer.getInteger("kubechurn.suites", 20);
    private static final int BENCHMARKS = 12;
    private static final List<Noise> NOISES = List.of(Noise.CALM, Noise.DRIFTING, Noise.WILD, Noise.BIMODAL);

    /** The pairs that are recommended. */
    private static final int PAIRS = Integer.getInteger("kubechurn.pairs", 24);

    private static Comparison suite(long seed, Noise slower, double factor, boolean paired) {
        SyntheticForks forks = new SyntheticForks(seed);
        RunResultBuilder base = RunResult.builder(RunResult.BENCHMARK, "jmh");
        RunResultBuilder candidate = RunResult.builder(RunResult.BENCHMARK, "jmh");
        for (int i = 0; i < BENCHMARKS; i++) {
            Noise noise = NOISES.get(i % NOISES.size());
            // one benchmark is slower, the others are not
            double[][] sides = forks.pairs(PAIRS, noise, i == NOISES.indexOf(slower) ? factor : 1);
            MetricDescriptor descriptor =
                    MetricDescriptor.of("B.m" + i, new Unit("ns/op")).lowerIsBetter();
            base.metric(SamplesMetric.of(descriptor, sides[0]));
            candidate.metric(SamplesMetric.of(descriptor, sides[1]));
        }
        return Gate.compare(
                "base", List.of(base.build()), "candidate", List.of(candidate.build()), Policy.DEFAULT, paired);
    }

    private static int redSuites(Noise slower, double factor, boolean paired, long firstSeed) {
        int red = (int) LongStream.range(firstSeed, firstSeed + SUITES)
                .parallel()
                .filter(seed -> suite(seed, slower, factor, paired).failed(false))
                .count();
        Interval rate = ClopperPearson.of(red, SUITES);
        System.out.printf(
                Locale.ROOT,
                "| %s | %s | %d to %d | %d of %d | %.1f %% | %.1f to %.1f %% |%n",
                paired ? "pairs" : "two samples",
                factor == 1
                        ? "none"
                        : String.format(
                                Locale.ROOT,
                                "%+.0f %%, %s",
                                100 * (factor - 1),
                                slower.name().toLowerCase(Locale.ROOT)),
                firstSeed,
                firstSeed + SUITES - 1,
                red,
                SUITES,
                100.0 * red / SUITES,
                100 * rate.low(),
                100 * rate.high());
        return red;
    }

    @Test
    void hardlyEverRedWithoutAReason() {
        assertThat(redSuites(Noise.CALM, 1, true, 1_000_000)).isLessThanOrEqualTo(Math.max(1, SUITES / 100));
        assertThat(redSuites(Noise.CALM, 1, false, 2_000_000)).isLessThanOrEqualTo(Math.max(1, SUITES / 100));
    }

    @ParameterizedTest
    @EnumSource
    void findsWhatIsThere(Noise slower) {
        long first = 3_000_000 + 1_000_000L * NOISES.indexOf(slower);
        assertThat(redSuites(slower, 1.1, true, first)).isGreaterThanOrEqualTo((int) Math.ceil(0.95 * SUITES));
        assertThat(redSuites(slower, 1.2, true, first + 500_000)).isEqualTo(SUITES);
    }
}
