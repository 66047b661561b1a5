package dev.kubechurn.reports.result;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;

/**
 * A place in a JSON document that knows its path, so that every complaint can name it.
 *
 * <p>All methods throw {@link FieldException} when the document is not as asked.
 */
record JsonField(JsonNode node, String path) {

    JsonField get(String name) {
        return find(name).orElseThrow(() -> new FieldException(pathOf(name), "is missing"));
    }

    Optional<JsonField> find(String name) {
        require(node.isObject(), "an object");
        JsonNode child = node.get(name);
        return child == null || child.isNull() ? Optional.empty() : Optional.of(new JsonField(child, pathOf(name)));
    }

    List<JsonField> elements() {
        require(node.isArray(), "an array");
        List<JsonField> elements = new ArrayList<>(node.size());
        for (JsonNode element : node) {
            elements.add(new JsonField(element, path + "[" + elements.size() + "]"));
        }
        return elements;
    }

    Map<String, String> texts() {
        require(node.isObject(), "an object");
        Map<String, String> texts = new LinkedHashMap<>();
        node.forEachEntry((name, value) -> texts.put(name, new JsonField(value, pathOf(name)).text()));
        return texts;
    }

    String text() {
        require(node.isString(), "a string");
        return node.stringValue();
    }

    boolean bool() {
        require(node.isBoolean(), "true or false");
        return node.booleanValue();
    }

    long whole() {
        require(node.isIntegralNumber() && node.canConvertToLong(), "a whole number of 64 bits");
        return node.longValue();
    }

    double number() {
        require(node.isNumber(), "a number");
        return node.asDouble();
    }

    <E extends Enum<E>> E oneOf(E[] constants) {
        String text = text();
        List<String> known = new ArrayList<>();
        for (E constant : constants) {
            known.add(wordOf(constant));
            if (wordOf(constant).equals(text)) {
                return constant;
            }
        }
        throw new FieldException(path, "\"" + text + "\" is not one of " + String.join(", ", known));
    }

    /** The JSON form of a constant: {@code NOT_CHECKED} is {@code not-checked}. */
    static String wordOf(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Builds a value from this place, and names the place if the value's own rules are broken. */
    <T> T build(Supplier<T> value) {
        try {
            return value.get();
        } catch (IllegalArgumentException e) {
            throw new FieldException(path, String.valueOf(e.getMessage()));
        }
    }

    private void require(boolean held, String what) {
        if (!held) {
            throw new FieldException(path, "is not " + what);
        }
    }

    private String pathOf(String name) {
        return path.isEmpty() ? name : path + "." + name;
    }
}
