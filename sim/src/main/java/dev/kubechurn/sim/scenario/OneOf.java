package dev.kubechurn.sim.scenario;

import dev.kubechurn.sim.yaml.Origin;
import dev.kubechurn.sim.yaml.YamlNode;
import dev.kubechurn.sim.yaml.YamlNode.Entry;
import dev.kubechurn.sim.yaml.YamlNode.Mapping;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A closed choice between mappings that share no field, told apart by the fields given.
 *
 * @param shorthand a scalar that may stand instead of a mapping, if there is one
 */
record OneOf<T>(
        List<Variant<? extends T>> variants, @Nullable ScalarType<T> shorthand) implements FieldType<T> {

    /** One of the mappings and the class that it becomes. */
    record Variant<S>(Class<S> type, Block<S> block) {

        private Object plain(Object value) {
            return block.plain(type.cast(value));
        }

        private String form() {
            return block.names().collect(Collectors.joining(", ", "{", "}"));
        }
    }

    OneOf {
        variants = List.copyOf(variants);
    }

    @Override
    public @Nullable T read(YamlNode node, String path, Origin at, Problems problems) {
        if (!(node instanceof Mapping mapping)) {
            if (shorthand != null) {
                return shorthand.read(node, path, at, problems);
            }
            problems.add(at, Problems.field(at, path) + " is " + node.noun() + "; it must be " + forms());
            return null;
        }
        List<Variant<? extends T>> meant = variants.stream()
                .filter(variant -> variant.block().names().anyMatch(name -> mapping.find(name) != null))
                .collect(Collectors.toCollection(ArrayList::new));
        if (meant.size() == 1) {
            return meant.get(0).block().read(mapping, path, at, problems);
        }
        if (meant.size() > 1) {
            problems.add(at, Problems.field(at, path) + " mixes fields that exclude each other; it must be " + forms());
        } else {
            reportUnknown(mapping, path, at, problems);
        }
        return null;
    }

    private void reportUnknown(Mapping mapping, String path, Origin at, Problems problems) {
        List<String> known =
                variants.stream().flatMap(variant -> variant.block().names()).toList();
        for (Entry entry : mapping.entries()) {
            String field = Problems.field(entry.origin(), Block.join(path, entry.key()));
            problems.add(entry.origin(), "unknown field " + field + Block.suggestion(entry.key(), known));
        }
        if (mapping.entries().isEmpty()) {
            problems.add(at, Problems.field(at, path) + " is an empty mapping; it must be " + forms());
        }
    }

    private String forms() {
        String mappings = variants.stream().map(Variant::form).collect(Collectors.joining(" or "));
        return shorthand == null ? mappings : shorthand.expected();
    }

    @Override
    public Object plain(T value) {
        for (Variant<? extends T> variant : variants) {
            if (variant.type().isInstance(value)) {
                return variant.plain(value);
            }
        }
        if (shorthand == null) {
            throw new IllegalArgumentException(value.getClass() + " is not a variant");
        }
        return shorthand.plain(value);
    }

    @Override
    public Map<String, Object> schema() {
        List<Object> choices = new ArrayList<>();
        if (shorthand != null) {
            choices.add(shorthand.schema());
        }
        variants.forEach(variant -> choices.add(variant.block().schema()));
        return Scalars.schema("anyOf", choices);
    }
}
