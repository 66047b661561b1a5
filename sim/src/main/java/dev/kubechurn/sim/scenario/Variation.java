package dev.kubechurn.sim.scenario;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A field and the values that it takes in turn. Immutable.
 *
 * @param path as {@code --set} takes it
 * @param values each in YAML; at least one, no two the same
 */
public record Variation(String path, List<String> values) {

    public Variation {
        values = List.copyOf(values);
    }

    /** Of {@code --vary} options: each {@code path=value,value,…}; commas within brackets and quotes belong to a value. */
    public static List<Variation> of(List<String> options) throws ScenarioException {
        List<Variation> variations = new ArrayList<>();
        List<String> problems = new ArrayList<>();
        LinkedHashSet<String> paths = new LinkedHashSet<>();
        for (String option : options) {
            int equals = option.indexOf('=');
            String path = equals < 0 ? option : option.substring(0, equals).strip();
            List<String> values = equals < 0 ? List.of() : split(option.substring(equals + 1));
            String problem = problem(path, values, paths);
            if (problem == null) {
                variations.add(new Variation(path, values));
            } else {
                problems.add("--vary " + option + ": " + problem);
            }
        }
        if (!problems.isEmpty()) {
            throw new ScenarioException(problems);
        }
        return variations;
    }

    private static @Nullable String problem(String path, List<String> values, LinkedHashSet<String> paths) {
        if (values.isEmpty() || values.contains("")) {
            return "has no value, or an empty value; write it like cluster.nodes=100,200,500";
        }
        if (!Overrides.isPath(path)) {
            return Problems.quoted(path) + " is not a path; write it like cluster.nodes=100,200,500";
        }
        if (path.equals("seed")) {
            return "cannot be varied; use --seeds 3 to vary the seed";
        }
        if (path.equals("transport")) {
            return "cannot be varied; a sweep always runs in virtual time";
        }
        if (!paths.add(path)) {
            return "is repeated; list all its values in one --vary";
        }
        return new LinkedHashSet<>(values).size() < values.size() ? "has a duplicate value; remove it" : null;
    }

    private static List<String> split(String text) {
        List<String> values = new ArrayList<>();
        int depth = 0;
        char quote = 0;
        int start = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (quote != 0) {
                quote = c == quote ? 0 : quote;
            } else if (c == '"' || c == '\'') {
                quote = c;
            } else if (c == '{' || c == '[') {
                depth++;
            } else if (c == '}' || c == ']') {
                depth--;
            } else if (c == ',' && depth == 0) {
                values.add(text.substring(start, i).strip());
                start = i + 1;
            }
        }
        values.add(text.substring(start).strip());
        return values;
    }
}
