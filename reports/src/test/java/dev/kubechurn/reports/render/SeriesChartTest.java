package dev.kubechurn.reports.render;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kubechurn.reports.result.Series;
import dev.kubechurn.reports.result.Unit;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

/** A chart is a picture that says what it shows, keeps every peak, and takes no markup from names. */
final class SeriesChartTest {

    private static final long SECOND = 1_000_000_000L;

    @Test
    void saysWhatItShowsAndHowHighItGoes() throws Exception {
        Document svg = parsed(chart("open watches", series("a", 0, 40, 147_804)).svg());
        assertThat(text(svg, "title")).containsExactly("open watches");
        assertThat(text(svg, "desc")).containsExactly("a over time; at most 147,804.");
        assertThat(text(svg, "text")).contains("open watches", "a", "0", "50,000", "100,000", "150,000");
        assertThat(svg.getDocumentElement().getAttribute("role")).isEqualTo("img");
    }

    @Test
    void timeHasTheRoundNumbersOfAClock() throws Exception {
        List<Series.Point> points = new ArrayList<>();
        for (int minute = 0; minute <= 300; minute += 30) {
            points.add(new Series.Point(minute * 60L * SECOND, 1));
        }
        Series hours = new Series("a", Unit.COUNT, points);
        assertThat(text(parsed(chart("t", hours).svg()), "text")).contains("1 h", "2 h", "5 h");
    }

    /** One second of ten thousand, wherever it stands. */
    @Test
    void thinningKeepsEveryPeak() {
        for (int peak : new int[] {0, 1, 4_999, 5_000, 9_999}) {
            double[] values = new double[10_000];
            values[peak] = 7;
            List<Series.Point> thinned = ThinnedLine.of(series("a", values), 300);
            assertThat(thinned).hasSizeLessThanOrEqualTo(600);
            assertThat(thinned)
                    .filteredOn(point -> point.value() == 7)
                    .containsExactly(new Series.Point(peak * SECOND, 7));
            assertThat(thinned).extracting(Series.Point::offsetNanos).isSorted().doesNotHaveDuplicates();
        }
    }

    @Test
    void whatIsShortStaysAsItIs() {
        Series few = series("a", IntStream.range(0, 600).asDoubleStream().toArray());
        assertThat(ThinnedLine.of(few, 300)).isEqualTo(few.points());
    }

    @Test
    void namesAreTextAndNothingElse() throws Exception {
        String evil = "</text><script>alert(1)</script>&\"'\u0001";
        String svg = new SeriesChart(evil, List.of(new SeriesChart.Line(evil, series("a", 1, 2)))).svg();
        assertThat(svg).doesNotContain("<script");
        assertThat(text(parsed(svg), "title")).containsExactly("</text><script>alert(1)</script>&\"'\uFFFD");
    }

    @Test
    void nothingToShowIsAnEmptyPictureWithAxes() throws Exception {
        assertThat(text(parsed(chart("t", series("a")).svg()), "text")).contains("0", "1");
    }

    @Test
    void theSameSeriesGiveTheSamePicture() {
        assertThat(chart("t", series("a", 1, 5, 3)).svg())
                .isEqualTo(chart("t", series("a", 1, 5, 3)).svg());
    }

    @Test
    void whatHasNoAxisInCommonIsRefused() {
        Series bytes = new Series("b", Unit.BYTES, List.of());
        assertThatThrownBy(() -> new SeriesChart(
                        "t", List.of(new SeriesChart.Line("a", series("a", 1)), new SeriesChart.Line("b", bytes))))
                .hasMessage("series of different units have no axis in common");
        assertThatThrownBy(() -> new SeriesChart("t", List.of())).hasMessage("a chart shows 1 to 4 series, not 0");
    }

    private static SeriesChart chart(String title, Series series) {
        return new SeriesChart(title, List.of(new SeriesChart.Line(series.name(), series)));
    }

    private static Series series(String name, double... values) {
        List<Series.Point> points = new ArrayList<>();
        for (int i = 0; i < values.length; i++) {
            points.add(new Series.Point(i * SECOND, values[i]));
        }
        return new Series(name, Unit.COUNT, points);
    }

    private static Document parsed(String svg) throws Exception {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
        return factory.newDocumentBuilder().parse(new InputSource(new StringReader(svg)));
    }

    private static List<String> text(Document svg, String element) {
        NodeList found = svg.getElementsByTagName(element);
        return IntStream.range(0, found.getLength())
                .mapToObj(i -> found.item(i).getTextContent())
                .toList();
    }
}
