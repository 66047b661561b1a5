package dev.kubechurn.reports.result;

import org.HdrHistogram.Histogram;

/** A distribution, such as a latency, without loss of its tail; the values are whole numbers of the metric's unit. */
public record HistogramMetric(MetricDescriptor descriptor, HistogramSnapshot histogram) implements Metric {

    /** Takes a snapshot; nobody may be recording into the histogram meanwhile. */
    public static HistogramMetric of(MetricDescriptor descriptor, Histogram histogram) {
        return new HistogramMetric(descriptor, HistogramSnapshot.of(histogram));
    }
}
