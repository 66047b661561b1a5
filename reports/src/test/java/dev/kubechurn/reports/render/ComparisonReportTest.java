package dev.kubechurn.reports.render;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.kubechurn.reports.gate.Comparison;
import dev.kubechurn.reports.gate.Gate;
import dev.kubechurn.reports.gate.Policy;
import dev.kubechurn.reports.gate.Verdict;
import dev.kubechurn.reports.result.MetricDescriptor;
import dev.kubechurn.reports.result.RunResult;
import dev.kubechurn.reports.result.SamplesMetric;
import dev.kubechurn.reports.result.Unit;
import dev.kubechurn.reports.text.Paint;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;

/** All outputs of one comparison say the same, twice the same, and what somebody named breaks none of them. */
final class ComparisonReportTest {

    private static final double[] QUIET = {100, 101, 99, 100.5, 99.5, 100.2, 99.8, 100.7, 99.3, 100.1};
    private static final double[] NOISY = {100, 140, 80, 120, 70, 150, 95, 130, 85, 110};
    private static final String NASTY = "</title><script>alert(1)</script>|`\"&'{";

    private static MetricDescriptor metric(String name, String unit) {
        return MetricDescriptor.of(name, new Unit(unit)).lowerIsBetter().label("of", NASTY);
    }

    private static RunResult result(double factor, double bytes, double noisy) {
        return RunResult.builder(RunResult.BENCHMARK, "jmh")
                .environment(Map.of("jdk", "17", "cpu", NASTY))
                .metric(SamplesMetric.of(metric("B.slow", "ns/op"), times(factor, QUIET)))
                .metric(SamplesMetric.of(metric("B.slow.alloc", "B/op"), bytes))
                .metric(SamplesMetric.of(metric("B.noisy", "ns/op"), times(noisy, NOISY)))
                .metric(SamplesMetric.of(metric("B.same", "ns/op"), QUIET))
                .build();
    }

    private static double[] times(double factor, double[] samples) {
        return Arrays.stream(samples).map(each -> factor * each).toArray();
    }

    private static ComparisonReport report(RunResult candidate, boolean strict) {
        return new ComparisonReport(comparison(candidate), strict);
    }

    private static Comparison comparison(RunResult candidate) {
        return Gate.compare(
                "main " + NASTY,
                List.of(result(1, 0, 1)),
                "branch",
                List.of(candidate),
                new Policy(0.05, 0.05, 0.03, List.of()),
                false);
    }

    @Test
    void allFormsSayTheSame() throws Exception {
        Comparison comparison = comparison(result(1.2, 16, 1.01));
        ComparisonReport report = new ComparisonReport(comparison, false);
        assertThat(comparison.count(Verdict.REGRESSED)).isEqualTo(2);

        assertThat(report.verdict()).isEqualTo("2 regressions");
        assertThat(report.sentence()).contains("**20.0\u00a0% slower**", "Besides: 1 inconclusive, 1 unchanged");
        assertThat(report.text(Paint.PLAIN, false)).startsWith("FAIL, 2 regressions: ");
        assertThat(report.markdown())
                .startsWith("### ❌ main ")
                .contains(": 2 regressions\n", "| regressed | 100 ns/op | 120 ns/op |");
        assertThat(report.json()).contains("\"failed\" : true", "\"regressed\" : 2", "\"inconclusive\" : 1");
        assertThat(report.html()).contains(">2 regressions</span>", ">regressed</td>", "+20.0\u00a0% regressed");
        Document junit = xml(report.junit());
        assertThat(junit.getElementsByTagName("testcase").getLength()).isEqualTo(4);
        assertThat(junit.getElementsByTagName("failure").getLength()).isEqualTo(2);
        assertThat(junit.getElementsByTagName("skipped").getLength()).isEqualTo(1);
    }

    @Test
    void strictnessIsTheSameEverywhere() throws Exception {
        ComparisonReport lenient = report(result(1, 0, 1.01), false);
        ComparisonReport strict = report(result(1, 0, 1.01), true);

        assertThat(lenient.verdict()).isEqualTo("no significant regressions");
        assertThat(lenient.markdown()).startsWith("### ✅");
        assertThat(lenient.json()).contains("\"failed\" : false");
        assertThat(strict.verdict()).isEqualTo("not decided");
        assertThat(strict.markdown()).startsWith("### ❌");
        assertThat(strict.json()).contains("\"failed\" : true");
        assertThat(xml(strict.junit()).getElementsByTagName("failure").getLength())
                .isEqualTo(1);
        assertThat(lenient.html()).contains("badge warning");
    }

    @Test
    void theSameComparisonGivesTheSameBytes() {
        ComparisonReport first = report(result(1.2, 16, 1.01), false);
        ComparisonReport again = report(result(1.2, 16, 1.01), false);

        assertThat(again.text(Paint.PLAIN, true)).isEqualTo(first.text(Paint.PLAIN, true));
        assertThat(again.markdown()).isEqualTo(first.markdown());
        assertThat(again.junit()).isEqualTo(first.junit());
        assertThat(again.json()).isEqualTo(first.json());
        assertThat(again.html()).isEqualTo(first.html());
    }

    @Test
    void theJsonIsAsItsSchemaSays() throws Exception {
        String schema = Files.readString(Path.of("..", "docs", "comparison.schema.json"));
        var errors = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(schema)
                .validate(report(result(1.2, 16, 1.01), false).json(), InputFormat.JSON);

        assertThat(errors).isEmpty();
    }

    /** No address, nothing that a name could add, and of scripts only ours, which the content policy names by its hash. */
    @Test
    void thePageNeedsNothingAndRunsNothingButItsOwn() throws Exception {
        String html = report(result(1.2, 16, 1.01), false).html();
        Matcher script =
                Pattern.compile("<script>(.*?)</script>", Pattern.DOTALL).matcher(html);
        assertThat(script.find()).isTrue();
        String hash = Base64.getEncoder()
                .encodeToString(MessageDigest.getInstance("SHA-256")
                        .digest(script.group(1).getBytes(StandardCharsets.UTF_8)));

        String rest = html.replace(script.group(), "");
        assertThat(rest)
                .startsWith("<!doctype html>")
                .contains("default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-" + hash + "'\">")
                .contains("&lt;script&gt;", "<svg ", "role=\"img\"")
                .doesNotContain("<script", "<link", "<img", "url(", "@import", "href=", "src=");
        assertThat(html.replace("http://www.w3.org/2000/svg", "")).doesNotContain("http:", "https:");
        assertThat(html.length()).isLessThan(100_000);
        assertThat(count(html, "<table")).isEqualTo(count(html, "</table>"));
        assertThat(count(html, "<svg")).isEqualTo(count(html, "</svg>")).isEqualTo(2);
        assertThat(html).contains("candidate: B.slow{", ": 16 B/op</title>");
    }

    private static long count(String text, String part) {
        return Pattern.compile(Pattern.quote(part)).matcher(text).results().count();
    }

    private static Document xml(String text) throws Exception {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
        return factory.newDocumentBuilder().parse(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
    }
}
