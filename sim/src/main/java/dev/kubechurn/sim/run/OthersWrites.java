package dev.kubechurn.sim.run;

import dev.kubechurn.core.api.ObjectKey;
import dev.kubechurn.core.api.ObjectKind;
import dev.kubechurn.sim.metrics.ObjectId;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.dsl.MixedOperation;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import io.fabric8.kubernetes.client.informers.cache.BasicItemStore;
import io.fabric8.kubernetes.client.informers.cache.Cache;
import io.fabric8.kubernetes.client.jdkhttp.JdkHttpClientFactory;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Follows all objects of a run in the cluster, whichever shard wrote them: two watches beside those of the kubelets, counted
 * nowhere. Without it nobody here would know that a kubelet lags behind what another shard wrote. It has a client of its own, over
 * the JDK's HTTP, whose watches are plain HTTP: over Vert.x a watch that ends at once can wait for ever, and the JDK's WebSockets
 * now and then lose what a server sends right behind its handshake, once that is more than 16 KiB.
 */
final class OthersWrites implements AutoCloseable {

    private final KubernetesClient client;
    private final ClusterNamespaces namespaces;
    private final WriteMarks marks;
    private final Runnable happened;
    private final List<SharedIndexInformer<?>> informers;

    /**
     * Begins.
     *
     * @param marks told of each version
     * @param happened told after it
     */
    OthersWrites(Config config, ClusterNamespaces namespaces, String runId, WriteMarks marks, Runnable happened) {
        this.namespaces = namespaces;
        this.marks = marks;
        this.happened = happened;
        this.client = new KubernetesClientBuilder()
                .withConfig(new ConfigBuilder(config).withOnlyHttpWatches(true).build())
                .withHttpClientFactory(new JdkHttpClientFactory())
                .build();
        this.informers = List.of(
                informer(client.configMaps(), ObjectKind.CONFIG_MAP, ConfigMap::new, runId),
                informer(client.secrets(), ObjectKind.SECRET, Secret::new, runId));
        informers.forEach(SharedIndexInformer::start);
    }

    private <T extends HasMetadata> SharedIndexInformer<T> informer(
            MixedOperation<T, ?, ?> all, ObjectKind<T> kind, Supplier<T> empty, String runId) {
        return all.inAnyNamespace()
                .withLabel(ClusterNamespaces.LABEL, runId)
                .runnableInformer(0)
                .itemStore(new NamesOnly<>(empty))
                .exceptionHandler((started, failure) -> true)
                .addEventHandler(new Seen<>(kind));
    }

    @Override
    public void close() {
        informers.forEach(SharedIndexInformer::stop);
        client.close();
    }

    /** Tells of each version. */
    private final class Seen<T extends HasMetadata> implements ResourceEventHandler<T> {

        private final ObjectKind<T> kind;

        Seen(ObjectKind<T> kind) {
            this.kind = kind;
        }

        @Override
        public void onAdd(T object) {
            seen(object);
        }

        @Override
        public void onUpdate(T before, T object) {
            seen(object);
        }

        @Override
        public void onDelete(T object, boolean unknown) {}

        private void seen(T object) {
            ObjectMeta metadata = object.getMetadata();
            ObjectKey key = new ObjectKey(namespaces.scenarioName(metadata.getNamespace()), metadata.getName());
            marks.seen(ObjectId.of(kind, key), object);
            happened.run();
        }
    }

    /** What an informer must remember of an object to tell a new version from an old one. */
    private static final class NamesOnly<T extends HasMetadata> extends BasicItemStore<T> {

        private final Supplier<T> empty;

        NamesOnly(Supplier<T> empty) {
            super(Cache::metaNamespaceKeyFunc);
            this.empty = empty;
        }

        @Override
        public @Nullable T put(String key, T object) {
            ObjectMeta metadata = new ObjectMeta();
            metadata.setNamespace(object.getMetadata().getNamespace());
            metadata.setName(object.getMetadata().getName());
            metadata.setResourceVersion(object.getMetadata().getResourceVersion());
            T bare = empty.get();
            bare.setMetadata(metadata);
            return super.put(key, bare);
        }
    }
}
