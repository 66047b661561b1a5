package dev.kubechurn.sim.cli;

import dev.kubechurn.reports.gate.GateException;
import dev.kubechurn.reports.gate.Policy;
import dev.kubechurn.sim.yaml.Origin;
import dev.kubechurn.sim.yaml.YamlException;
import dev.kubechurn.sim.yaml.YamlNode;
import dev.kubechurn.sim.yaml.YamlReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/**
 * Reads what counts as a change: {@code alpha}, {@code minimumEffect} and {@code noise} for all metrics, and {@code metrics}, a
 * list of {@code match} (a regular expression) with what is otherwise for those, or {@code ignore}.
 */
final class PolicyReader {

    private static final YamlReader YAML = new YamlReader(1 << 20, YamlReader.RepeatedKeys.REFUSED);

    private PolicyReader() {}

    /** @throws GateException if it cannot be understood, with the file and the line */
    static Policy read(Path file) {
        try {
            List<YamlNode> documents = YAML.read(file);
            if (documents.size() != 1) {
                throw wrong(
                        Origin.of(file.toString()),
                        "holds " + documents.size() + " documents; a policy must be a single document");
            }
            return policy(mapping(documents.get(0)));
        } catch (YamlException e) {
            throw new GateException(String.valueOf(e.getMessage()));
        }
    }

    private static Policy policy(YamlNode.Mapping root) {
        double alpha = Policy.DEFAULT.alpha();
        double minimumEffect = Policy.DEFAULT.minimumEffect();
        double noise = Policy.DEFAULT.noise();
        List<Policy.Rule> rules = new ArrayList<>();
        for (YamlNode.Entry entry : root.entries()) {
            switch (entry.key()) {
                case "alpha" -> alpha = fraction(entry);
                case "minimumEffect" -> minimumEffect = fraction(entry);
                case "noise" -> noise = fraction(entry);
                case "metrics" -> {
                    if (!(entry.value() instanceof YamlNode.Sequence list)) {
                        throw wrong(entry.origin(), "metrics is not a list; add items such as - match: PATTERN");
                    }
                    list.items().forEach(item -> rules.add(rule(mapping(item))));
                }
                default -> throw unknown(entry, "alpha, minimumEffect, noise, metrics");
            }
        }
        try {
            return new Policy(alpha, minimumEffect, noise, rules);
        } catch (IllegalArgumentException e) {
            throw wrong(root.origin(), String.valueOf(e.getMessage()));
        }
    }

    private static Policy.Rule rule(YamlNode.Mapping item) {
        Pattern match = null;
        Double minimumEffect = null;
        Double noise = null;
        boolean ignored = false;
        for (YamlNode.Entry entry : item.entries()) {
            switch (entry.key()) {
                case "match" -> match = pattern(entry);
                case "minimumEffect" -> minimumEffect = fraction(entry);
                case "noise" -> noise = fraction(entry);
                case "ignore" -> ignored = flag(entry);
                default -> throw unknown(entry, "match, minimumEffect, noise, ignore");
            }
        }
        if (match == null) {
            throw wrong(item.origin(), "a rule has no match; add a pattern that selects its metrics");
        }
        return new Policy.Rule(match, minimumEffect, noise, ignored);
    }

    private static Pattern pattern(YamlNode.Entry entry) {
        try {
            return Pattern.compile(text(entry));
        } catch (PatternSyntaxException e) {
            throw wrong(entry.origin(), "match is not a regular expression: " + e.getDescription());
        }
    }

    /** {@code 5%}, {@code 5 %} or {@code 0.05}. */
    private static double fraction(YamlNode.Entry entry) {
        String text = text(entry);
        boolean percent = text.endsWith("%");
        try {
            double value = Double.parseDouble((percent ? text.substring(0, text.length() - 1) : text).strip());
            double fraction = percent ? value / 100 : value;
            if (fraction >= 0 && fraction < 1) {
                return fraction;
            }
        } catch (NumberFormatException e) {
            throw wrong(entry.origin(), entry.key() + " \"" + text + "\" is not a share; write 5% or 0.05");
        }
        throw wrong(entry.origin(), entry.key() + " " + text + " must be at least 0 % and below 100 %");
    }

    private static boolean flag(YamlNode.Entry entry) {
        @Nullable Object value = entry.value().plain();
        if (value instanceof Boolean flag) {
            return flag;
        }
        throw wrong(entry.origin(), entry.key() + " must be true or false");
    }

    private static String text(YamlNode.Entry entry) {
        if (entry.value() instanceof YamlNode.Scalar scalar) {
            return scalar.text();
        }
        throw wrong(entry.origin(), entry.key() + " is " + entry.value().noun() + ", not a single value");
    }

    private static YamlNode.Mapping mapping(YamlNode node) {
        if (node instanceof YamlNode.Mapping mapping) {
            return mapping;
        }
        throw wrong(
                node.origin(),
                "is " + node.noun() + "; a policy must be a mapping with fields such as minimumEffect: 5%");
    }

    private static GateException unknown(YamlNode.Entry entry, String known) {
        return wrong(entry.origin(), "unknown field \"" + entry.key() + "\"; available: " + known);
    }

    private static GateException wrong(Origin origin, String problem) {
        return new GateException(origin + ": " + problem);
    }
}
