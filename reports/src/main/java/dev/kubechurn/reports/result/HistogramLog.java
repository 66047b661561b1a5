package dev.kubechurn.reports.result;

import java.io.ByteArrayOutputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.stream.Collectors;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramLogWriter;

/**
 * The histograms of a result as an HdrHistogram log V2, for the tools of that format: one line for each metric, tagged
 * with its name and labels, over the whole duration of the run. Maxima of nanoseconds stand in it as milliseconds.
 */
final class HistogramLog {

    private static final double NANOS_PER_SECOND = 1e9;
    private static final double NANOS_PER_MILLI = 1e6;

    private HistogramLog() {}

    static byte[] write(RunResult result) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        HistogramLogWriter log = new HistogramLogWriter(bytes);
        log.outputComment("[Kubechurn " + result.kind() + " " + result.name() + "]");
        log.outputLogFormatVersion();
        // the library's own start line is in the machine's time zone, and so differs from place to place
        double startSeconds = result.started().toEpochMilli() / 1e3;
        log.outputComment(String.format(
                Locale.ROOT, "[StartTime: %.3f (seconds since epoch), %s]", startSeconds, result.started()));
        log.outputLegend();
        for (Metric metric : result.metrics()) {
            if (metric instanceof HistogramMetric histogram) {
                Histogram tagged = histogram.histogram().toHistogram();
                tagged.setTag(tag(metric));
                double perUnit = metric.unit().equals(Unit.NANOSECONDS) ? NANOS_PER_MILLI : 1;
                log.outputIntervalHistogram(0, result.durationNanos() / NANOS_PER_SECOND, tagged, perUnit);
            }
        }
        log.close();
        return bytes.toByteArray();
    }

    private static String tag(Metric metric) {
        return metric.labels().isEmpty()
                ? metric.name()
                : metric.labels().values().entrySet().stream()
                        .map(label -> label.getKey() + "=" + encoded(label.getValue()))
                        .collect(Collectors.joining(";", metric.name() + "{", "}"));
    }

    /** A tag holds neither commas nor white space; these, and what would be mistaken for our own, are percent-encoded. */
    private static String encoded(String value) {
        StringBuilder encoded = new StringBuilder(value.length());
        value.codePoints().forEach(point -> {
            if (Character.isWhitespace(point) || Character.isSpaceChar(point) || ",;%{}".indexOf(point) >= 0) {
                encoded.append(URLEncoder.encode(Character.toString(point), StandardCharsets.UTF_8)
                        .replace("+", "%20"));
            } else {
                encoded.appendCodePoint(point);
            }
        });
        return encoded.toString();
    }
}
