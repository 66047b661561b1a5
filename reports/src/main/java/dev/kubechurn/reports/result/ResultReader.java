package dev.kubechurn.reports.result;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Turns the JSON tree of a result back into it; {@link ResultWriter} is its inverse.
 *
 * <p>Fields it does not know are passed over: within one schema version fields may be added.
 */
final class ResultReader {

    private ResultReader() {}

    static RunResult read(JsonField root) {
        requireVersion(root);
        return root.build(() -> new RunResult(
                RunResult.SCHEMA_VERSION,
                root.get("kind").text(),
                root.get("name").text(),
                root.get("title").text(),
                instant(root.get("started")),
                root.get("durationNanos").whole(),
                partialReason(root),
                root.find("digest").map(JsonField::text).orElse(null),
                root.get("environment").texts(),
                root.get("parameters").texts(),
                root.get("metrics").elements().stream()
                        .map(ResultReader::metric)
                        .toList(),
                root.get("series").elements().stream().map(ResultReader::series).toList(),
                root.find("breakdowns").map(JsonField::elements).orElse(List.of()).stream()
                        .map(ResultReader::breakdown)
                        .toList(),
                root.get("checks").elements().stream().map(ResultReader::check).toList(),
                root.get("notes").elements().stream().map(JsonField::text).toList()));
    }

    private static void requireVersion(JsonField root) {
        long version = root.get("schemaVersion").whole();
        if (version > RunResult.SCHEMA_VERSION) {
            throw new FieldException(
                    "schemaVersion",
                    version + " is newer than " + RunResult.SCHEMA_VERSION
                            + ", the latest version that this Kubechurn can read",
                    "use a newer Kubechurn, or create the file again with this one");
        }
        if (version < 1) {
            throw new FieldException("schemaVersion", version + " does not exist; the first version is 1");
        }
    }

    private static Instant instant(JsonField field) {
        try {
            return Instant.parse(field.text());
        } catch (DateTimeException e) {
            throw new FieldException(field.path(), "is not a time such as 2026-01-31T12:00:00Z");
        }
    }

    private static @Nullable String partialReason(JsonField root) {
        boolean partial = root.get("partial").bool();
        String reason = root.find("partialReason").map(JsonField::text).orElse(null);
        if (partial != (reason != null)) {
            throw new FieldException("partialReason", "must be set if, and only if, partial is true");
        }
        return reason;
    }

    private static Metric metric(JsonField field) {
        return field.build(() -> {
            MetricDescriptor descriptor = new MetricDescriptor(
                    field.get("name").text(),
                    labels(field),
                    new Unit(field.get("unit").text()),
                    field.get("better").oneOf(Better.values()),
                    field.get("precision").oneOf(Precision.values()));
            JsonField type = field.get("type");
            return switch (type.text()) {
                case "value" -> new ValueMetric(descriptor, field.get("value").number());
                case "range" ->
                    new RangeMetric(
                            descriptor,
                            field.get("low").number(),
                            field.get("high").number());
                case "samples" ->
                    new SamplesMetric(
                            descriptor,
                            field.get("forks").elements().stream()
                                    .map(ResultReader::numbers)
                                    .toList());
                case "histogram" -> new HistogramMetric(descriptor, histogram(field));
                default ->
                    throw new FieldException(
                            type.path(), "\"" + type.text() + "\" is not one of value, range, samples, histogram");
            };
        });
    }

    /** The buckets are the truth; figures beside them must say the same, or somebody edited one of the two. */
    private static HistogramSnapshot histogram(JsonField field) {
        JsonField payload = field.get("histogram");
        HistogramSnapshot histogram = payload.build(() -> HistogramSnapshot.decode(payload.text()));
        requireFigure(field.get("count"), histogram.count());
        HistogramFigures.of(histogram)
                .forEach((name, figure) -> field.find(name).ifPresent(found -> requireFigure(found, figure)));
        return histogram;
    }

    private static void requireFigure(JsonField found, long figure) {
        if (found.whole() != figure) {
            throw new FieldException(found.path(), found.whole() + " does not match the histogram: " + figure);
        }
    }

    private static Series series(JsonField field) {
        return field.build(() -> new Series(
                field.get("name").text(),
                labels(field),
                new Unit(field.get("unit").text()),
                points(field)));
    }

    private static List<Series.Point> points(JsonField field) {
        List<JsonField> offsets = field.get("offsetsNanos").elements();
        List<JsonField> values = field.get("values").elements();
        if (offsets.size() != values.size()) {
            throw new FieldException(
                    field.path(), "has " + offsets.size() + " offsetsNanos but " + values.size() + " values");
        }
        List<Series.Point> points = new ArrayList<>(offsets.size());
        for (int i = 0; i < offsets.size(); i++) {
            points.add(new Series.Point(offsets.get(i).whole(), values.get(i).number()));
        }
        return points;
    }

    private static Breakdown breakdown(JsonField field) {
        return field.build(() -> {
            Map<String, Double> parts = new LinkedHashMap<>();
            for (JsonField part : field.get("parts").elements()) {
                if (parts.put(part.get("name").text(), part.get("value").number()) != null) {
                    throw new FieldException(
                            part.path(), "\"" + part.get("name").text() + "\" is duplicated");
                }
            }
            return new Breakdown(
                    field.get("name").text(),
                    new Unit(field.get("unit").text()),
                    field.get("total").number(),
                    parts);
        });
    }

    private static CheckResult check(JsonField field) {
        return field.build(() -> new CheckResult(
                field.get("name").text(),
                field.get("outcome").oneOf(CheckResult.Outcome.values()),
                field.get("violations").whole(),
                field.get("messages").elements().stream().map(JsonField::text).toList()));
    }

    private static Labels labels(JsonField field) {
        return field.find("labels").map(JsonField::texts).map(Labels::of).orElse(Labels.NONE);
    }

    private static List<Double> numbers(JsonField field) {
        return field.elements().stream().map(JsonField::number).toList();
    }
}
