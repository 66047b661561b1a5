package dev.kubechurn.sim.apiserver;

import dev.kubechurn.core.api.ObjectKey;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Which objects a list or a watch is about. Immutable. */
public final class Selection {

    private final Resource resource;
    private final String namespace;
    private final FieldSelector fields;
    private final LabelSelector labels;
    private final String scope;
    private final @Nullable ObjectKey exactKey;

    /** Where a store keeps the one object, if the selection is that store's own. */
    private final @Nullable ObjectPlace place;

    /** @param namespace empty for all namespaces, and for resources that live in none */
    public Selection(Resource resource, String namespace, FieldSelector fields, LabelSelector labels) {
        this(resource, namespace, fields, labels, null, null);
    }

    /** @param key that of the one object, if there is a key at hand that need not be made again */
    private Selection(
            Resource resource,
            String namespace,
            FieldSelector fields,
            LabelSelector labels,
            @Nullable ObjectKey key,
            @Nullable ObjectPlace place) {
        if (!resource.namespaced() && !namespace.isEmpty()) {
            throw new IllegalArgumentException(
                    resource.plural() + " are cluster-scoped, not in namespace " + namespace);
        }
        this.resource = resource;
        this.namespace = namespace;
        this.fields = fields;
        this.labels = labels;
        this.scope = namespace.isEmpty() && resource.namespaced()
                ? fields.exactNamespace().orElse("")
                : namespace;
        this.exactKey = exactKey(key);
        this.place = place;
    }

    private @Nullable ObjectKey exactKey(@Nullable ObjectKey known) {
        if (resource.namespaced() && scope.isEmpty()) {
            return null;
        }
        return known != null
                ? known
                : fields.exactName().map(name -> new ObjectKey(scope, name)).orElse(null);
    }

    /** All objects of a namespace, or of all when it is empty. */
    public static Selection of(Resource resource, String namespace) {
        return new Selection(resource, namespace, FieldSelector.EVERYTHING, LabelSelector.EVERYTHING);
    }

    /** One object. */
    public static Selection ofName(Resource resource, ObjectKey key) {
        return ofName(resource, key, null);
    }

    /** The object at a place. */
    static Selection of(Resource resource, ObjectPlace place) {
        return ofName(resource, place.key(), place);
    }

    private static Selection ofName(Resource resource, ObjectKey key, @Nullable ObjectPlace place) {
        FieldSelector name = FieldSelector.name(key.name());
        return new Selection(resource, key.namespace(), name, LabelSelector.EVERYTHING, key, place);
    }

    public Resource resource() {
        return resource;
    }

    /** Empty for all namespaces, and for resources that live in none. */
    public String namespace() {
        return namespace;
    }

    public FieldSelector fields() {
        return fields;
    }

    public LabelSelector labels() {
        return labels;
    }

    /** The only object that can match, if that is certain. */
    @Nullable
    ObjectKey exactKey() {
        return exactKey;
    }

    /** Where a store keeps the only object that can match, if this was made for that place. */
    @Nullable
    ObjectPlace place() {
        return place;
    }

    /** The only namespace whose objects can match; empty when it may be any. */
    String scope() {
        return scope;
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

    @Override
    public boolean equals(Object other) {
        return this == other
                || (other instanceof Selection selection
                        && resource == selection.resource
                        && namespace.equals(selection.namespace)
                        && fields.equals(selection.fields)
                        && labels.equals(selection.labels));
    }

    @Override
    public int hashCode() {
        return Objects.hash(resource, namespace, fields, labels);
    }
}
