package dev.kubechurn.sim.scenario;

import dev.kubechurn.sim.yaml.Origin;
import dev.kubechurn.sim.yaml.YamlNode;
import dev.kubechurn.sim.yaml.YamlNode.Kind;
import dev.kubechurn.sim.yaml.YamlNode.Scalar;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A type whose values are single YAML scalars.
 *
 * @param expected what to write, for messages: {@code a duration like 90s, 1m30s or 2h}
 * @param kinds what YAML may take the text for
 * @param parse makes the value of the text or throws IllegalArgumentException with what is wrong, fit to stand after it
 * @param plain the value for a dump
 */
record ScalarType<V>(
        String expected,
        Set<Kind> kinds,
        Function<String, V> parse,
        Function<V, Object> plain,
        Map<String, Object> schema)
        implements FieldType<V> {

    @Override
    public @Nullable V read(YamlNode node, String path, Origin at, Problems problems) {
        String field = Problems.field(at, path);
        if (!(node instanceof Scalar scalar) || scalar.kind() == Kind.NULL) {
            problems.add(at, field + " is " + node.noun() + "; it must be " + expected);
            return null;
        }
        String shown = Problems.quoted(scalar.text());
        if (!kinds.contains(scalar.kind())) {
            problems.add(at, field + ": " + shown + " is " + scalar.noun() + "; it must be " + expected);
            return null;
        }
        try {
            return parse.apply(scalar.text());
        } catch (IllegalArgumentException e) {
            problems.add(at, field + ": " + shown + " " + e.getMessage());
            return null;
        }
    }

    @Override
    public Object plain(V value) {
        return plain.apply(value);
    }

    /** The same with a rule on the value, which throws IllegalArgumentException. */
    ScalarType<V> checked(Consumer<V> rule) {
        return new ScalarType<>(
                expected,
                kinds,
                text -> {
                    V value = parse.apply(text);
                    rule.accept(value);
                    return value;
                },
                plain,
                schema);
    }
}
