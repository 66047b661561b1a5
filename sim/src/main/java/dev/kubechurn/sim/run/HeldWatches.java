package dev.kubechurn.sim.run;

import dev.kubechurn.reports.result.Breakdown;
import dev.kubechurn.reports.result.Unit;
import dev.kubechurn.sim.metrics.ObjectId;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Whose watches the open ones are: those of one name taken together, for every namespace has its {@code kube-root-ca.crt}. */
final class HeldWatches {

    static final String NAME = "apiserver.watches.held";

    private record Held(String name, long watches, int namespaces) {

        Held and(Held other) {
            return new Held(name, watches + other.watches, namespaces + other.namespaces);
        }

        String title() {
            return namespaces == 1 ? name : name + " in " + namespaces + " namespaces";
        }
    }

    private HeldWatches() {}

    /** The objects with the most watches; empty when no watch is open. */
    static Optional<Breakdown> of(Map<ObjectId, Integer> open) {
        Map<String, Held> byName = new TreeMap<>();
        open.forEach((object, watches) -> {
            String name = object.plural() + "/" + object.key().name();
            byName.merge(name, new Held(name, watches, 1), Held::and);
        });
        if (byName.isEmpty()) {
            return Optional.empty();
        }
        List<Held> largest = byName.values().stream()
                .sorted(Comparator.comparingLong(Held::watches).reversed().thenComparing(Held::name))
                .limit(Breakdown.MOST_PARTS)
                .toList();
        Map<String, Double> parts = new LinkedHashMap<>();
        largest.forEach(held -> parts.put(held.title(), (double) held.watches()));
        long total = byName.values().stream().mapToLong(Held::watches).sum();
        return Optional.of(new Breakdown(NAME, Unit.COUNT, (double) total, parts));
    }
}
