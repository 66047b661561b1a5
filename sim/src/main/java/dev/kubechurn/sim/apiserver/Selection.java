package dev.kubechurn.sim.apiserver;

import dev.kubechurn.core.api.ObjectKey;
import java.util.Optional;

/**
 * Which objects a list or a watch is about.
 *
 * @param namespace empty for all namespaces, and for resources that live in none
 */
public record Selection(Resource resource, String namespace, FieldSelector fields, LabelSelector labels) {

    public Selection {
        if (!resource.namespaced() && !namespace.isEmpty()) {
            throw new IllegalArgumentException(resource.plural() + " live in no namespace, not in " + namespace);
        }
    }

    /** All objects of a namespace, or of all when it is empty. */
    public static Selection of(Resource resource, String namespace) {
        return new Selection(resource, namespace, FieldSelector.EVERYTHING, LabelSelector.EVERYTHING);
    }

    /** One object. */
    public static Selection ofName(Resource resource, ObjectKey key) {
        return new Selection(resource, key.namespace(), FieldSelector.name(key.name()), LabelSelector.EVERYTHING);
    }

    /** The only object that can match, if that is certain. */
    Optional<ObjectKey> exactKey() {
        if (resource.namespaced() && scope().isEmpty()) {
            return Optional.empty();
        }
        return fields.exactName().map(name -> new ObjectKey(scope(), name));
    }

    /** The only namespace whose objects can match; empty when it may be any. */
    String scope() {
        return namespace.isEmpty() && resource.namespaced()
                ? fields.exactNamespace().orElse("")
                : namespace;
    }

    /** Whether the object's place is selected, whatever its labels. */
    boolean covers(ObjectKey key) {
        return (namespace.isEmpty() || namespace.equals(key.namespace())) && fields.matches(key);
    }

    boolean matches(StoredObject object) {
        return covers(object.key()) && labels.matches(object.labels());
    }

    boolean hasSelectors() {
        return !fields.takesEverything() || !labels.takesEverything();
    }
}
