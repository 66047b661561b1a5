package dev.kubechurn.sim.apiserver;

import dev.kubechurn.core.api.ObjectKey;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import java.util.Map;
import java.util.SplittableRandom;

/** A store on a manual clock, and short words for what tests do with it. */
final class StoreFixture {

    final ManualScheduler scheduler = new ManualScheduler();
    final ApiStore store;

    StoreFixture() {
        this(ApiStore.Limits.DEFAULT, 1);
    }

    StoreFixture(ApiStore.Limits limits, long seed) {
        store = new ApiStore(limits, scheduler, scheduler, new SplittableRandom(seed));
    }

    static ConfigMap configMap(String namespace, String name, String value) {
        return configMap(namespace, name, value, Map.of());
    }

    static ConfigMap configMap(String namespace, String name, String value, Map<String, String> labels) {
        return new ConfigMapBuilder()
                .withNewMetadata()
                .withNamespace(namespace)
                .withName(name)
                .withLabels(labels)
                .endMetadata()
                .addToData("key", value)
                .build();
    }

    StoredObject create(String namespace, String name) {
        return store.create(configMap(namespace, name, "first"));
    }

    StoredObject update(String namespace, String name, String value) {
        return store.update(configMap(namespace, name, value));
    }

    StoredObject delete(String namespace, String name) {
        return store.delete(Resource.CONFIGMAPS, namespace, name);
    }

    RecordingSink watch(Selection selection, String resourceVersion) {
        RecordingSink sink = new RecordingSink();
        store.watch(WatchRequest.from(selection, resourceVersion), sink);
        return sink;
    }

    ConfigMap read(StoredObject object) {
        return store.codec().typed(object, ConfigMap.class);
    }

    static Selection all() {
        return Selection.of(Resource.CONFIGMAPS, "");
    }

    static Selection inNamespace(String namespace) {
        return Selection.of(Resource.CONFIGMAPS, namespace);
    }

    static Selection named(String namespace, String name) {
        return Selection.ofName(Resource.CONFIGMAPS, new ObjectKey(namespace, name));
    }

    static Selection labelled(String labelSelector) {
        return new Selection(Resource.CONFIGMAPS, "", FieldSelector.EVERYTHING, LabelSelector.parse(labelSelector));
    }
}
