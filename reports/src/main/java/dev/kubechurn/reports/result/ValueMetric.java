package dev.kubechurn.reports.result;

/**
 * A single figure, such as a total.
 *
 * @param value finite; whole numbers are exact up to 2<sup>53</sup>
 */
public record ValueMetric(MetricDescriptor descriptor, double value) implements Metric {

    public ValueMetric {
        value = Finite.require(descriptor.id(), value);
    }

    public ValueMetric(MetricDescriptor descriptor, long value) {
        this(descriptor, (double) value);
    }
}
