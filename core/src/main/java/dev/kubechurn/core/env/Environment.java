package dev.kubechurn.core.env;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The variables of one container, each name once. The kubelet puts them out in random order (E3); here they are sorted
 * by name, byte by byte in UTF-8, whatever the order of sources, keys and services. Immutable.
 *
 * <p>Values may come from Secrets: {@link #toString()} tells the names only.
 */
public final class Environment {

    private final SortedMap<String, String> variables;

    private Environment(SortedMap<String, String> variables) {
        this.variables = variables;
    }

    /** Service variables, sorted as here, and over them what {@code envFrom} and {@code env} have set (E3). */
    static Environment of(SortedMap<String, String> services, Map<String, String> own) {
        SortedMap<String, String> all = new TreeMap<>(ByteOrder.INSTANCE);
        all.putAll(services); // in linear time, for they come in this order
        all.putAll(own);
        return new Environment(Collections.unmodifiableSortedMap(all));
    }

    /** Name to value, sorted by name; cannot be changed. */
    public SortedMap<String, String> variables() {
        return variables;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Environment environment && variables.equals(environment.variables);
    }

    @Override
    public int hashCode() {
        return variables.hashCode();
    }

    /** The names, without the values. */
    @Override
    public String toString() {
        return "Environment" + variables.keySet();
    }
}
