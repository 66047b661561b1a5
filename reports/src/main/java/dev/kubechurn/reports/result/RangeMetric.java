package dev.kubechurn.reports.result;

/**
 * A figure known only within bounds, such as a modelled memory cost; it must never be shown as one number.
 *
 * @param low finite, at most {@code high}
 */
public record RangeMetric(MetricDescriptor descriptor, double low, double high) implements Metric {

    public RangeMetric {
        low = Finite.require(descriptor.id(), low);
        high = Finite.require(descriptor.id(), high);
        if (low > high) {
            throw new IllegalArgumentException(descriptor.id() + ": low " + low + " is above high " + high);
        }
    }
}
