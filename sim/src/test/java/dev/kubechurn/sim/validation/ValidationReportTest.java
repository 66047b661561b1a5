package dev.kubechurn.sim.validation;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ValidationReportTest {

    private static final KubeletFigures KUBELET = new KubeletFigures(123, 2, 123, 0, 121, 121, 2400, true, true);

    @TempDir
    private Path directory;

    private static CaseResult result(long counted, double tolerance, @Nullable KubeletFigures kubelet) {
        return new CaseResult(
                "watch",
                "Watch, pods that stay",
                "./kubechurn run settled",
                List.of(
                        new Figure(Figure.LISTS, 121L, 121, 0, 121L, 0, 0, ""),
                        new Figure(Figure.WATCHES, 121L, 121, 0, 121L, 0, 0, ""),
                        new Figure(Figure.GETS, 0L, 0, 0, 0L, 0, 0, ""),
                        new Figure(Figure.OPEN, 121L, 121, 0, 121L, 0, 0, ""),
                        new Figure(Figure.EVENTS, 201L, 200, 9, counted, 0.01, tolerance, "updates race lists")),
                2662,
                kubelet,
                List.of());
    }

    private static ValidationReport report(CaseResult... results) {
        return new ValidationReport(Map.of("API server", "v1.37.2"), List.of(results));
    }

    @Test
    void countsOfRunAndChecksTogetherAreWhatTheServerMustCount() {
        assertThat(report(result(209, 0, KUBELET)).agrees()).isTrue();
        assertThat(report(result(209, 0, KUBELET), result(208, 0, KUBELET)).agrees())
                .isFalse();
        assertThat(report(result(208, 0.01, KUBELET)).agrees()).isTrue();
        assertThat(result(200, 0, null).disagreements())
                .containsExactly("events: 201 predicted, 200 sent and 9 by checks, 200 counted by the server");
    }

    @Test
    void theKubeletsManagersMustDoTheSame() {
        KubeletFigures fewer = new KubeletFigures(121, 0, 120, 0, 121, 120, 2400, true, false);
        assertThat(result(209, 0, fewer).disagreements())
                .containsExactly(
                        "watches: 121 from ours, 120 from the kubelet's managers",
                        "events: 120 to the kubelet's managers for one update of each object of 121 watches",
                        "the kubelet's managers and the server count their requests differently");
    }

    @Test
    void thePageSaysWhatIsEqualAndWhatIsNot() {
        assertThat(ValidationPage.markdown(report(result(209, 0, KUBELET), result(209, 0, KUBELET))))
                .contains("| API server | v1.37.2 |")
                .contains("| Watch, pods that stay | lists | 121 | 121 | 121 | equal |")
                .contains("|  | events | 201 | 200 + 9 | 209 | within tolerance |")
                .contains("\"within tolerance\": updates race lists.")
                .contains(
                        "| Watch, pods that stay | 121 · 121 | 121 · 121 | 0 · 0 | 121 · 121 | 2,662 · 2,400 | equal |")
                .contains("Not included: 4 relists of the kubelet's managers")
                .doesNotContain("does not agree");
        assertThat(ValidationPage.markdown(report(result(209, 0, null), result(208, 0, null))))
                .contains("|  | events | 201 | 200 + 9 | 209 / 208 | **differs** |")
                .contains("Not available in this run")
                .contains("- Watch, pods that stay: events: 201 predicted, 200 sent and 9 by checks, 208 counted");
    }

    @Test
    void isReadBackAsItWasWritten() throws Exception {
        ValidationReport report = report(result(209, 0, KUBELET), result(208, 0, null));
        Files.writeString(directory.resolve(ValidationReport.FILE), report.toJson());
        assertThat(ValidationReport.read(directory)).isEqualTo(report);
    }
}
