package dev.kubechurn.core.testing;

import dev.kubechurn.core.api.WatchEvent;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeBuilder;
import java.util.Arrays;
import java.util.List;

/** Small objects for tests, all in namespace {@code shop} unless they say otherwise. */
public final class Samples {

    public static final String NAMESPACE = "shop";

    private Samples() {}

    /** A ConfigMap with one key, {@code value}. */
    public static ConfigMap configMap(String name, String value) {
        return configMap(NAMESPACE, name, value);
    }

    public static ConfigMap configMap(String namespace, String name, String value) {
        return new ConfigMapBuilder()
                .withNewMetadata()
                .withNamespace(namespace)
                .withName(name)
                .endMetadata()
                .addToData("value", value)
                .build();
    }

    public static ConfigMap immutableConfigMap(String name, String value) {
        return new ConfigMapBuilder(configMap(name, value)).withImmutable(true).build();
    }

    /** A Secret with one key, {@code value}, in base64. */
    public static Secret secret(String name, String base64) {
        return new SecretBuilder()
                .withNewMetadata()
                .withNamespace(NAMESPACE)
                .withName(name)
                .endMetadata()
                .addToData("value", base64)
                .build();
    }

    /** The bookmark behind the initial events of a watch that lists. */
    public static WatchEvent.Bookmark initialEventsEnd(long revision) {
        return new WatchEvent.Bookmark(new ConfigMapBuilder()
                .withNewMetadata()
                .withResourceVersion(Long.toString(revision))
                .addToAnnotations(WatchEvent.Bookmark.INITIAL_EVENTS_END, "true")
                .endMetadata()
                .build());
    }

    /** What {@link #configMap} put in. */
    public static String value(ConfigMap configMap) {
        return String.valueOf(configMap.getData().get("value"));
    }

    /** A running pod with one volume for each ConfigMap. */
    public static Pod pod(String name, String uid, String... configMaps) {
        return podIn(NAMESPACE, name, uid, configMaps);
    }

    public static Pod podIn(String namespace, String name, String uid, String... configMaps) {
        List<Volume> volumes = Arrays.stream(configMaps)
                .map(configMap -> new VolumeBuilder()
                        .withName(configMap)
                        .withNewConfigMap()
                        .withName(configMap)
                        .endConfigMap()
                        .build())
                .toList();
        return new PodBuilder()
                .withNewMetadata()
                .withNamespace(namespace)
                .withName(name)
                .withUid(uid)
                .endMetadata()
                .withNewSpec()
                .withVolumes(volumes)
                .endSpec()
                .build();
    }
}
