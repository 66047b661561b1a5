package dev.kubechurn.core.env;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.kubechurn.core.testing.Samples;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.ConfigMapEnvSource;
import io.fabric8.kubernetes.api.model.ConfigMapKeySelector;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.EnvFromSource;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.EnvVarSource;
import io.fabric8.kubernetes.api.model.ObjectFieldSelector;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.api.model.SecretEnvSource;
import io.fabric8.kubernetes.api.model.SecretKeySelector;
import io.fabric8.kubernetes.api.model.Service;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Pod {@code shop/web-0} with the containers {@code main} and {@code side} and the init container {@code setup}, its
 * node and its objects. Tests change what they are about; {@code main}'s environment is asked for.
 */
final class PodRig {

    final ObjectWorld world = new ObjectWorld();
    final Pod pod = new PodBuilder()
            .withNewMetadata()
            .withNamespace(Samples.NAMESPACE)
            .withName("web-0")
            .withUid("u-1")
            .endMetadata()
            .withNewSpec()
            .withEnableServiceLinks(true)
            .withContainers(container("main"), container("side"))
            .withInitContainers(container("setup"))
            .endSpec()
            .build();
    final Container main = pod.getSpec().getContainers().get(0);
    final List<Service> services = new ArrayList<>();
    final Map<String, Quantity> allocatable = new HashMap<>();
    List<String> hostIps = List.of();
    List<String> podIps = List.of();

    @Nullable
    String podIp;

    boolean servicesSynced = true;
    NameMode mode = NameMode.STRICT;

    Outcome resolve() {
        return world.resolve(request(), mode);
    }

    EnvironmentRequest request() {
        return request("main");
    }

    EnvironmentRequest request(String container) {
        return EnvironmentRequest.of(
                pod, container, podIp, podIps, new NodeFacts(hostIps, allocatable, services, servicesSynced));
    }

    /** The variables; fails the test if there is an error. */
    Map<String, String> variables() {
        return resolve().variables();
    }

    /** The error as {@code kind: message}. */
    String error() {
        Outcome outcome = resolve();
        return outcome.errorKind() + ": " + outcome.message();
    }

    /** An object of the pod's namespace, from keys and texts in turn. */
    PodRig configMap(String name, String... data) {
        world.add(new ConfigMapBuilder()
                .withNewMetadata()
                .withNamespace(Samples.NAMESPACE)
                .withName(name)
                .endMetadata()
                .withData(map(data))
                .build());
        return this;
    }

    /** Likewise; the texts are encoded here. */
    PodRig secret(String name, String... data) {
        Map<String, String> encoded = map(data);
        encoded.replaceAll((key, text) -> Base64.getEncoder().encodeToString(text.getBytes(UTF_8)));
        world.add(new SecretBuilder()
                .withNewMetadata()
                .withNamespace(Samples.NAMESPACE)
                .withName(name)
                .endMetadata()
                .withData(encoded)
                .build());
        return this;
    }

    PodRig fromConfigMap(@Nullable String prefix, String name, @Nullable Boolean optional) {
        main.getEnvFrom().add(new EnvFromSource(new ConfigMapEnvSource(name, optional), prefix, null));
        return this;
    }

    PodRig fromSecret(@Nullable String prefix, String name, @Nullable Boolean optional) {
        main.getEnvFrom().add(new EnvFromSource(null, prefix, new SecretEnvSource(name, optional)));
        return this;
    }

    PodRig env(String name, @Nullable String value) {
        return env(name, value, null);
    }

    PodRig env(String name, @Nullable String value, @Nullable EnvVarSource from) {
        EnvVar entry = new EnvVar();
        entry.setName(name);
        entry.setValue(value);
        entry.setValueFrom(from);
        main.getEnv().add(entry);
        return this;
    }

    PodRig env(String name, EnvVarSource from) {
        return env(name, null, from);
    }

    static EnvVarSource configMapKey(String name, String key, @Nullable Boolean optional) {
        EnvVarSource from = new EnvVarSource();
        from.setConfigMapKeyRef(new ConfigMapKeySelector(key, name, optional));
        return from;
    }

    static EnvVarSource secretKey(String name, String key, @Nullable Boolean optional) {
        EnvVarSource from = new EnvVarSource();
        from.setSecretKeyRef(new SecretKeySelector(key, name, optional));
        return from;
    }

    static EnvVarSource field(String path) {
        return field("v1", path);
    }

    static EnvVarSource field(@Nullable String apiVersion, @Nullable String path) {
        EnvVarSource from = new EnvVarSource();
        from.setFieldRef(new ObjectFieldSelector(apiVersion, path));
        return from;
    }

    private static Container container(String name) {
        return new ContainerBuilder().withName(name).build();
    }

    private static Map<String, String> map(String... data) {
        Map<String, String> map = new HashMap<>();
        for (int i = 0; i < data.length; i += 2) {
            map.put(data[i], data[i + 1]);
        }
        return map;
    }
}
