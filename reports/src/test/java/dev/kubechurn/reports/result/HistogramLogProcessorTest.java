package dev.kubechurn.reports.result;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramLogProcessor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** HdrHistogram's own tool reads our logs, by tag, and says what we say. */
final class HistogramLogProcessorTest {

    @TempDir
    private Path directory;

    @Test
    void saysTheSamePercentiles() throws Exception {
        Histogram values = new Histogram(3);
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < 20_000; i++) {
            values.recordValue(1 + random.nextLong(1_000_000) * random.nextLong(1_000));
        }
        HistogramSnapshot snapshot = HistogramSnapshot.of(values);
        Histogram other = new Histogram(3);
        other.recordValue(7);
        MetricDescriptor metric =
                MetricDescriptor.of("lookup.latency", Unit.NANOSECONDS).exact();
        Path log = directory.resolve("histograms.hlog");
        Files.write(
                log,
                HistogramLog.write(RunResult.builder(RunResult.RUN, "steady")
                        .metric(new HistogramMetric(metric.label("from", "call"), snapshot))
                        .metric(new HistogramMetric(metric.label("from", "due"), HistogramSnapshot.of(other)))
                        .build()));

        Path out = directory.resolve("processed");
        HistogramLogProcessor processor = new HistogramLogProcessor(new String[] {
            "-i",
            log.toString(),
            "-o",
            out.toString(),
            "-tag",
            "lookup.latency{from=call}",
            "-outputValueUnitRatio",
            "1"
        });
        processor.start();
        processor.join();

        List<String> lines = Files.readAllLines(directory.resolve("processed.hgrm"));
        assertThat(value(lines, 0.5)).isEqualTo((double) snapshot.p50(), within(1.0));
        assertThat(value(lines, 0.9)).isEqualTo((double) snapshot.p90(), within(1.0));
        assertThat(value(lines, 1)).isEqualTo((double) snapshot.max(), within(1.0));
        assertThat(lines).anyMatch(line -> line.contains("Total count") && line.contains("20000"));
    }

    /** Lines are the value, the share of values up to it, how many those are, and 1 / (1 - share). */
    private static double value(List<String> lines, double share) {
        return lines.stream()
                .map(line -> line.strip().split("\\s+"))
                .filter(words -> words.length >= 3 && words[1].matches("[01]\\.[0-9]+"))
                .filter(words -> Double.parseDouble(words[1]) >= share - 1e-9)
                .mapToDouble(words -> Double.parseDouble(words[0]))
                .findFirst()
                .orElseThrow();
    }
}
