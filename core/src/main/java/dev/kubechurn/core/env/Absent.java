package dev.kubechurn.core.env;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What stands for members that are left out of a Kubernetes object: the empty one, as in Go. */
final class Absent {

    private Absent() {}

    static String text(@Nullable String text) {
        return text == null ? "" : text;
    }

    /** The list without elements that are null. */
    static <E> List<E> list(@Nullable List<E> list) {
        if (list == null) {
            return List.of();
        }
        for (E element : list) {
            if (element == null) {
                return list.stream().filter(Objects::nonNull).toList();
            }
        }
        return list;
    }

    static <V> Map<String, V> map(@Nullable Map<String, V> map) {
        return map == null ? Map.of() : map;
    }
}
