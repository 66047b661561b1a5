package dev.kubechurn.reports.gate;

import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What counts as a change; immutable.
 *
 * @param alpha the chance, at most, that any metric is red or green by chance
 * @param minimumEffect what matters, as a fraction: 0.05 is five percent, up or down
 * @param noise what two runs of the same code differ by on this machine, as a fraction, if it was measured
 * @param measuredNoise the same for single metrics, by name with labels, where it was measured beside the comparison
 * @param rules for some metrics; the first whose pattern is found in a metric's name with its labels holds
 */
public record Policy(
        double alpha, double minimumEffect, double noise, Map<String, Double> measuredNoise, List<Rule> rules) {

    public static final Policy DEFAULT = new Policy(0.05, 0.05, 0, List.of());

    /** A policy whose noise nobody measured beside the comparison. */
    public Policy(double alpha, double minimumEffect, double noise, List<Rule> rules) {
        this(alpha, minimumEffect, noise, Map.of(), rules);
    }

    /** What is left out of a rule is as everywhere. */
    public record Rule(
            Pattern metric,
            @Nullable Double minimumEffect,
            @Nullable Double noise,
            boolean ignored) {}

    public Policy {
        measuredNoise = Map.copyOf(measuredNoise);
        rules = List.copyOf(rules);
        requireFraction("alpha", alpha);
        requireFraction("minimumEffect", minimumEffect);
        requireNoise(noise);
        measuredNoise.values().forEach(Policy::requireNoise);
    }

    private static void requireFraction(String what, double value) {
        if (!(value > 0 && value < 1)) {
            throw new IllegalArgumentException(what + " " + value + " is not between 0 and 1");
        }
    }

    private static void requireNoise(double noise) {
        if (!(noise >= 0 && noise < 1)) {
            throw new IllegalArgumentException("noise " + noise + " must be at least 0 and below 1");
        }
    }

    /**
     * This policy beside which noise was measured.
     *
     * @param noise by metric, as a fraction: what stands in the policy too counts where it is larger
     */
    public Policy withMeasuredNoise(Map<String, Double> noise) {
        return new Policy(alpha, minimumEffect, this.noise, noise, rules);
    }

    boolean ignores(String metric) {
        Rule rule = rule(metric);
        return rule != null && rule.ignored();
    }

    double minimumEffect(String metric) {
        Rule rule = rule(metric);
        return rule == null || rule.minimumEffect() == null ? minimumEffect : rule.minimumEffect();
    }

    double noise(String metric) {
        Rule rule = rule(metric);
        double told = rule == null || rule.noise() == null ? noise : rule.noise();
        return Math.max(told, measuredNoise.getOrDefault(metric, 0.0));
    }

    /** What a change must be larger than. */
    double threshold(String metric) {
        return Math.max(minimumEffect(metric), noise(metric));
    }

    private @Nullable Rule rule(String metric) {
        for (Rule rule : rules) {
            if (rule.metric().matcher(metric).find()) {
                return rule;
            }
        }
        return null;
    }
}
