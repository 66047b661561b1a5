package dev.kubechurn.core.env;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The variables of one container, each name once. The kubelet puts them out in random order (E3); here they are sorted
 * by name, byte by byte in UTF-8, whatever the order of sources, keys and services. Immutable.
 *
 * <p>Values may come from Secrets: {@link #toString()} tells the names only.
 *
 * @param variables name to value, sorted by name
 */
public record Environment(SortedMap<String, String> variables) {

    public Environment {
        SortedMap<String, String> sorted = new TreeMap<>(ByteOrder.INSTANCE);
        sorted.putAll(variables);
        variables = Collections.unmodifiableSortedMap(sorted);
    }

    /** Service variables, sorted as here, and over them what {@code envFrom} and {@code env} have set (E3). */
    static Environment of(SortedMap<String, String> services, Map<String, String> own) {
        SortedMap<String, String> all = new TreeMap<>(ByteOrder.INSTANCE);
        all.putAll(services); // in linear time, for they come in this order
        all.putAll(own);
        return new Environment(all);
    }

    /** The names, without the values. */
    @Override
    public String toString() {
        return "Environment" + variables.keySet();
    }
}
