package dev.kubechurn.sim.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kubechurn.reports.render.OutputFormat;
import dev.kubechurn.reports.result.Labels;
import dev.kubechurn.reports.result.MetricDescriptor;
import dev.kubechurn.reports.result.Precision;
import dev.kubechurn.reports.result.RunResult;
import dev.kubechurn.reports.result.Unit;
import dev.kubechurn.reports.result.ValueMetric;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class EngineSpeedTest {

    private static final RunResult RESULT = RunResult.builder(RunResult.RUN, "x")
            .duration(Duration.ofMinutes(10))
            .value(MetricDescriptor.of("engine.events", Unit.COUNT).exact(), 3_000_000)
            .value(MetricDescriptor.of("engine.deliveries", Unit.COUNT).exact(), 300_000)
            .value(MetricDescriptor.of("engine.lookups", Unit.COUNT).exact(), 600)
            .digested()
            .build();

    @Test
    void tellsTheWorkPerSecondOfWallTimeAndTheRatioOfTheTwoTimes() {
        RunResult measured = EngineSpeed.of(RESULT, TimeUnit.MILLISECONDS.toNanos(1_500));
        assertThat(value(measured, "engine.wall", Labels.NONE)).isEqualTo(1.5e9);
        assertThat(value(measured, "engine.ratio", Labels.NONE)).isEqualTo(400);
        assertThat(value(measured, "engine.speed", Labels.of("of", "events"))).isEqualTo(2_000_000);
        assertThat(value(measured, "engine.speed", Labels.of("of", "deliveries")))
                .isEqualTo(200_000);
        assertThat(value(measured, "engine.speed", Labels.of("of", "lookups"))).isEqualTo(400);
        assertThat(measured.digest()).isEqualTo(RESULT.digest());
        assertThat(measured.metrics("engine.speed"))
                .allSatisfy(
                        metric -> assertThat(metric.descriptor().precision()).isEqualTo(Precision.SAMPLED));
    }

    @Test
    void theTableHasItInOneLine() {
        RunResult measured = EngineSpeed.of(RESULT, TimeUnit.MILLISECONDS.toNanos(1_500));
        assertThat(OutputFormat.TEXT.renderer(RunTable.of(measured, List.of())).render(measured))
                .contains(
                        "engine       3,000,000 events in 1.50 s of wall time · 2,000,000 events/s · 200,000 deliveries/s"
                                + " · 400 lookups/s · ×400\n")
                .contains("digest       sha256 " + RESULT.digest());
    }

    @Test
    void aRunInWallTimeHasNone() {
        RunResult plain = RunResult.builder(RunResult.RUN, "x").build();
        assertThat(EngineSpeed.of(plain, 1)).isSameAs(plain);
        assertThat(OutputFormat.TEXT.renderer(RunTable.of(plain, List.of())).render(plain))
                .doesNotContain("engine", "digest");
    }

    private static double value(RunResult result, String metric, Labels labels) {
        return ((ValueMetric) result.metric(metric, labels).orElseThrow()).value();
    }
}
