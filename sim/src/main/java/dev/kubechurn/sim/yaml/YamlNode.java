package dev.kubechurn.sim.yaml;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One value of a YAML document and the place where it stands. Immutable. */
public sealed interface YamlNode {

    Origin origin();

    /** What the value is called in a message. */
    String noun();

    /** The value as plain Java: {@code LinkedHashMap}, {@code ArrayList}, String, Boolean, numbers and null. */
    @Nullable
    Object plain();

    /** The type of a scalar under the core schema of YAML 1.2. */
    enum Kind {
        STRING,
        INTEGER,
        FLOAT,
        BOOLEAN,
        NULL
    }

    /**
     * A single value.
     *
     * @param text as it was written, without quotes
     */
    record Scalar(Origin origin, String text, Kind kind) implements YamlNode {

        @Override
        public String noun() {
            return switch (kind) {
                case STRING -> "text";
                case INTEGER, FLOAT -> "a number";
                case BOOLEAN -> "true or false";
                case NULL -> "empty";
            };
        }

        @Override
        public @Nullable Object plain() {
            return switch (kind) {
                case STRING -> text;
                case INTEGER -> integer();
                case FLOAT -> floating();
                case BOOLEAN -> text.equalsIgnoreCase("true");
                case NULL -> null;
            };
        }

        /** The narrowest type that holds it. Kubernetes reads integers by YAML 1.1: file modes such as 0644 are octal. */
        private Number integer() {
            boolean negative = text.startsWith("-");
            String digits = negative || text.startsWith("+") ? text.substring(1) : text;
            BigInteger value;
            if (digits.startsWith("0x")) {
                value = new BigInteger(digits.substring(2), 16);
            } else if (digits.startsWith("0o")) {
                value = new BigInteger(digits.substring(2), 8);
            } else {
                value = new BigInteger(digits, digits.matches("0[0-7]+") ? 8 : 10);
            }
            value = negative ? value.negate() : value;
            if (value.bitLength() < Integer.SIZE) {
                return value.intValueExact();
            }
            return value.bitLength() < Long.SIZE ? (Number) value.longValueExact() : value;
        }

        private double floating() {
            return switch (text.toLowerCase(Locale.ROOT)) {
                case ".nan" -> Double.NaN;
                case ".inf", "+.inf" -> Double.POSITIVE_INFINITY;
                case "-.inf" -> Double.NEGATIVE_INFINITY;
                default -> Double.parseDouble(text);
            };
        }

        /** Says no value: it may be a secret. */
        @Override
        public String toString() {
            return "Scalar[" + origin + ", " + kind + "]";
        }
    }

    /** One key of a mapping; its origin is that of the key. */
    record Entry(Origin origin, String key, YamlNode value) {}

    /** Keys and their values in the order of the file. */
    record Mapping(Origin origin, List<Entry> entries) implements YamlNode {

        public Mapping {
            entries = List.copyOf(entries);
        }

        public @Nullable Entry find(String key) {
            for (Entry entry : entries) {
                if (entry.key().equals(key)) {
                    return entry;
                }
            }
            return null;
        }

        @Override
        public String noun() {
            return "a mapping";
        }

        @Override
        public Map<String, @Nullable Object> plain() {
            Map<String, @Nullable Object> map = new LinkedHashMap<>();
            for (Entry entry : entries) {
                map.put(entry.key(), entry.value().plain());
            }
            return map;
        }
    }

    /** A list of values. */
    record Sequence(Origin origin, List<YamlNode> items) implements YamlNode {

        public Sequence {
            items = List.copyOf(items);
        }

        @Override
        public String noun() {
            return "a list";
        }

        @Override
        public List<@Nullable Object> plain() {
            List<@Nullable Object> list = new ArrayList<>(items.size());
            for (YamlNode item : items) {
                list.add(item.plain());
            }
            return list;
        }
    }
}
