package dev.kubechurn.reports.render;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kubechurn.reports.result.Series;
import dev.kubechurn.reports.result.Unit;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** A page explains its terms once, draws no zeros, and its tables carry the values that they sort by. */
final class PageTest {

    private static Page page() {
        return new Page("title", "fine", Page.Tone.GOOD, "facts");
    }

    @Test
    void aTermIsExplainedInTheSectionThatUsesItFirst() {
        String html = page().sentence("No open watches.")
                .section("First", "without")
                .paragraph("**3 relists**, 2 open watches")
                .section("Second", "relists again")
                .html();

        assertThat(html)
                .containsSubsequence(
                        "<p class=\"answer\">No open watches.",
                        "<dfn>open watch</dfn>",
                        "<h2>First",
                        "<dfn>relist</dfn>",
                        "3 relists",
                        "<h2>Second");
        assertThat(count(html, "<dfn>open watch</dfn>")).isEqualTo(1);
        assertThat(count(html, "<dfn>relist</dfn>")).isEqualTo(1);
        assertThat(count(html, "<details")).isEqualTo(2);
    }

    @Test
    void whatIsZeroAllTheTimeIsALineOfText() {
        Series zeros = new Series("w", Unit.COUNT, List.of(new Series.Point(0, 0), new Series.Point(1, 0)));
        Series some = new Series("w", Unit.COUNT, List.of(new Series.Point(0, 0), new Series.Point(1, 2)));

        assertThat(page().chart(chart(zeros)).html())
                .contains("<p>No open watches in this run.</p>")
                .doesNotContain("<svg");
        assertThat(page().chart(chart(some)).html()).contains("<svg").doesNotContain("No open watches");
        assertThat(page().chart(new BarChart("t", Unit.COUNT, List.of(BarChart.Bar.of("a", 0))))
                        .html())
                .contains("Every value is 0.")
                .doesNotContain("<svg");
    }

    private static SeriesChart chart(Series series) {
        return new SeriesChart("t", List.of(new SeriesChart.Line("open watches", series)));
    }

    @Test
    void aTableCarriesValuesAndLinks() {
        Table table = new Table(List.of("what", "time"))
                .row(List.of(
                        Table.Cell.of("", List.of(new Table.Link("a & b", "runs/1 <2>/report.html"))),
                        Table.Cell.of("4.20 ms", 4.2e6)));

        assertThat(page().table(table).html())
                .contains(
                        "<a href=\"runs/1 &lt;2&gt;/report.html\">a &amp; b</a>",
                        "<td data-value=\"4200000.0\">4.20 ms</td>");
        assertThat(page().table(new Table(List.of("what"))).html()).doesNotContain("<table");
        assertThatThrownBy(() -> table.words(List.of("one"))).hasMessage("1 cells for 2 columns");
    }

    private static long count(String text, String part) {
        return Pattern.compile(Pattern.quote(part)).matcher(text).results().count();
    }
}
