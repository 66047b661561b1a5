package dev.kubechurn.reports.result;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a figure is made of: its largest parts, for people who ask what costs the most. No part of a digest and of no
 * comparison, for the metric that it belongs to is. Immutable, equal by value.
 *
 * @param name such as {@code apiserver.watches.held}
 * @param unit of the parts
 * @param total of all parts, those that are not told included
 * @param parts by name, the largest first
 */
public record Breakdown(String name, Unit unit, double total, Map<String, Double> parts) {

    /** More are not told. */
    public static final int MOST_PARTS = 10;

    public Breakdown {
        Names.requireName("breakdown", name);
        total = Finite.require("total of " + name, total);
        if (parts.size() > MOST_PARTS) {
            throw new IllegalArgumentException(name + " has " + parts.size() + " parts, more than " + MOST_PARTS);
        }
        Map<String, Double> kept = new LinkedHashMap<>();
        double before = Double.POSITIVE_INFINITY;
        for (Map.Entry<String, Double> part : parts.entrySet()) {
            Names.requireLine("part of " + name, part.getKey());
            double value = Finite.require(part.getKey(), part.getValue());
            if (value > before) {
                throw new IllegalArgumentException(name + ": " + part.getKey() + " is larger than the part before it");
            }
            before = value;
            kept.put(part.getKey(), value);
        }
        parts = Collections.unmodifiableMap(kept);
    }
}
