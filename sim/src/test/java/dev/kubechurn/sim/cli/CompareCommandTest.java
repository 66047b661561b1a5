package dev.kubechurn.sim.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kubechurn.reports.result.MetricDescriptor;
import dev.kubechurn.reports.result.ResultJson;
import dev.kubechurn.reports.result.RunResult;
import dev.kubechurn.reports.result.RunResultBuilder;
import dev.kubechurn.reports.result.SamplesMetric;
import dev.kubechurn.reports.result.Unit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code kubechurn compare}: exit codes, files, policies, and one line for what cannot be compared. */
final class CompareCommandTest {

    private static final double[] QUIET = {100, 101, 99, 100.5, 99.5, 100.2, 99.8, 100.7, 99.3, 100.1};
    private static final double[] NOISY = {100, 140, 80, 120, 70, 150, 95, 130, 85, 110};

    private final CapturedTerminal terminal = new CapturedTerminal();

    @TempDir
    private Path directory;

    private Path file(String name, double factor, double[] samples) throws IOException {
        RunResultBuilder result = RunResult.builder(RunResult.BENCHMARK, "jmh").environment(Map.of("jdk", "17"));
        MetricDescriptor time =
                MetricDescriptor.of("Lookup.hit", new Unit("ns/op")).lowerIsBetter();
        result.metric(SamplesMetric.of(
                time, Arrays.stream(samples).map(each -> factor * each).toArray()));
        return Files.writeString(directory.resolve(name), ResultJson.write(result.build()));
    }

    private int compare(Object... arguments) {
        return terminal.execute(
                Stream.concat(Stream.of("compare"), Stream.of(arguments)).toArray());
    }

    @ParameterizedTest
    @CsvSource({"1.0, 0", "1.2, 1", "0.8, 0"})
    void theExitCodeIsTheVerdict(double factor, int code) throws Exception {
        Path base = file("base.json", 1, QUIET);
        Path candidate = file("candidate.json", factor, QUIET);

        assertThat(compare(base, "--", candidate)).isEqualTo(code);
        assertThat(compare(base, "--candidate", candidate)).isEqualTo(code);
    }

    @Test
    void whatIsNotDecidedIsShownAndBadIfAskedFor() throws Exception {
        Path base = file("base.json", 1, NOISY);
        Path candidate = file("candidate.json", 1.02, NOISY);

        assertThat(compare(base, "--", candidate)).isZero();
        assertThat(terminal.out()).contains("1 inconclusive", "Lookup.hit: too noisy");
        assertThat(compare(base, "--", candidate, "--strict")).isEqualTo(1);
    }

    @Test
    void writesAllFormsUnderTheNamesGiven() throws Exception {
        Path base = file("base.json", 1, QUIET);
        Path candidate = file("candidate.json", 1.3, QUIET);
        List<String> forms = List.of("html", "markdown", "junit", "json");
        Object[] arguments = Stream.concat(
                        Stream.of("--base-name", "main", "--candidate-name=faster", base, "--", candidate),
                        forms.stream().flatMap(form -> Stream.of("--" + form, directory.resolve("out/" + form))))
                .toArray();

        assertThat(compare(arguments)).isEqualTo(1);
        for (String form : forms) {
            assertThat(directory.resolve("out/" + form)).content().contains("main", "faster", "regress");
        }
        try (Stream<Path> files = Files.list(directory.resolve("out"))) {
            assertThat(files).as("nothing unfinished").hasSize(forms.size());
        }
    }

