package dev.kubechurn.reports.result;

/**
 * Everything about a metric but its figures. Name and labels together identify it within a result.
 *
 * @param name such as {@code propagation.latency}
 * @param unit of the figures
 * @param better the direction in which the metric improves
 * @param precision how the figures may be compared
 */
public record MetricDescriptor(String name, Labels labels, Unit unit, Better better, Precision precision) {

    public MetricDescriptor {
        Names.requireName("metric", name);
    }

    /** A sampled metric without labels and without a better direction, to be refined by the methods below. */
    public static MetricDescriptor of(String name, Unit unit) {
        return new MetricDescriptor(name, Labels.NONE, unit, Better.NEITHER, Precision.SAMPLED);
    }

    public MetricDescriptor label(String label, String value) {
        return new MetricDescriptor(name, labels.and(label, value), unit, better, precision);
    }

    public MetricDescriptor lowerIsBetter() {
        return new MetricDescriptor(name, labels, unit, Better.LOWER, precision);
    }

    public MetricDescriptor higherIsBetter() {
        return new MetricDescriptor(name, labels, unit, Better.HIGHER, precision);
    }

    public MetricDescriptor exact() {
        return new MetricDescriptor(name, labels, unit, better, Precision.EXACT);
    }

    /** Name and labels, as people read them: {@code apiserver.requests{verb=list}}. */
    public String id() {
        return name + labels;
    }
}
