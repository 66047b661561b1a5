package dev.kubechurn.bench;

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

    /** A pod whose only container takes {@code references} ConfigMaps as its environment, from {@code first} on. */
    static Pod pod(String name, int first, int references) {
        var spec = new PodBuilder()
                .withNewMetadata()
                .withNamespace(NAMESPACE)
                .withName(name)
                .withUid("uid-of-" + name)
                .endMetadata()
                .withNewSpec()
                .addNewContainer()
                .withName("main");
        for (int i = first; i < first + references; i++) {
            spec = spec.addNewEnvFrom()
                    .withNewConfigMapRef()
                    .withName(configMap(i))
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
