package dev.kubechurn.reports.result;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RunResultTest {

    private static final MetricDescriptor REQUESTS = MetricDescriptor.of("apiserver.requests", Unit.COUNT);

    private final RunResult result = SampleResults.complete();

    @Test
    void metricsAreFoundByNameAndLabels() {
        assertThat(result.metric("apiserver.requests", Labels.of("verb", "list")))
                .get()
                .isInstanceOfSatisfying(
                        ValueMetric.class, metric -> assertThat(metric.value()).isEqualTo(1_212));
        assertThat(result.metric("apiserver.requests")).isEmpty();
        assertThat(result.metric("memory.perWatch")).isPresent();
        assertThat(result.series("apiserver.watches", Labels.NONE)).isPresent();
    }

    @Test
    void metricsAreSortedByNameThenLabelsWhateverTheOrderOfRecording() {
        assertThat(result.metrics())
                .extracting(metric -> metric.descriptor().id())
                .containsExactly(
                        "apiserver.rate",
                        "apiserver.requests{verb=list}",
                        "apiserver.requests{verb=watch}",
                        "lookup",
                        "memory.perWatch",
                        "propagation.latency",
                        "sync.latency");
        assertThat(result.metrics("apiserver.requests")).hasSize(2);
    }

    @Test
    void parametersKeepTheirOrder() {
        assertThat(result.parameters().keySet()).containsExactly("spec.seed", "spec.duration");
    }

    @Test
    void aMetricThatIsThereTwiceIsRefused() {
        RunResultBuilder twice = RunResult.builder(RunResult.RUN, "x")
                .value(REQUESTS.label("verb", "get"), 1)
                .value(REQUESTS.label("verb", "get"), 2);

        assertThatIllegalArgumentException()
                .isThrownBy(twice::build)
                .withMessage(
                        "metric apiserver.requests{verb=get} is duplicated; add a label that distinguishes the two");
    }

    @Test
    void labelsThatOnlyPrintAlikeAreApart() {
        RunResult alike = RunResult.builder(RunResult.RUN, "x")
                .value(REQUESTS.label("a", "1,b=2"), 1)
                .value(REQUESTS.label("a", "1").label("b", "2"), 2)
                .build();

        assertThat(alike.metrics()).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
    void figuresAreFinite(double value) {
        assertThatIllegalArgumentException().isThrownBy(() -> new ValueMetric(REQUESTS, value));
        assertThatIllegalArgumentException().isThrownBy(() -> new RangeMetric(REQUESTS, 0, value));
        assertThatIllegalArgumentException().isThrownBy(() -> SamplesMetric.of(REQUESTS, 1, value));
        assertThatIllegalArgumentException().isThrownBy(() -> new Series.Point(0, value));
    }

    @Test
    void rangesSamplesAndSeriesKeepTheirRules() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new RangeMetric(REQUESTS, 2, 1))
                .withMessageContaining("low 2.0 is above high 1.0");
        assertThatIllegalArgumentException().isThrownBy(() -> SamplesMetric.of(REQUESTS));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Series("s", Unit.COUNT, List.of(new Series.Point(5, 1), new Series.Point(5, 2))))
                .withMessageContaining("offsets must increase");
        assertThatIllegalArgumentException().isThrownBy(() -> new Series.Point(-1, 0));
    }

    @Test
    void samplesAreTheMeansOfForks() {
        SamplesMetric metric = new SamplesMetric(REQUESTS, List.of(List.of(1.0, 3.0), List.of(5.0)));

        assertThat(metric.samples()).containsExactly(2.0, 5.0);
        assertThat(SamplesMetric.of(REQUESTS, 2, 5).samples()).containsExactly(2.0, 5.0);
    }

    @Test
    void onlyAViolatedCheckHasViolations() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new CheckResult("c", CheckResult.Outcome.HELD, 1, List.of()));
        assertThatIllegalArgumentException().isThrownBy(() -> CheckResult.violated("c", 0, List.of()));
        assertThat(result.checksHeld()).isFalse();
        assertThat(RunResult.builder(RunResult.RUN, "x")
                        .check(CheckResult.notChecked("c", "why"))
                        .build()
                        .checksHeld())
                .isTrue();
    }

    @Test
    void textsThatCouldForgeATerminalLineAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> RunResult.builder(RunResult.RUN, "evil\u001b[2J").build())
                .withMessage("name \"evil?[2J\" contains a control character; use one line of text");
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> RunResult.builder(RunResult.RUN, "x").note("a\nb").build());
        assertThatIllegalArgumentException().isThrownBy(() -> REQUESTS.label("verb", "a\tb"));
        assertThatIllegalArgumentException().isThrownBy(() -> MetricDescriptor.of("=1+1", Unit.COUNT));
        assertThatIllegalArgumentException().isThrownBy(() -> new Unit("two words"));
    }

    @Test
    void laterChangesToWhatItWasMadeOfDoNotReachIt() {
        RunResultBuilder builder = RunResult.builder(RunResult.RUN, "x").parameter("a", "1");
        RunResult before = builder.build();
        builder.parameter("a", "2").note("later");

        assertThat(before.parameters()).isEqualTo(Map.of("a", "1"));
        assertThat(before.notes()).isEmpty();
    }

    @Test
    void equalPartsMakeEqualResults() {
        assertThat(SampleResults.complete()).isEqualTo(result).hasSameHashCodeAs(result);
        assertThat(new ValueMetric(REQUESTS, -0.0)).isEqualTo(new ValueMetric(REQUESTS, 0.0));
        assertThat(Labels.of(Collections.emptyMap())).isEqualTo(Labels.NONE);
    }

    @Test
    void environmentTellsTheMachineButNoSystemProperty() {
        assertThat(HostEnvironment.describe("1.2.3", Optional.of("abc")))
                .containsEntry("kubechurn", "1.2.3")
                .containsEntry("commit", "abc")
                .containsKeys("jdk", "jvmArguments", "gc", "os", "cpus");
        assertThat(HostEnvironment.tuning(
                        List.of("-Xmx1g", "-Dtoken=hunter2", "-XX:+UseZGC", "-XX:HeapDumpPath=/home/someone")))
                .isEqualTo("-Xmx1g -XX:+UseZGC");
    }
}
