package dev.kubechurn.reports.result;

import java.util.LinkedHashMap;
import java.util.Map;

/** The figures that stand beside a histogram in the JSON, for readers that cannot decode it. */
final class HistogramFigures {

    private HistogramFigures() {}

    /** The figures by their JSON names, in order; without the count and the mean. */
    static Map<String, Long> of(HistogramSnapshot histogram) {
        Map<String, Long> figures = new LinkedHashMap<>();
        figures.put("min", histogram.min());
        figures.put("p50", histogram.p50());
        figures.put("p90", histogram.p90());
        figures.put("p95", histogram.p95());
        figures.put("p99", histogram.p99());
        figures.put("p999", histogram.p999());
        figures.put("max", histogram.max());
        return figures;
    }
}
