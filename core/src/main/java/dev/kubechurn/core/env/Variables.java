package dev.kubechurn.core.env;

import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/** The variables of one container while they are being made. Confined to one resolution. */
final class Variables {

    /** Of all expanded values of a container together; Linux starts no process with more than 6 MiB. */
    static final int EXPANSION_LIMIT_CHARS = 8 << 20;

    private final SortedMap<String, String> services;
    private final Map<String, String> own = new HashMap<>();
    private int expandedChars;

    Variables(SortedMap<String, String> services) {
        this.services = services;
    }

    /** Sets an own variable, over one that is there (E3, E13, E21). */
    void set(String name, String value) {
        own.put(name, value);
    }

    /** Expands the text with what is set so far and sets it (E23, E25). */
    void setExpanded(String name, String text) throws ResolutionException {
        String value = Expansion.expand(text, this::value, EXPANSION_LIMIT_CHARS - expandedChars);
        if (value == null) {
            throw new ResolutionException(new EnvironmentError.TooLarge(name, EXPANSION_LIMIT_CHARS));
        }
        expandedChars += value.length();
        set(name, value);
    }

    Environment environment() {
        return Environment.of(services, own);
    }

    private @Nullable String value(String name) {
        String value = own.get(name);
        return value != null ? value : services.get(name);
    }
}
