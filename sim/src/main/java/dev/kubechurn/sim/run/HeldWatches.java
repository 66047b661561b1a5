package dev.kubechurn.sim.run;

import dev.kubechurn.reports.result.Breakdown;
import dev.kubechurn.reports.result.Unit;
import dev.kubechurn.sim.metrics.ObjectId;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Whose watches the open ones are: those of one name taken together, for every namespace has its {@code kube-root-ca.crt}. */
public final class HeldWatches {

    /** Of the breakdown. */
    public static final String NAME = "apiserver.watches.held";

    private static final Pattern NAMESPACES = Pattern.compile("(.*) in ([0-9]+) namespaces");

    private record Held(String name, long watches, int namespaces) {

        Held and(Held other) {
            return new Held(name, watches + other.watches, namespaces + other.namespaces);
        }

        /** One that a breakdown tells. */
        static Held of(String title, double watches) {
            Matcher matcher = NAMESPACES.matcher(title);
            return matcher.matches()
                    ? new Held(matcher.group(1), (long) watches, Integer.parseInt(matcher.group(2)))
                    : new Held(title, (long) watches, 1);
        }

        /** Held in these namespaces by several, who look at the same ones. */
        Held atOnce(Held other) {
            return new Held(name, watches + other.watches, Math.max(namespaces, other.namespaces));
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
        return breakdown(
                byName, byName.values().stream().mapToLong(Held::watches).sum());
    }

    /**
     * Those of several shards of a run together. Each tells only the objects with the most watches of its own, so one counts only
     * where every shard tells of it, or tells all that it has.
     */
    public static Optional<Breakdown> together(List<Breakdown> shards) {
        Map<String, Held> byName = new TreeMap<>();
        for (Breakdown shard : shards) {
            shard.parts().forEach((title, watches) -> {
                Held held = Held.of(title, watches);
                byName.merge(held.name(), held, Held::atOnce);
            });
        }
        shards.stream()
                .filter(shard -> !tellsAll(shard))
                .forEach(shard -> byName.keySet().retainAll(names(shard)));
        return breakdown(
                byName, (long) shards.stream().mapToDouble(Breakdown::total).sum());
    }

    private static Set<String> names(Breakdown shard) {
        return shard.parts().keySet().stream()
                .map(title -> Held.of(title, 0).name())
                .collect(Collectors.toSet());
    }

    private static boolean tellsAll(Breakdown shard) {
        return shard.parts().values().stream().mapToDouble(Double::doubleValue).sum() == shard.total();
    }

    private static Optional<Breakdown> breakdown(Map<String, Held> byName, long total) {
        if (byName.isEmpty()) {
            return Optional.empty();
        }
        List<Held> largest = byName.values().stream()
                .sorted(Comparator.comparingLong(Held::watches).reversed().thenComparing(Held::name))
                .limit(Breakdown.MOST_PARTS)
                .toList();
        Map<String, Double> parts = new LinkedHashMap<>();
        largest.forEach(held -> parts.put(held.title(), (double) held.watches()));
        return Optional.of(new Breakdown(NAME, Unit.COUNT, (double) total, parts));
    }
}
