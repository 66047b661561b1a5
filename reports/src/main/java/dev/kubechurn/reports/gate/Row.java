package dev.kubechurn.reports.gate;

import dev.kubechurn.reports.result.Better;
import dev.kubechurn.reports.result.MetricDescriptor;
import dev.kubechurn.reports.result.Unit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a comparison says of one metric, and why; immutable.
 *
 * @param metric its name with its labels
 * @param kind how it was compared
 * @param base its figure, of samples their median
 * @param reason one line
 * @param measured what the samples say; null for one that was not tested
 */
public record Row(
        String metric,
        Unit unit,
        Better better,
        Kind kind,
        Verdict verdict,
        double base,
        double candidate,
        String reason,
        @Nullable Measured measured) {

    /** Of a metric that no samples had to be tested for. */
    static Row untested(
            MetricDescriptor descriptor, Kind kind, Verdict verdict, double base, double candidate, String reason) {
        return new Row(
                descriptor.id(), descriptor.unit(), descriptor.better(), kind, verdict, base, candidate, reason, null);
    }

    /** How metrics are compared. */
    public enum Kind {
        /** The same on any machine, so that it must be equal. */
        EXACT,
        /** What a benchmark allocates: nearly the same on one JDK. */
        ALLOCATION,
        /** Measured with noise. */
        SAMPLED
    }

    /**
     * What samples say. Changes are fractions: 0.05 is a candidate that is five percent larger.
     *
     * @param change by Hodges and Lehmann
     * @param low of the 95 % interval of the change
     * @param pValue of this metric alone
     * @param adjusted by Holm, for all that were tested
     * @param threshold what a change must be larger than, up or down
     * @param noise what the same code differs by, if it was measured
     * @param detectable the smallest change that would have been seen with 95 % certainty
     */
    public record Measured(
            double change,
            double low,
            double high,
            double pValue,
            double adjusted,
            double threshold,
            double noise,
            double detectable,
            List<Double> baseSamples,
            List<Double> candidateSamples) {

        public Measured {
            baseSamples = List.copyOf(baseSamples);
            candidateSamples = List.copyOf(candidateSamples);
        }
    }
}
