package dev.kubechurn.bench;

import dev.kubechurn.core.api.ObjectKey;
import dev.kubechurn.core.api.ObjectKind;
import dev.kubechurn.core.manager.ObjectManager;
import dev.kubechurn.core.manager.ObjectManagers;
import dev.kubechurn.core.store.StoreListener;
import dev.kubechurn.core.store.WatchingStore;
import dev.kubechurn.sim.engine.WallClock;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A ConfigMap manager of strategy Watch on an API server in memory. */
final class ManagerState implements AutoCloseable {

    static final String NAMESPACE = "shop";

    private final WallClock clock = new WallClock(1, failure -> {
        throw new IllegalStateException(failure);
    });
    private final InMemoryApi api = new InMemoryApi();
    private final ObjectManager<ConfigMap> manager = ObjectManagers.ofConfigMaps(new WatchingStore<>(
            ObjectKind.CONFIG_MAP, api, clock, () -> 0.5, Duration.ofMinutes(1), new StoreListener<>() {}));

    ObjectManager<ConfigMap> manager() {
        return manager;
    }

    InMemoryApi api() {
        return api;
    }

    /** Registers a pod for each namespace, which names all of its objects, and lets them arrive. */
    void sync(Keys keys) {
        Map<String, List<String>> byNamespace = new TreeMap<>();
        for (int i = 0; i < keys.objects(); i++) {
            ObjectKey key = keys.key(i);
            byNamespace
                    .computeIfAbsent(key.namespace(), any -> new ArrayList<>())
                    .add(key.name());
        }
        byNamespace.forEach((namespace, names) -> {
            manager.registerPod(pod(namespace, "reader", names));
            api.answer();
        });
    }

    /** A pod in {@link #NAMESPACE} whose only container takes {@code references} ConfigMaps, from {@code first} on. */
    static Pod pod(String name, int first, int references) {
        List<String> names = new ArrayList<>();
        for (int i = first; i < first + references; i++) {
            names.add(configMap(i));
        }
        return pod(NAMESPACE, name, names);
    }

    /** A pod whose only container takes ConfigMaps as its environment. */
    static Pod pod(String namespace, String name, List<String> configMaps) {
        var spec = new PodBuilder()
                .withNewMetadata()
                .withNamespace(namespace)
                .withName(name)
                .withUid("uid-of-" + name)
                .endMetadata()
                .withNewSpec()
                .addNewContainer()
                .withName("main");
        for (String configMap : configMaps) {
            spec = spec.addNewEnvFrom()
                    .withNewConfigMapRef()
                    .withName(configMap)
                    .endConfigMapRef()
                    .endEnvFrom();
        }
        return spec.endContainer().endSpec().build();
    }

    static String configMap(int index) {
        return "config-" + index;
    }

    @Override
    public void close() {
        manager.close();
        clock.close();
    }
}
