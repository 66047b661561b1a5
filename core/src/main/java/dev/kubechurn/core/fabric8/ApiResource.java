package dev.kubechurn.core.fabric8;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapList;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.KubernetesResourceList;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretList;
import java.util.function.Function;

/**
 * A kind of object as the API names it.
 *
 * @param kind its name in an object, such as {@code ConfigMap}; a list's is this with {@code List} behind it
 * @param plural its name in a URL
 * @param kindOfList reads what a list says that it is: the model has no common method for that
 */
record ApiResource<T extends HasMetadata>(
        String kind,
        String plural,
        Class<T> type,
        Class<? extends KubernetesResourceList<T>> listType,
        Function<KubernetesResourceList<T>, String> kindOfList) {

    static ApiResource<ConfigMap> configMap() {
        return new ApiResource<>(
                "ConfigMap",
                "configmaps",
                ConfigMap.class,
                ConfigMapList.class,
                list -> ((ConfigMapList) list).getKind());
    }

    static ApiResource<Secret> secret() {
        return new ApiResource<>(
                "Secret", "secrets", Secret.class, SecretList.class, list -> ((SecretList) list).getKind());
    }

    String listKind() {
        return kind + "List";
    }
}
