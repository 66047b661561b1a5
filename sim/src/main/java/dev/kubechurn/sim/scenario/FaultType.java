package dev.kubechurn.sim.scenario;

import dev.kubechurn.sim.yaml.Origin;
import dev.kubechurn.sim.yaml.YamlNode;
import dev.kubechurn.sim.yaml.YamlNode.Entry;
import dev.kubechurn.sim.yaml.YamlNode.Mapping;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** One item of the faults: when, by {@code at} or {@code every}, and the one thing that goes wrong, by its name. */
final class FaultType implements FieldType<Fault> {

    private static final String AT = "at";
    private static final String EVERY = "every";
    private static final String EXAMPLE = "write it like {at: 20s, dropWatches: {fraction: 50%}}";

    private final ScalarType<Duration> at;
    private final ScalarType<Duration> every;
    private final Map<String, Kind<?>> kinds;

    /** @param kinds by name, in the order in which people should read them */
    FaultType(ScalarType<Duration> at, ScalarType<Duration> every, Map<String, Kind<?>> kinds) {
        this.at = at;
        this.every = every;
        this.kinds = new LinkedHashMap<>(kinds);
    }

    /**
     * One thing that can go wrong.
     *
     * @param doc one sentence for editors
     */
    record Kind<A extends Fault.Action>(Class<A> type, Block<A> block, String doc) {

        private Object plain(Fault.Action action) {
            return block.plain(type.cast(action));
        }

        private Map<String, Object> schema() {
            return described(doc, block.schema());
        }
    }

    @Override
    public @Nullable Fault read(YamlNode node, String path, Origin origin, Problems problems) {
        if (!(node instanceof Mapping mapping)) {
            problems.add(origin, Problems.field(origin, path) + " is " + node.noun() + "; " + EXAMPLE);
            return null;
        }
        int before = problems.count();
        reportUnknown(mapping, path, problems);
        Fault.Moments moments = moments(mapping, path, origin, problems);
        Fault.Action action = action(mapping, path, origin, problems);
        return moments == null || action == null || problems.count() > before ? null : new Fault(moments, action);
    }

    private void reportUnknown(Mapping mapping, String path, Problems problems) {
        List<String> known = new ArrayList<>(List.of(AT, EVERY));
        known.addAll(kinds.keySet());
        for (Entry entry : mapping.entries()) {
            if (!known.contains(entry.key())) {
                String field = Problems.field(entry.origin(), Block.join(path, entry.key()));
                problems.add(entry.origin(), "unknown field " + field + Block.suggestion(entry.key(), known));
            }
        }
    }

    private Fault.@Nullable Moments moments(Mapping mapping, String path, Origin origin, Problems problems) {
        Entry once = mapping.find(AT);
        Entry again = mapping.find(EVERY);
        if ((once == null) == (again == null)) {
            String wrong = once == null ? " has no time" : " has both at and every";
            problems.add(origin, Problems.field(origin, path) + wrong + "; set either at or every, such as at: 20s");
            return null;
        }
        if (once != null) {
            Duration moment = at.read(once.value(), Block.join(path, AT), once.origin(), problems);
            return moment == null ? null : new Fault.At(moment);
        }
        Entry period = Objects.requireNonNull(again);
        Duration time = every.read(period.value(), Block.join(path, EVERY), period.origin(), problems);
        return time == null ? null : new Fault.Every(time);
    }

    private Fault.@Nullable Action action(Mapping mapping, String path, Origin origin, Problems problems) {
        List<Entry> meant = mapping.entries().stream()
                .filter(entry -> kinds.containsKey(entry.key()))
                .toList();
        if (meant.size() != 1) {
            String wrong = meant.isEmpty()
                    ? " has no fault; add one of " + String.join(", ", kinds.keySet())
                    : " has more than one fault; write a separate item for each";
            problems.add(origin, Problems.field(origin, path) + wrong);
            return null;
        }
        Entry entry = meant.get(0);
        Kind<?> kind = Objects.requireNonNull(kinds.get(entry.key()));
        return kind.block().read(entry.value(), Block.join(path, entry.key()), entry.origin(), problems);
    }

    /** The name under which a scenario has it. */
    String name(Fault.Action action) {
        return kinds.entrySet().stream()
                .filter(kind -> kind.getValue().type().isInstance(action))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElseThrow();
    }

    @Override
    public Object plain(Fault fault) {
        Map<String, Object> map = new LinkedHashMap<>();
        if (fault.moments() instanceof Fault.At once) {
            map.put(AT, at.plain(once.at()));
        } else {
            map.put(EVERY, every.plain(((Fault.Every) fault.moments()).every()));
        }
        String name = name(fault.action());
        map.put(name, Objects.requireNonNull(kinds.get(name)).plain(fault.action()));
        return map;
    }

    @Override
    public Map<String, Object> schema() {
        Map<String, Object> properties = new LinkedHashMap<>();
        properties.put(AT, described("Time of a single occurrence.", at.schema()));
        properties.put(
                EVERY, described("Interval between occurrences; the first occurs after one interval.", every.schema()));
        List<Object> choices = new ArrayList<>();
        kinds.forEach((name, kind) -> {
            properties.put(name, kind.schema());
            choices.add(Scalars.schema("required", List.of(name)));
        });
        List<Object> moments =
                List.of(Scalars.schema("required", List.of(AT)), Scalars.schema("required", List.of(EVERY)));
        return Scalars.schema(
                "type",
                "object",
                "additionalProperties",
                false,
                "properties",
                properties,
                "allOf",
                List.of(Scalars.schema("oneOf", moments), Scalars.schema("oneOf", choices)));
    }

    private static Map<String, Object> described(String doc, Map<String, Object> schema) {
        Map<String, Object> described = new LinkedHashMap<>();
        described.put("description", doc);
        described.putAll(schema);
        return described;
    }
}
