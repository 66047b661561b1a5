package dev.kubechurn.sim.scenario;

import dev.kubechurn.sim.yaml.Origin;
import dev.kubechurn.sim.yaml.YamlNode;
import dev.kubechurn.sim.yaml.YamlNode.Sequence;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A list of values of one type.
 *
 * @param most how many there may be
 */
record ListOf<V>(FieldType<V> item, int most) implements FieldType<List<V>> {

    @Override
    public @Nullable List<V> read(YamlNode node, String path, Origin at, Problems problems) {
        String field = Problems.field(at, path);
        if (!(node instanceof Sequence sequence)) {
            problems.add(at, field + " is " + node.noun() + "; it must be a list");
            return null;
        }
        if (sequence.items().size() > most) {
            problems.add(at, field + " has " + sequence.items().size() + " items; at most " + most + " are allowed");
            return null;
        }
        List<V> values = new ArrayList<>();
        boolean complete = true;
        for (int i = 0; i < sequence.items().size(); i++) {
            YamlNode each = sequence.items().get(i);
            Origin origin = at.inFile() ? each.origin() : at;
            V value = item.read(each, path + "[" + i + "]", origin, problems);
            if (value == null) {
                complete = false;
            } else {
                values.add(value);
            }
        }
        return complete ? List.copyOf(values) : null;
    }

    @Override
    public Object plain(List<V> values) {
        return values.stream().map(item::plain).toList();
    }

    @Override
    public Map<String, Object> schema() {
        return Scalars.schema("type", "array", "maxItems", most, "items", item.schema());
    }
}
