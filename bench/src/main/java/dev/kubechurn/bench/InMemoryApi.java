package dev.kubechurn.bench;

import dev.kubechurn.core.api.ApiError;
import dev.kubechurn.core.api.Call;
import dev.kubechurn.core.api.ObjectApi;
import dev.kubechurn.core.api.ObjectKey;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;

/**
 * An API server that has every ConfigMap but those whose name begins with {@code missing}, and answers when told to, so that
 * a benchmark measures the manager and not the network. For one thread.
 */
final class InMemoryApi implements ObjectApi<ConfigMap> {

    private static final Call NOTHING = () -> {};

    private final Queue<Runnable> answers = new ArrayDeque<>();
    private final Map<ObjectKey, WatchHandler> watches = new HashMap<>();

    @Override
    public Class<ConfigMap> type() {
        return ConfigMap.class;
    }

    @Override
    public Call list(ObjectKey key, String resourceVersion, ListHandler<ConfigMap> handler) {
        answers.add(
                () -> handler.listed("1", key.name().startsWith("missing") ? List.of() : List.of(configMap(key, "1"))));
        return NOTHING;
    }

    @Override
    public Call watch(ObjectKey key, WatchOptions options, WatchHandler handler) {
        watches.put(key, handler);
        return NOTHING;
    }

    @Override
    public Call get(ObjectKey key, String resourceVersion, GetHandler<ConfigMap> handler) {
        answers.add(() -> handler.failed(new ApiError.Status(404, "NotFound", "configmaps not found")));
        return NOTHING;
    }

    /** Gives all answers that are due. */
    void answer() {
        for (Runnable next = answers.poll(); next != null; next = answers.poll()) {
            next.run();
        }
    }

    /** Forgets all answers that are due and all watches, as a connection that is cut. */
    void drop() {
        answers.clear();
        watches.clear();
    }

    /** Forgets the watch of an object, and all answers that are due. */
    void forget(ObjectKey key) {
        answers.clear();
        watches.remove(key);
    }

    /** The open watch of an object. */
    WatchHandler watchOf(ObjectKey key) {
        return Objects.requireNonNull(watches.get(key), () -> "no watch of " + key);
    }

    static ConfigMap configMap(ObjectKey key, String resourceVersion) {
        return new ConfigMapBuilder()
                .withNewMetadata()
                .withNamespace(key.namespace())
                .withName(key.name())
                .withResourceVersion(resourceVersion)
                .endMetadata()
                .addToData("key", "value")
                .build();
    }
}
