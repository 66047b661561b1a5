package dev.kubechurn.sim.scenario;

import dev.kubechurn.sim.yaml.Origin;
import dev.kubechurn.sim.yaml.YamlNode;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One kind of value in a scenario, three ways: read from YAML, written as YAML, and described to an editor. */
sealed interface FieldType<V> permits ScalarType, Block, OneOf, ListOf, FaultType {

    /**
     * The value, or null when it is wrong and the problems say why.
     *
     * @param at where the field's name stands
     */
    @Nullable
    V read(YamlNode node, String path, Origin at, Problems problems);

    /** The value as maps, text, numbers and booleans; {@link #read} takes it back to an equal one. */
    Object plain(V value);

    /** The JSON Schema of the values that {@link #read} takes, as far as a schema can say it. */
    Map<String, Object> schema();
}
