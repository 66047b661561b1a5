package dev.kubechurn.core.manager;

import dev.kubechurn.core.api.ObjectApi;
import dev.kubechurn.core.api.ObjectKind;
import dev.kubechurn.core.pod.PodReferences;
import dev.kubechurn.core.store.DirectStore;
import dev.kubechurn.core.store.ObjectStore;
import dev.kubechurn.core.store.StoreListener;
import dev.kubechurn.core.store.TtlStore;
import dev.kubechurn.core.store.WatchingStore;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Secret;
import java.util.Collection;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Makes managers, and the stores of the three strategies. */
public final class ObjectManagers {

    private ObjectManagers() {}

    /** A manager of one kind by one strategy, with a store of its own (M1). */
    public static <T extends HasMetadata> ObjectManager<T> of(
            Strategy strategy,
            ObjectKind<T> kind,
            ObjectApi<T> api,
            StoreSettings settings,
            StoreListener<? super T> listener) {
        return of(kind, store(strategy, kind, api, settings, listener));
    }

    /** A manager of one kind that keeps its objects in the store, which it closes with itself. */
    public static <T extends HasMetadata> ObjectManager<T> of(ObjectKind<T> kind, ObjectStore<T> store) {
        return of(store, kind.equals(ObjectKind.SECRET) ? PodReferences::secrets : PodReferences::configMaps);
    }

    /** A manager of ConfigMaps that keeps its objects in the store, which it closes with itself. */
    public static ObjectManager<ConfigMap> ofConfigMaps(ObjectStore<ConfigMap> store) {
        return of(ObjectKind.CONFIG_MAP, store);
    }

    /** A manager of Secrets that keeps its objects in the store, which it closes with itself. */
    public static ObjectManager<Secret> ofSecrets(ObjectStore<Secret> store) {
        return of(ObjectKind.SECRET, store);
    }

    /**
     * The store of a strategy.
     *
     * @param listener hears what becomes of the entries; with {@link Strategy#GET} there are none, so it hears nothing
     */
    public static <T extends HasMetadata> ObjectStore<T> store(
            Strategy strategy,
            ObjectKind<T> kind,
            ObjectApi<T> api,
            StoreSettings settings,
            StoreListener<? super T> listener) {
        return switch (strategy) {
            case WATCH ->
                new WatchingStore<>(
                        kind,
                        api,
                        settings.scheduler(),
                        settings.random(),
                        settings.resync(),
                        settings.reflectors(),
                        listener);
            case CACHE -> new TtlStore<>(api, settings.scheduler(), settings.ttl(), listener);
            case GET -> new DirectStore<>(api);
        };
    }

    /**
     * A manager that keeps its objects in the store, which it closes with itself.
     *
     * @param namesOf the names that a spec holds, see {@link CacheBasedManager}
     */
    public static <T extends HasMetadata> ObjectManager<T> of(
            ObjectStore<T> store, Function<@Nullable PodSpec, ? extends Collection<String>> namesOf) {
        return store instanceof DirectStore<T> direct
                ? new DirectManager<>(direct)
                : new CacheBasedManager<>(store, namesOf);
    }
}
