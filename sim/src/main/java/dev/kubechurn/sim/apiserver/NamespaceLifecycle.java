package dev.kubechurn.sim.apiserver;

import dev.kubechurn.core.api.ObjectKey;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a cluster does about namespaces: an object needs one, a new one gets its {@code kube-root-ca.crt}, and one that is
 * deleted takes all its objects with it. Everything happens at once; there is no phase Terminating. Safe from any thread.
 */
public final class NamespaceLifecycle {

    /** The ConfigMap that every namespace has. */
    public static final String ROOT_CA = "kube-root-ca.crt";

    private static final String CERTIFICATE = "an example certificate\n".repeat(48);
    private static final String NAME_LABEL = "kubernetes.io/metadata.name";

    private final ApiStore store;

    public NamespaceLifecycle(ApiStore store) {
        this.store = store;
    }

    /**
     * Refuses what has no namespace to live in.
     *
     * @throws ApiStatusException 404 if what is to be created lives in a namespace that is not there
     */
    public void requireNamespace(Resource resource, String namespace) {
        if (resource.namespaced()
                && store.find(Resource.NAMESPACES, "", namespace).isEmpty()) {
            throw ApiStatusException.notFound(Resource.NAMESPACES, namespace);
        }
    }

    /** Creates a namespace, and in it what every namespace has. */
    public StoredObject create(ObjectNode namespace) {
        complete(namespace);
        StoredObject created = store.create(Resource.NAMESPACES, "", namespace);
        fill(created.key().name());
        return created;
    }

    private static void complete(ObjectNode namespace) {
        if (namespace.get("metadata") instanceof ObjectNode metadata) {
            ObjectNode labels =
                    metadata.get("labels") instanceof ObjectNode there ? there : metadata.putObject("labels");
            labels.put(NAME_LABEL, ObjectCodec.text(metadata, "name"));
        }
        ObjectNode spec = namespace.get("spec") instanceof ObjectNode there ? there : namespace.putObject("spec");
        if (!spec.has("finalizers")) {
            spec.putArray("finalizers").add("kubernetes");
        }
        namespace.putObject("status").put("phase", "Active");
    }

    /** Creates one, if it is not there. */
    public void create(String namespace) {
        if (store.find(Resource.NAMESPACES, "", namespace).isPresent()) {
            return;
        }
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        object.putObject("metadata").put("name", namespace);
        create(object);
    }

    private void fill(String namespace) {
        if (store.find(Resource.CONFIGMAPS, namespace, ROOT_CA).isPresent()) {
            return;
        }
        store.create(new ConfigMapBuilder()
                .withNewMetadata()
                .withNamespace(namespace)
                .withName(ROOT_CA)
                .endMetadata()
                .addToData("ca.crt", CERTIFICATE)
                .build());
    }

    /** Deletes all that lives in a namespace. */
    public void empty(String namespace) {
        for (Resource resource : Resource.values()) {
            if (resource.namespaced()) {
                Selection all = Selection.of(resource, namespace);
                store.list(ListRequest.newest(all)).items().forEach(object -> delete(object.resource(), object.key()));
            }
        }
    }

    private void delete(Resource resource, ObjectKey key) {
        try {
            store.delete(resource, key, ApiStore.Preconditions.NONE);
        } catch (ApiStatusException gone) {
            if (gone.code() != 404) {
                throw gone;
            }
        }
    }
}
