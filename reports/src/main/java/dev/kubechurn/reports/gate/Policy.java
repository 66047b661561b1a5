package dev.kubechurn.reports.gate;

import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What counts as a change; immutable.
 *
 * @param alpha the chance, at most, that any metric is red or green by chance
 * @param minimumEffect what matters, as a fraction: 0.05 is five percent, up or down
 * @param noise what two runs of the same code differ by on this machine, as a fraction, if it was measured
 * @param rules for some metrics; the first whose pattern is found in a metric's name with its labels holds
 */
public record Policy(double alpha, double minimumEffect, double noise, List<Rule> rules) {

    public static final Policy DEFAULT = new Policy(0.05, 0.05, 0, List.of());

    /** What is left out of a rule is as everywhere. */
    public record Rule(
            Pattern metric,
            @Nullable Double minimumEffect,
            @Nullable Double noise,
            boolean ignored) {}

    public Policy {
        rules = List.copyOf(rules);
        requireFraction("alpha", alpha);
        requireFraction("minimumEffect", minimumEffect);
        if (!(noise >= 0 && noise < 1)) {
            throw new IllegalArgumentException("noise " + noise + " is not from 0 to below 1");
        }
    }

    private static void requireFraction(String what, double value) {
        if (!(value > 0 && value < 1)) {
            throw new IllegalArgumentException(what + " " + value + " is not between 0 and 1");
        }
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
        return rule == null || rule.noise() == null ? noise : rule.noise();
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
