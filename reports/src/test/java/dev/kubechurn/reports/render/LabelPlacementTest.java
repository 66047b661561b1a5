package dev.kubechurn.reports.render;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kubechurn.reports.gate.Gate;
import dev.kubechurn.reports.gate.History;
import dev.kubechurn.reports.gate.Policy;
import dev.kubechurn.reports.result.HistogramSnapshot;
import dev.kubechurn.reports.result.MetricDescriptor;
import dev.kubechurn.reports.result.RunResult;
import dev.kubechurn.reports.result.RunResultBuilder;
import dev.kubechurn.reports.result.SamplesMetric;
import dev.kubechurn.reports.result.Series;
import dev.kubechurn.reports.result.Unit;
import java.io.StringReader;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

/** No label of any chart covers another one or leaves the picture, whatever the values and names are. */
final class LabelPlacementTest {

    private static final long SECOND = 1_000_000_000L;
    private static final List<String> NAMES = List.of(
            "list", "watch", "open watches", "base", "candidate", "apiserver.requests{verb=list, of=WWWWWWWWWWW}");

    /** What a text covers, at 7 units for a letter: less than it may be, so that those that touch are found. */
    private record Box(String text, double left, double top, double right, double bottom) {

        static Box of(Element text) {
            double size = text.getAttribute("class").equals("title") ? 15 : 13;
            double width = 7.0 / 13 * size * text.getTextContent().length();
            double x = Double.parseDouble(text.getAttribute("x"));
            double baseline = Double.parseDouble(text.getAttribute("y"));
            double left = switch (text.getAttribute("text-anchor")) {
                case "end" -> x - width;
                case "middle" -> x - width / 2;
                default -> x;
            };
            return new Box(text.getTextContent(), left, baseline - 11, left + width, baseline + 3);
        }

        boolean covers(Box other) {
            return left < other.right && other.left < right && top < other.bottom && other.top < bottom;
        }
    }

    static IntStream seeds() {
        return IntStream.range(0, 60);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void ofSeries(int seed) throws Exception {
        SplittableRandom random = new SplittableRandom(seed);
        int seconds = 1 << random.nextInt(2, 21);
        List<SeriesChart.Line> lines = new ArrayList<>();
        for (int i = random.nextInt(SeriesChart.MOST_LINES); i >= 0; i--) {
            lines.add(new SeriesChart.Line(name(random), series(random, seconds, random.nextBoolean() ? 0 : 1e6)));
        }
        List<SeriesChart.Mark> marks = new ArrayList<>();
        for (int i = random.nextInt(9); i > 0; i--) {
            marks.add(new SeriesChart.Mark(random.nextInt(seconds), "restartServer".repeat(random.nextInt(1, 3))));
        }
        List<SeriesChart.Line> strips = List.of(new SeriesChart.Line("relists", series(random, seconds, 5)));
        SeriesChart chart = new SeriesChart("title", lines, marks, strips);
        assertClear(chart.element("c"));
        assertClear(chart.svg());
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void ofPercentiles(int seed) throws Exception {
        SplittableRandom random = new SplittableRandom(seed);
        List<PercentileChart.Line> lines = new ArrayList<>();
        long value = random.nextLong(1, 100 * SECOND);
        for (int i = random.nextInt(1, SeriesChart.MOST_LINES); i >= 0; i--) {
            Histogram values = new Histogram(3);
            for (int n = 1 << random.nextInt(12); n > 0; n--) {
                values.recordValue(random.nextBoolean() ? value : value + random.nextLong(1 + value / 20));
            }
            lines.add(new PercentileChart.Line(name(random), HistogramSnapshot.of(values)));
        }
        assertClear(new PercentileChart("title", Unit.NANOSECONDS, lines).element("c"));
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void ofBars(int seed) throws Exception {
        SplittableRandom random = new SplittableRandom(seed);
        List<BarChart.Bar> bars = random.doubles(10, 0, 1e9)
                .mapToObj(value -> new BarChart.Bar(name(random).repeat(3), value, value / 2, value * 2))
                .toList();
        assertClear(new BarChart("title", Unit.COUNT, bars).element("c"));
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void ofAHistory(int seed) throws Exception {
        SplittableRandom random = new SplittableRandom(seed);
        List<RunResult> results = new ArrayList<>();
        double level = 100;
        for (int day = 0; day < 120; day++) {
            level *= day % 5 == 0 ? 1 + random.nextDouble() : 1;
            results.add(RunResult.builder(RunResult.BENCHMARK, "jmh")
                    .started(Instant.EPOCH.plus(Duration.ofDays(day)))
                    .metric(SamplesMetric.of(
                            MetricDescriptor.of("B.time", new Unit("ns/op")).lowerIsBetter(),
                            level * (1 + 0.001 * random.nextDouble())))
                    .build());
        }
        History history = History.of(results);
        assertThat(history.changed()).isNotEmpty();
        assertClear(svgOf(new HistoryReport(history).html()));
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void ofAComparison(int seed) throws Exception {
        SplittableRandom random = new SplittableRandom(seed);
        RunResult base = measured(1, new SplittableRandom(1));
        RunResult candidate = measured(Math.pow(10, random.nextDouble(-1, 3)), random);
        assertClear(svgOf(new ComparisonReport(
                        Gate.compare("a", List.of(base), "b", List.of(candidate), Policy.DEFAULT, false), false)
                .html()));
    }

    private static RunResult measured(double factor, SplittableRandom random) {
        RunResultBuilder result = RunResult.builder(RunResult.BENCHMARK, "jmh");
        for (String name : List.of("B.a", "SomeVeryLongBenchmark.WWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWW")) {
            result.metric(SamplesMetric.of(
                    MetricDescriptor.of(name, new Unit("ns/op")).lowerIsBetter(),
                    random.doubles(10, 100 * factor, 110 * factor).toArray()));
        }
        return result.build();
    }

    private static String name(SplittableRandom random) {
        return NAMES.get(random.nextInt(NAMES.size()));
    }

    private static Series series(SplittableRandom random, int seconds, double most) {
        List<Series.Point> points = new ArrayList<>();
        int last = random.nextInt(3) == 0 ? Math.max(1, seconds / 2) : seconds;
        for (int i = 0; i <= 50; i++) {
            long at = (long) i * last * SECOND / 50;
            points.add(new Series.Point(at, most == 0 ? 0 : random.nextDouble(most)));
        }
        return new Series("a", Unit.COUNT, points);
    }

    private static String svgOf(String html) {
        return html.substring(html.indexOf("<svg "), html.indexOf("</svg>") + 6);
    }

    private static void assertClear(String svg) throws Exception {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
        Document document = factory.newDocumentBuilder().parse(new InputSource(new StringReader(svg)));
        String[] view = document.getDocumentElement().getAttribute("viewBox").split(" ", -1);
        NodeList texts = document.getElementsByTagName("text");
        List<Box> boxes = IntStream.range(0, texts.getLength())
                .mapToObj(i -> Box.of((Element) texts.item(i)))
                .toList();
        assertThat(boxes).isNotEmpty();
        for (int i = 0; i < boxes.size(); i++) {
            Box box = boxes.get(i);
            assertThat(box)
                    .as("within the picture")
                    .matches(each -> each.left >= 0
                            && each.top >= 0
                            && each.right <= Double.parseDouble(view[2])
                            && each.bottom <= Double.parseDouble(view[3]));
            assertThat(boxes.subList(i + 1, boxes.size())).as("over %s", box).noneMatch(other -> other.covers(box));
        }
    }
}
