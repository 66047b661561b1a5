package dev.kubechurn.reports.result;

import java.util.Collections;
import java.util.Iterator;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What sets apart metrics of one name, such as {@code verb=list}; sorted by name, immutable.
 *
 * @param values label values by label name
 */
public record Labels(SortedMap<String, String> values) implements Comparable<Labels> {

    public static final Labels NONE = new Labels(Collections.emptySortedMap());

    public Labels {
        values = Collections.unmodifiableSortedMap(new TreeMap<>(values));
        values.forEach((name, value) -> {
            Names.requireName("label", name);
            Names.requireLine("label " + name, value);
        });
    }

    public static Labels of(String name, String value) {
        return NONE.and(name, value);
    }

    public static Labels of(Map<String, String> values) {
        return new Labels(new TreeMap<>(values));
    }

    /** These labels and one more, which takes the place of a label of the same name. */
    public Labels and(String name, String value) {
        SortedMap<String, String> more = new TreeMap<>(values);
        more.put(name, value);
        return new Labels(more);
    }

    public boolean isEmpty() {
        return values.isEmpty();
    }

    /** Label by label, as words are compared letter by letter; consistent with equals. */
    @Override
    public int compareTo(Labels other) {
        Iterator<Map.Entry<String, String>> theirs = other.values.entrySet().iterator();
        for (Map.Entry<String, String> mine : values.entrySet()) {
            if (!theirs.hasNext()) {
                return 1;
            }
            Map.Entry<String, String> their = theirs.next();
            int order = mine.getKey().compareTo(their.getKey());
            order = order == 0 ? mine.getValue().compareTo(their.getValue()) : order;
            if (order != 0) {
                return order;
            }
        }
        return theirs.hasNext() ? -1 : 0;
    }

    /** {@code {a=1,b=2}}, and nothing at all without labels, so that it can follow a name. */
    @Override
    public String toString() {
        return isEmpty()
                ? ""
                : values.entrySet().stream()
                        .map(label -> label.getKey() + "=" + label.getValue())
                        .collect(Collectors.joining(",", "{", "}"));
    }
}
