package dev.kubechurn.bench;

import dev.kubechurn.core.api.ApiError;
import dev.kubechurn.core.api.Call;
import dev.kubechurn.core.api.ObjectApi;
import dev.kubechurn.core.api.ObjectKey;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;

/**
 * An API server that has every ConfigMap and answers when told to, so that a benchmark measures the manager and not the
 * network. For one thread.
 */
final class InMemoryApi implements ObjectApi<ConfigMap> {

    private final Queue<Runnable> answers = new ArrayDeque<>();

    @Override
    public Class<ConfigMap> type() {
        return ConfigMap.class;
    }

    @Override
    public Call list(ObjectKey key, String resourceVersion, ListHandler<ConfigMap> handler) {
        answers.add(() -> handler.listed("1", List.of(configMap(key))));
        return () -> {};
    }

    @Override
    public Call watch(ObjectKey key, WatchOptions options, WatchHandler handler) {
        return () -> {};
    }

    @Override
    public Call get(ObjectKey key, String resourceVersion, GetHandler<ConfigMap> handler) {
        answers.add(() -> handler.failed(new ApiError.Status(404, "NotFound", "configmaps not found")));
        return () -> {};
    }

    /** Gives all answers that are due. */
    void answer() {
        for (Runnable next = answers.poll(); next != null; next = answers.poll()) {
            next.run();
        }
    }

    /** Forgets all answers that are due, as a connection that is cut. */
    void drop() {
        answers.clear();
    }

    private static ConfigMap configMap(ObjectKey key) {
        return new ConfigMapBuilder()
                .withNewMetadata()
                .withNamespace(key.namespace())
                .withName(key.name())
                .withResourceVersion("1")
                .endMetadata()
                .addToData("key", "value")
                .build();
    }
}