    @Test
    void aPolicySaysWhatMatters() throws Exception {
        Path base = file("base.json", 1, QUIET);
        Path candidate = file("candidate.json", 1.2, QUIET);
        Path lenient = Files.writeString(directory.resolve("policy.yaml"), """
                alpha: 0.01
                minimumEffect: 5 %
                metrics:
                  - match: '^Lookup\\.'
                    minimumEffect: 30%
                """);
        assertThat(compare("--policy", lenient, base, "--", candidate)).isZero();
        assertThat(terminal.out()).contains("1 unchanged");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "minimumEffect: much | policy.yaml:1: minimumEffect \"much\" is not a share; write 5% or 0.05",
                "minimumEffect: 300% | policy.yaml:1: minimumEffect 300% must be at least 0 % and below 100 %",
                "minimumEffect: 0 | policy.yaml:1: minimumEffect 0.0 is not between 0 and 1",
                "alfa: 1% | policy.yaml:1: unknown field \"alfa\"; available: alpha, minimumEffect",
                "metrics: all | policy.yaml:1: metrics is not a list",
                "metrics: [{noise: 1%}] | policy.yaml:1: a rule has no match",
                "metrics: [{match: '('}] | policy.yaml:1: match is not a regular expression",
                "metrics: [{match: a, ignore: 3}] | policy.yaml:1: ignore must be true or false",
                "- 1 | policy.yaml:1: is a list; a policy must be a mapping",
                "'' | holds 0 documents"
            })
    void aBadPolicyIsToldInOneLine(String text, String message) throws Exception {
        Path base = file("base.json", 1, QUIET);
        Path policy = Files.writeString(directory.resolve("policy.yaml"), text.equals("''") ? "" : text);

        assertThat(compare("--policy", policy, base, "--", base)).isEqualTo(2);
        assertThat(terminal.errLines()).hasSize(1);
        assertThat(terminal.err()).contains(message);
    }

    @Test
    void badQuestionsAreToldInOneLine() throws Exception {
        Path base = file("base.json", 1, QUIET);
        Path few = file("few.json", 1, Arrays.copyOf(QUIET, 3));
        Path broken = Files.writeString(directory.resolve("broken.json"), "[{");

        assertThat(compare(base)).isEqualTo(2);
        assertThat(compare("--", base)).isEqualTo(2);
        assertThat(compare(few, "--", few)).isEqualTo(2);
        assertThat(compare(base, "--", broken)).isEqualTo(2);
        assertThat(compare(base, "--", directory.resolve("none.json"))).isEqualTo(2);
        assertThat(terminal.errLines())
                .hasSize(5)
                .anyMatch(line -> line.contains("give the results of the base, then --"))
                .anyMatch(line -> line.contains("cannot fail: Lookup.hit has 3 and 3 forks"))
                .anyMatch(line -> line.contains("broken.json:1:3: not valid JSON"))
                .anyMatch(line -> line.contains("none.json: no such file"));
    }

    /** Runs in virtual time are exact: one each is enough, and any difference is real. */
    @Test
    void runsInVirtualTimeAreComparedExactly() {
        Path base = run("base", "--seed=1");
        Path again = run("again", "--seed=1");
        Path other = run("other", "--seed=2");

        assertThat(compare(base, "--", again)).as(terminal.err()).isZero();
        assertThat(terminal.out()).contains("PASS: No significant regressions.");
        assertThat(compare(base, "--", other)).isZero();
        assertThat(terminal.out()).contains("not comparable", "seed is 1 in the base and 2 in the candidate");
        assertThat(compare(base, "--", other, "--strict")).isEqualTo(1);
        assertThat(base.resolve("report.html"))
                .content()
                .contains("<h1>", "checks: 0 violations", "Open watches", "How long do updates take?", "<svg ")
                .doesNotContain("src=", "href=");
    }

    private Path run(String name, String seed) {
        Path out = directory.resolve(name);
        assertThat(terminal.execute(
                        "run",
                        "--quiet",
                        "--transport=virtual",
                        "--duration=60s",
                        "--set=cluster.nodes=2",
                        seed,
                        "--out",
                        out))
                .isZero();
        return out;
    }

    @Test
    void aReportIsMadeAgainFromItsResult() throws Exception {
        Path run = run("run", "--seed=3");
        Path page = directory.resolve("pages/again.html");

        assertThat(terminal.execute("report", run, "-o", page)).isZero();
        assertThat(page).hasSameTextualContentAs(run.resolve("report.html"));
        assertThat(Files.size(page)).isLessThan(1 << 20);
        assertThat(terminal.execute("report", file("base.json", 1, QUIET), "-o", page))
                .isEqualTo(2);
        assertThat(terminal.err()).contains("is the result of a benchmark");
    }
}
