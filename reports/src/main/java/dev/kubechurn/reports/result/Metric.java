package dev.kubechurn.reports.result;

/** One thing that was measured; immutable, equal by value. */
public sealed interface Metric permits ValueMetric, SamplesMetric, RangeMetric, HistogramMetric {

    MetricDescriptor descriptor();

    default String name() {
        return descriptor().name();
    }

    default Labels labels() {
        return descriptor().labels();
    }

    default Unit unit() {
        return descriptor().unit();
    }
}
