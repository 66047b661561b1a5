package dev.kubechurn.sim.apiserver;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A label selector, equality- and set-based: {@code a=b}, {@code a==b}, {@code a!=b}, {@code a in (b,c)},
 * {@code a notin (b,c)}, {@code a}, {@code !a}, {@code a>1}, {@code a<1}, joined by commas. Immutable.
 */
public record LabelSelector(List<Requirement> requirements) {

    /** The selector that takes everything. */
    public static final LabelSelector EVERYTHING = new LabelSelector(List.of());

    private static final String KEY = "([A-Za-z0-9](?:[-A-Za-z0-9_./]*[A-Za-z0-9])?)";
    private static final String VALUE = "([A-Za-z0-9](?:[-A-Za-z0-9_.]*[A-Za-z0-9])?|)";
    private static final Pattern EXISTS = Pattern.compile("\\s*(!?)\\s*" + KEY + "\\s*");
    private static final Pattern COMPARISON = Pattern.compile("\\s*" + KEY + "\\s*(==|=|!=|<|>)\\s*" + VALUE + "\\s*");
    private static final Pattern SET = Pattern.compile("\\s*" + KEY + "\\s+(in|notin)\\s*\\(([^()]*)\\)\\s*");
    private static final Pattern SET_VALUE = Pattern.compile(VALUE);

    public LabelSelector {
        requirements = List.copyOf(requirements);
    }

    /** How a requirement looks at a label. */
    enum Operator {
        EXISTS,
        ABSENT,
        IN,
        NOT_IN,
        GREATER,
        LESS
    }

    /** One of the conditions that all have to hold. */
    record Requirement(String label, Operator operator, List<String> values) {

        Requirement {
            values = List.copyOf(values);
        }

        boolean matches(Map<String, String> labels) {
            @Nullable String value = labels.get(label);
            return switch (operator) {
                case EXISTS -> value != null;
                case ABSENT -> value == null;
                case IN -> value != null && values.contains(value);
                case NOT_IN -> value == null || !values.contains(value);
                case GREATER -> compare(value) > 0;
                case LESS -> compare(value) < 0;
            };
        }

        /** The sign of the label's number against the wanted one; 0, which fits neither operator, without a number. */
        private int compare(@Nullable String value) {
            if (value == null) {
                return 0;
            }
            try {
                return Long.compare(Long.parseLong(value), Long.parseLong(values.get(0)));
            } catch (NumberFormatException notANumber) {
                return 0;
            }
        }
    }

    /**
     * Reads a selector; the empty text takes everything.
     *
     * @throws ApiStatusException 400 naming the part that cannot be read
     */
    public static LabelSelector parse(String text) {
        if (text.isBlank()) {
            return EVERYTHING;
        }
        List<Requirement> requirements = new ArrayList<>();
        for (String part : splitOutsideParentheses(text)) {
            requirements.add(requirement(part));
        }
        return new LabelSelector(requirements);
    }

    boolean matches(Map<String, String> labels) {
        for (Requirement requirement : requirements) {
            if (!requirement.matches(labels)) {
                return false;
            }
        }
        return true;
    }

    boolean takesEverything() {
        return requirements.isEmpty();
    }

    private static Requirement requirement(String part) {
        Matcher comparison = COMPARISON.matcher(part);
        if (comparison.matches()) {
            return comparison(comparison.group(1), comparison.group(2), comparison.group(3), part);
        }
        Matcher set = SET.matcher(part);
        if (set.matches()) {
            Operator operator = set.group(2).equals("in") ? Operator.IN : Operator.NOT_IN;
            return new Requirement(set.group(1), operator, setValues(set.group(3), part));
        }
        Matcher exists = EXISTS.matcher(part);
        if (exists.matches()) {
            Operator operator = exists.group(1).isEmpty() ? Operator.EXISTS : Operator.ABSENT;
            return new Requirement(exists.group(2), operator, List.of());
        }
        throw unreadable(part);
    }

    private static Requirement comparison(String label, String sign, String value, String part) {
        if (sign.equals("<") || sign.equals(">")) {
            if (!value.matches("[0-9]{1,18}")) {
                throw unreadable(part);
            }
            return new Requirement(label, sign.equals("<") ? Operator.LESS : Operator.GREATER, List.of(value));
        }
        return new Requirement(label, sign.equals("!=") ? Operator.NOT_IN : Operator.IN, List.of(value));
    }

    private static List<String> setValues(String list, String part) {
        List<String> values = new ArrayList<>();
        for (String value : list.split(",", -1)) {
            if (!SET_VALUE.matcher(value.strip()).matches()) {
                throw unreadable(part);
            }
            values.add(value.strip());
        }
        return values;
    }

    private static List<String> splitOutsideParentheses(String text) {
        List<String> parts = new ArrayList<>();
        int depth = 0;
        int start = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            depth += c == '(' ? 1 : c == ')' ? -1 : 0;
            if (c == ',' && depth == 0) {
                parts.add(text.substring(start, i));
                start = i + 1;
            }
        }
        parts.add(text.substring(start));
        return parts;
    }

    private static ApiStatusException unreadable(String part) {
        return ApiStatusException.badRequest("labelSelector: unable to parse requirement \"" + part.strip()
                + "\"; write key=value, key!=value, key in (a,b), key notin (a,b), key or !key");
    }
}
