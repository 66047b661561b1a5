package dev.kubechurn.sim.metrics;

import dev.kubechurn.core.api.ObjectKey;
import dev.kubechurn.core.api.ObjectKind;

/**
 * One object of one kind.
 *
 * @param plural {@code configmaps} or {@code secrets}
 */
public record ObjectId(String plural, ObjectKey key) implements Comparable<ObjectId> {

    public static ObjectId of(ObjectKind<?> kind, ObjectKey key) {
        return new ObjectId(kind.plural(), key);
    }

    /** Orders by kind, then key. */
    @Override
    public int compareTo(ObjectId other) {
        int byKind = plural.compareTo(other.plural);
        return byKind != 0 ? byKind : key.compareTo(other.key);
    }

    @Override
    public String toString() {
        return plural + " " + key;
    }
}
