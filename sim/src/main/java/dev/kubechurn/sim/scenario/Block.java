package dev.kubechurn.sim.scenario;

import dev.kubechurn.sim.yaml.Origin;
import dev.kubechurn.sim.yaml.YamlNode;
import dev.kubechurn.sim.yaml.YamlNode.Entry;
import dev.kubechurn.sim.yaml.YamlNode.Mapping;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The description of a mapping that becomes a record: its fields in the order in which people should read them. */
final class Block<T> implements FieldType<T> {

    private final List<Field<T, ?>> fields;
    private final Map<String, String> reserved;
    private final Function<Values, T> construct;

    private Block(Builder<T> builder, Function<Values, T> construct) {
        this.fields = List.copyOf(builder.fields);
        this.reserved = new LinkedHashMap<>(builder.reserved);
        this.construct = construct;
    }

    /**
     * One field.
     *
     * @param byDefault null: it must be given
     * @param doc one sentence for editors
     */
    record Field<T, V>(
            String name, FieldType<V> type, @Nullable V byDefault, Function<T, V> getter, String doc) {

        private @Nullable V read(Mapping mapping, String path, Origin at, Problems problems) {
            Entry entry = mapping.find(name);
            if (entry != null) {
                return type.read(entry.value(), path, entry.origin(), problems);
            }
            if (byDefault == null) {
                problems.add(at, Problems.field(at, path) + " is missing" + hint());
            }
            return byDefault;
        }

        private String hint() {
            return type instanceof ScalarType<?> scalar ? "; it must be " + scalar.expected() : "";
        }

        private Object plain(T record) {
            return type.plain(getter.apply(record));
        }

        private Map<String, Object> schema() {
            Map<String, Object> schema = new LinkedHashMap<>();
            schema.put("description", doc);
            schema.putAll(type.schema());
            if (byDefault != null && type instanceof ScalarType) {
                schema.put("default", type.plain(byDefault));
            }
            return schema;
        }
    }

    /** What was read of one mapping, by field. */
    static final class Values {

        private final IdentityHashMap<Field<?, ?>, Object> values = new IdentityHashMap<>();

        /** The value of a field of this block. */
        @SuppressWarnings("unchecked") // put() takes a field's values from its own type only
        <V> V get(Field<?, V> field) {
            Object value = values.get(field);
            if (value == null) {
                throw new IllegalStateException("field " + field.name() + " is not of this block");
            }
            return (V) value;
        }

        private void put(Field<?, ?> field, Object value) {
            values.put(field, value);
        }
    }

    /** Collects the fields of a block. */
    static final class Builder<T> {

        private final List<Field<T, ?>> fields = new ArrayList<>();
        private final Map<String, String> reserved = new LinkedHashMap<>();

        <V> Field<T, V> field(String name, FieldType<V> type, V byDefault, Function<T, V> getter, String doc) {
            return add(new Field<>(name, type, byDefault, getter, doc));
        }

        <V> Field<T, V> required(String name, FieldType<V> type, Function<T, V> getter, String doc) {
            return add(new Field<>(name, type, null, getter, doc));
        }

        /** A field whose type is a block that can do without any field given. */
        <V> Field<T, V> block(String name, Block<V> block, Function<T, V> getter, String doc) {
            return add(new Field<>(name, block, block.byDefault(), getter, doc));
        }

        /** A name that is refused with a message of its own. */
        Builder<T> reserved(String name, String why) {
            reserved.put(name, why);
            return this;
        }

        Block<T> build(Function<Values, T> construct) {
            return new Block<>(this, construct);
        }

        private <V> Field<T, V> add(Field<T, V> field) {
            fields.add(field);
            return field;
        }
    }

    private T byDefault() {
        Values values = new Values();
        for (Field<T, ?> field : fields) {
            if (field.byDefault() == null) {
                throw new IllegalStateException("field " + field.name() + " has no default");
            }
            values.put(field, field.byDefault());
        }
        return construct.apply(values);
    }

    Stream<String> names() {
        return fields.stream().map(Field::name);
    }

    @Override
    public @Nullable T read(YamlNode node, String path, Origin at, Problems problems) {
        if (!(node instanceof Mapping mapping)) {
            String example = names().findFirst().orElse("");
            problems.add(
                    at,
                    subject(at, path) + " is " + node.noun() + "; it must be a mapping with fields such as "
                            + Problems.quoted(example));
            return null;
        }
        int before = problems.count();
        reportUnknown(mapping, path, problems);
        Values values = new Values();
        boolean complete = true;
        for (Field<T, ?> field : fields) {
            Object value = field.read(mapping, join(path, field.name()), at, problems);
            if (value == null) {
                complete = false;
            } else {
                values.put(field, value);
            }
        }
        return complete && problems.count() == before ? construct(values, mapping, path, at, problems) : null;
    }

    private @Nullable T construct(Values values, Mapping mapping, String path, Origin at, Problems problems) {
        try {
            return construct.apply(values);
        } catch (RuleViolation e) {
            String field = e.fields().get(0);
            Origin blamed = e.fields().stream()
                    .flatMap(name -> entry(mapping, name).stream())
                    .map(Entry::origin)
                    .reduce((first, second) -> first.inFile() && !second.inFile() ? second : first)
                    .orElse(at);
            problems.add(blamed, Problems.field(blamed, join(path, field)) + " " + e.getMessage());
            return null;
        }
    }

    /** The entry at a dotted path, or the deepest one on the way to it. */
    private static Optional<Entry> entry(Mapping mapping, String path) {
        String[] names = path.split("\\.", 2);
        Entry entry = mapping.find(names[0]);
        if (entry != null && names.length > 1 && entry.value() instanceof Mapping inner) {
            return entry(inner, names[1]).or(() -> Optional.of(entry));
        }
        return Optional.ofNullable(entry);
    }

    private void reportUnknown(Mapping mapping, String path, Problems problems) {
        List<String> known = names().toList();
        for (Entry entry : mapping.entries()) {
            String why = reserved.get(entry.key());
            String field = Problems.field(entry.origin(), join(path, entry.key()));
            if (why != null) {
                problems.add(entry.origin(), field + " " + why);
            } else if (!known.contains(entry.key())) {
                problems.add(entry.origin(), "unknown field " + field + suggestion(entry.key(), known));
            }
        }
    }

    static String suggestion(String name, List<String> known) {
        return NearestName.of(name, known)
                .map(nearest -> "; did you mean " + Problems.quoted(nearest) + "?")
                .orElseGet(() -> "; available: " + String.join(", ", known));
    }

    private static String subject(Origin at, String path) {
        return path.isEmpty() ? "the document" : Problems.field(at, path);
    }

    static String join(String path, String name) {
        return path.isEmpty() ? name : path + "." + name;
    }

    @Override
    public Map<String, Object> plain(T record) {
        Map<String, Object> map = new LinkedHashMap<>();
        for (Field<T, ?> field : fields) {
            map.put(field.name(), field.plain(record));
        }
        return map;
    }

    @Override
    public Map<String, Object> schema() {
        Map<String, Object> properties = new LinkedHashMap<>();
        List<String> required = new ArrayList<>();
        for (Field<T, ?> field : fields) {
            properties.put(field.name(), field.schema());
            if (field.byDefault() == null) {
                required.add(field.name());
            }
        }
        Map<String, Object> schema = Scalars.schema("type", "object", "additionalProperties", false);
        if (!required.isEmpty()) {
            schema.put("required", required);
        }
        schema.put("properties", properties);
        return schema;
    }
}
