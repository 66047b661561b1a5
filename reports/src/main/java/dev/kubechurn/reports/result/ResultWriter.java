package dev.kubechurn.reports.result;

import java.util.Map;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Turns a result into its JSON tree; {@link ResultReader} is its inverse. */
final class ResultWriter {

    /** Beyond it a double no longer holds every whole number. */
    private static final double MAX_WHOLE = 1L << 53;

    private ResultWriter() {}

    static ObjectNode tree(RunResult result) {
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        root.put("schemaVersion", result.schemaVersion());
        root.put("kind", result.kind());
        root.put("name", result.name());
        root.put("title", result.title());
        root.put("started", result.started().toString());
        root.put("durationNanos", result.durationNanos());
        root.put("partial", result.partial());
        if (result.partialReason() != null) {
            root.put("partialReason", result.partialReason());
        }
        if (result.digest() != null) {
            root.put("digest", result.digest());
        }
        texts(root.putObject("environment"), result.environment());
        texts(root.putObject("parameters"), result.parameters());
        ArrayNode metrics = root.putArray("metrics");
        result.metrics().forEach(metric -> metric(metrics.addObject(), metric));
        ArrayNode series = root.putArray("series");
        result.series().forEach(one -> series(series.addObject(), one));
        if (!result.breakdowns().isEmpty()) {
            ArrayNode breakdowns = root.putArray("breakdowns");
            result.breakdowns().forEach(one -> breakdown(breakdowns.addObject(), one));
        }
        ArrayNode checks = root.putArray("checks");
        result.checks().forEach(check -> check(checks.addObject(), check));
        ArrayNode notes = root.putArray("notes");
        result.notes().forEach(notes::add);
        return root;
    }

    private static void metric(ObjectNode json, Metric metric) {
        MetricDescriptor descriptor = metric.descriptor();
        json.put("name", descriptor.name());
        labels(json, descriptor.labels());
        json.put("unit", descriptor.unit().symbol());
        json.put("better", JsonField.wordOf(descriptor.better()));
        json.put("precision", JsonField.wordOf(descriptor.precision()));
        if (metric instanceof ValueMetric value) {
            json.put("type", "value");
            number(json, "value", value.value());
        } else if (metric instanceof RangeMetric range) {
            json.put("type", "range");
            number(json, "low", range.low());
            number(json, "high", range.high());
        } else if (metric instanceof SamplesMetric samples) {
            json.put("type", "samples");
            ArrayNode forks = json.putArray("forks");
            samples.forks().forEach(fork -> {
                ArrayNode values = forks.addArray();
                fork.forEach(value -> number(values, value));
            });
        } else if (metric instanceof HistogramMetric histogram) {
            json.put("type", "histogram");
            histogram(json, histogram.histogram());
        }
    }

    private static void histogram(ObjectNode json, HistogramSnapshot histogram) {
        json.put("count", histogram.count());
        if (!histogram.isEmpty()) {
            HistogramFigures.of(histogram).forEach(json::put);
            number(json, "mean", histogram.mean());
        }
        json.put("histogram", histogram.encoded());
    }

    private static void series(ObjectNode json, Series series) {
        json.put("name", series.name());
        labels(json, series.labels());
        json.put("unit", series.unit().symbol());
        ArrayNode offsets = json.putArray("offsetsNanos");
        series.points().forEach(point -> offsets.add(point.offsetNanos()));
        ArrayNode values = json.putArray("values");
        series.points().forEach(point -> number(values, point.value()));
    }

    private static void breakdown(ObjectNode json, Breakdown breakdown) {
        json.put("name", breakdown.name());
        json.put("unit", breakdown.unit().symbol());
        number(json, "total", breakdown.total());
        ArrayNode parts = json.putArray("parts");
        breakdown.parts().forEach((name, value) -> number(parts.addObject().put("name", name), "value", value));
    }

    private static void check(ObjectNode json, CheckResult check) {
        json.put("name", check.name());
        json.put("outcome", JsonField.wordOf(check.outcome()));
        json.put("violations", check.violations());
        ArrayNode messages = json.putArray("messages");
        check.messages().forEach(messages::add);
    }

    private static void labels(ObjectNode json, Labels labels) {
        if (!labels.isEmpty()) {
            texts(json.putObject("labels"), labels.values());
        }
    }

    private static void texts(ObjectNode json, Map<String, String> texts) {
        texts.forEach(json::put);
    }

    private static void number(ObjectNode json, String name, double value) {
        if (isWhole(value)) {
            json.put(name, (long) value);
        } else {
            json.put(name, value);
        }
    }

    private static void number(ArrayNode json, double value) {
        if (isWhole(value)) {
            json.add((long) value);
        } else {
            json.add(value);
        }
    }

    private static boolean isWhole(double value) {
        return Math.abs(value) <= MAX_WHOLE && value == Math.rint(value);
    }
}
