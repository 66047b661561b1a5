package dev.kubechurn.reports.result;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ResultJsonProperties {

    private static final int ROUNDS = 100;

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 42, 20_261_123})
    void everyResultIsReadBackEqualAndWrittenTheSameAgain(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        for (int round = 0; round < ROUNDS; round++) {
            RunResult result = result(random);
            String json = ResultJson.write(result);
            RunResult back = ResultJson.parse(json, "random");

            assertThat(back).as("seed %d, round %d", seed, round).isEqualTo(result);
            assertThat(ResultJson.write(back))
                    .as("seed %d, round %d", seed, round)
                    .isEqualTo(json);
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 42, 20_261_123})
    void aDamagedFileIsEitherReadOrRefusedInOneLine(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        String json = ResultJson.write(SampleResults.complete());
        int refused = 0;
        for (int round = 0; round < 20 * ROUNDS; round++) {
            StringBuilder damaged = new StringBuilder(json);
            for (int flips = 1 + random.nextInt(3); flips > 0; flips--) {
                damaged.setCharAt(random.nextInt(json.length()), (char) random.nextInt(0x20, 0x7f));
            }
            try {
                assertThat(ResultJson.parse(damaged.toString(), "damaged").name())
                        .isNotNull();
            } catch (ResultFormatException e) {
                assertThat(e.getMessage()).startsWith("damaged").doesNotContain("\n");
                refused++;
            } catch (RuntimeException e) {
                fail("seed " + seed + ", round " + round, e);
            }
        }
        assertThat(refused).as("refused with seed %d", seed).isPositive();
    }

    private static RunResult result(SplittableRandom random) {
        RunResultBuilder builder = RunResult.builder(random.nextBoolean() ? RunResult.RUN : RunResult.BENCHMARK, "r")
                .title(text(random))
                .started(Instant.ofEpochSecond(random.nextLong(4_000_000_000L), random.nextInt(1_000_000_000)))
                .duration(Duration.ofNanos(random.nextLong(Long.MAX_VALUE)));
        if (random.nextBoolean()) {
            builder.partial(text(random));
        }
        for (int i = random.nextInt(6); i > 0; i--) {
            builder.parameter("p" + i, text(random)).metric(metric(random, i)).series(series(random, i));
        }
        for (int i = random.nextInt(3); i > 0; i--) {
            builder.breakdown(breakdown(random, i));
        }
        return builder.build();
    }

    private static Breakdown breakdown(SplittableRandom random, int index) {
        Map<String, Double> parts = new LinkedHashMap<>();
        double[] sizes = random.doubles(random.nextInt(Breakdown.MOST_PARTS + 1), 0, 1e6)
                .sorted()
                .toArray();
        for (int i = sizes.length - 1; i >= 0; i--) {
            parts.put(i + text(random), sizes[i]);
        }
        return new Breakdown("b" + index, Unit.COUNT, figure(random), parts);
    }

    private static Metric metric(SplittableRandom random, int index) {
        MetricDescriptor descriptor = new MetricDescriptor(
                "m" + index,
                random.nextBoolean() ? Labels.NONE : Labels.of("label", text(random)),
                new Unit(random.nextBoolean() ? "ns" : "µs/op"),
                oneOf(random, List.of(Better.values())),
                oneOf(random, List.of(Precision.values())));
        double figure = figure(random);
        return switch (random.nextInt(4)) {
            case 0 -> new ValueMetric(descriptor, figure);
            case 1 -> new RangeMetric(descriptor, figure, figure + Math.abs(figure) / 2);
            case 2 -> new SamplesMetric(descriptor, List.of(List.of(figure, figure(random)), List.of(figure(random))));
            default -> HistogramMetric.of(descriptor, histogram(random));
        };
    }

    private static Histogram histogram(SplittableRandom random) {
        Histogram histogram = new Histogram(1 + random.nextInt(4));
        for (int i = random.nextInt(200); i > 0; i--) {
            histogram.recordValueWithCount(1L << random.nextInt(45), 1 + random.nextInt(1_000));
        }
        return histogram;
    }

    private static Series series(SplittableRandom random, int index) {
        List<Series.Point> points = new ArrayList<>();
        long offset = 0;
        for (int i = random.nextInt(20); i > 0; i--) {
            offset += 1 + random.nextLong(1_000_000_000_000L);
            points.add(new Series.Point(offset, figure(random)));
        }
        return new Series("s" + index, Unit.COUNT, points);
    }

    /** Any finite double, whole or not, large or small. */
    private static double figure(SplittableRandom random) {
        double any = Double.longBitsToDouble(random.nextLong());
        return switch (random.nextInt(3)) {
            case 0 -> random.nextLong(-1_000_000, 1_000_000);
            case 1 -> random.nextLong();
            default -> Double.isFinite(any) ? any / 2 : 0.5;
        };
    }

    private static <T> T oneOf(SplittableRandom random, List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    private static String text(SplittableRandom random) {
        StringBuilder text = new StringBuilder();
        String alphabet = "ab,;\"'\\{}=%€µ\uD83D\uDE00 /<";
        for (int i = random.nextInt(12); i > 0; i--) {
            int[] points = alphabet.codePoints().toArray();
            text.appendCodePoint(points[random.nextInt(points.length)]);
        }
        return text.toString();
    }
}
