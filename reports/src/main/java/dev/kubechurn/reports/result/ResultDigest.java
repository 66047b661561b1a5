package dev.kubechurn.reports.result;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * The fingerprint of everything in a result that must be the same on every machine: SHA-256 over a canonical encoding
 * that knows whole numbers and texts only. What it covers, and each byte of it, is told in {@code docs/result-format.md};
 * any change to either takes another {@link #FORMAT}.
 *
 * <p>Covered are the run's duration, the exact metrics and all series whose unit counts something, and the violations of
 * each check. Left out are rates, ranges, samples, whatever is sampled, and what only checks asked for; where and when the run was made; and notes.
 * For one computation, on one thread.
 */
public final class ResultDigest {

    /** Stands first in the encoding. */
    static final String FORMAT = "kubechurn-digest-1";

    static final long VALUE = 1;
    static final long HISTOGRAM = 2;

    /**
     * Figures of the time after the load, younger than {@link #FORMAT}: what they count is covered all the same, with the rest of
     * the run, by {@code engine.deliveries}.
     */
    private static final String AFTER_THE_LOAD = "checks.";

    private static final Pattern HEX = Pattern.compile("[0-9a-f]{64}");
    private static final Set<Unit> COUNTING = Set.of(Unit.COUNT, Unit.BYTES, Unit.NANOSECONDS);

    /** Beyond it a double no longer holds every whole number. */
    private static final double MAX_WHOLE = 1L << 53;

    private final MessageDigest sha;
    private final ByteBuffer eight = ByteBuffer.allocate(Long.BYTES);

    private ResultDigest(MessageDigest sha) {
        this.sha = sha;
    }

    /**
     * The digest of a result, whether it carries one or not, in hexadecimal.
     *
     * @throws IllegalArgumentException if an exact count is not whole, or beyond 2<sup>53</sup>
     */
    public static String of(RunResult result) {
        ResultDigest digest = new ResultDigest(sha256());
        digest.result(result);
        return HexFormat.of().formatHex(digest.sha.digest());
    }

    static String require(String digest) {
        if (!HEX.matcher(digest).matches()) {
            throw new IllegalArgumentException("digest must be 64 lowercase hexadecimal digits");
        }
        return digest;
    }

    private void result(RunResult result) {
        text(FORMAT);
        number(result.durationNanos());
        each(result.metrics().stream().filter(ResultDigest::isCovered).toList(), this::metric);
        each(result.series().stream().filter(one -> counts(one.unit())).toList(), this::series);
        Comparator<CheckResult> byName = Comparator.comparing(CheckResult::name);
        each(result.checks().stream().sorted(byName).toList(), check -> {
            text(check.name());
            number(check.violations());
        });
    }

    private static boolean isCovered(Metric metric) {
        return metric.descriptor().precision() == Precision.EXACT
                && counts(metric.unit())
                && !metric.name().startsWith(AFTER_THE_LOAD)
                && (metric instanceof ValueMetric || metric instanceof HistogramMetric);
    }

    private static boolean counts(Unit unit) {
        return COUNTING.contains(unit);
    }

    private void metric(Metric metric) {
        id(metric.name(), metric.labels(), metric.unit());
        if (metric instanceof HistogramMetric histogram) {
            number(HISTOGRAM);
            histogram(histogram.histogram());
        } else if (metric instanceof ValueMetric value) {
            number(VALUE);
            number(whole(metric.descriptor().id(), value.value()));
        }
    }

    /** The buckets that hold something, each by its least value. */
    private void histogram(HistogramSnapshot snapshot) {
        number(snapshot.count());
        number(snapshot.max());
        snapshot.forEachBucket((least, count) -> {
            number(least);
            number(count);
        });
    }

    private void series(Series series) {
        id(series.name(), series.labels(), series.unit());
        each(series.points(), point -> {
            number(point.offsetNanos());
            number(whole(series.id(), point.value()));
        });
    }

    private void id(String name, Labels labels, Unit unit) {
        text(name);
        each(List.copyOf(labels.values().entrySet()), label -> {
            text(label.getKey());
            text(label.getValue());
        });
        text(unit.symbol());
    }

    private <T> void each(List<T> items, Consumer<T> encode) {
        number(items.size());
        items.forEach(encode);
    }

    private void text(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        number(bytes.length);
        sha.update(bytes);
    }

    private void number(long number) {
        sha.update(eight.putLong(0, number).array());
    }

    private static long whole(String id, double value) {
        if (value != Math.rint(value) || Math.abs(value) > MAX_WHOLE) {
            throw new IllegalArgumentException(
                    id + " is " + value + ", which is not an exact count; mark it as sampled");
        }
        return (long) value;
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
