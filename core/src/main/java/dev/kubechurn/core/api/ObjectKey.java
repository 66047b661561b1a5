package dev.kubechurn.core.api;

import static java.util.Objects.requireNonNull;

/** The namespace and name of one object; its kind follows from where the key is used. */
public record ObjectKey(String namespace, String name) implements Comparable<ObjectKey> {

    public ObjectKey {
        requireNonNull(namespace, "namespace");
        requireNonNull(name, "name");
    }

    @Override
    public boolean equals(Object other) {
        return this == other
                || (other instanceof ObjectKey key && name.equals(key.name) && namespace.equals(key.namespace));
    }

    /** Namespaces and names are often numbered: 31 times the one plus the other would be the same for many keys. */
    @Override
    public int hashCode() {
        return namespace.hashCode() * 0x9E37_79B1 + name.hashCode();
    }

    /** Orders by namespace, then name, by code unit: the same on every machine. */
    @Override
    public int compareTo(ObjectKey other) {
        int byNamespace = namespace.compareTo(other.namespace);
        return byNamespace != 0 ? byNamespace : name.compareTo(other.name);
    }

    /** {@code namespace/name}, as kubectl writes it. */
    @Override
    public String toString() {
        return namespace + "/" + name;
    }
}
