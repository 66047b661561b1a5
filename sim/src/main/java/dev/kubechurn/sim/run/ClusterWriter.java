package dev.kubechurn.sim.run;

import dev.kubechurn.core.api.ObjectKey;
import dev.kubechurn.core.api.ObjectKind;
import dev.kubechurn.core.api.Scheduler;
import dev.kubechurn.sim.engine.EngineThreads;
import dev.kubechurn.sim.metrics.CommitLog;
import dev.kubechurn.sim.metrics.ObjectId;
import dev.kubechurn.sim.workload.ObjectWriter;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * Writes the objects of a run into a real cluster, one after the other, at the run's pace. A creation waits until it is done;
 * updates and deletions are done behind the caller's back, in their order. Safe from any thread.
 */
final class ClusterWriter implements ObjectWriter, AutoCloseable {

    private static final long CLOSE_SECONDS = 30;

    private final KubernetesClient client;
    private final ClusterNamespaces namespaces;
    private final Scheduler scheduler;
    private final RequestPace pace;
    private final WriteGates gates;
    private final CommitLog commits;
    private final WriteMarks marks;
    private final PersistentWrites persistent;
    private final Runnable happened;
    private final Consumer<Throwable> failures;
    private final ExecutorService writes = Executors.newSingleThreadExecutor(new EngineThreads("writes"));
    private final AtomicInteger underWay = new AtomicInteger();
    private final CountDownLatch closed = new CountDownLatch(1);

    /**
     * Makes ready.
     *
     * @param marks told of each object before it is sent
     * @param persistent tries again while the server does not answer
     * @param happened told after each write that nobody waited for
     * @param failures told of what the server refuses
     */
    ClusterWriter(
            KubernetesClient client,
            ClusterNamespaces namespaces,
            Scheduler scheduler,
            RequestPace pace,
            WriteGates gates,
            CommitLog commits,
            WriteMarks marks,
            PersistentWrites persistent,
            Runnable happened,
            Consumer<Throwable> failures) {
        this.client = client;
        this.namespaces = namespaces;
        this.scheduler = scheduler;
        this.pace = pace;
        this.gates = gates;
        this.commits = commits;
        this.marks = marks;
        this.persistent = persistent;
        this.happened = happened;
        this.failures = failures;
    }

    /** How many writes wait or are being made. */
    int underWay() {
        return underWay.get();
    }

    /** One that is there already, such as the {@code kube-root-ca.crt} of a real cluster, is taken as it is. */
    @Override
    public void create(HasMetadata object) {
        ObjectId id = id(object);
        HasMetadata there = there(object);
        awaitTurn();
        persistent.run("create", id.plural(), () -> {
            long nanos = scheduler.nanos();
            marks.mark(there, nanos);
            committed(id, nanos, createOrGet(there));
        });
    }

    private HasMetadata createOrGet(HasMetadata there) {
        try {
            return client.resource(there).create();
        } catch (KubernetesClientException refusal) {
            HasMetadata present =
                    refusal.getCode() == 409 ? client.resource(there).get() : null;
            if (present == null) {
                throw refusal;
            }
            return present;
        }
    }

    @Override
    public void update(HasMetadata object) {
        ObjectId id = id(object);
        HasMetadata there = there(object);
        behind(id, "update", () -> {
            long nanos = scheduler.nanos();
            marks.mark(there, nanos);
            committed(id, nanos, put(id, there));
        });
    }

    @Override
    public void delete(ObjectKind<?> kind, ObjectKey key) {
        ObjectId id = ObjectId.of(kind, key);
        HasMetadata there = kind == ObjectKind.SECRET
                ? new SecretBuilder()
                        .withNewMetadata()
                        .withName(key.name())
                        .withNamespace(namespaces.nameOf(key.namespace()))
                        .endMetadata()
                        .build()
                : new ConfigMapBuilder()
                        .withNewMetadata()
                        .withName(key.name())
                        .withNamespace(namespaces.nameOf(key.namespace()))
                        .endMetadata()
                        .build();
        behind(id, "delete", () -> client.resource(there).delete());
    }

    /** Whatever version is there; the client's own update reads it first, which would be a request more. */
    private HasMetadata put(ObjectId id, HasMetadata there) {
        String path = "/api/v1/namespaces/" + there.getMetadata().getNamespace() + "/" + id.plural() + "/"
                + there.getMetadata().getName();
        String answer = client.raw(path, "PUT", there);
        return client.getKubernetesSerialization().unmarshal(answer, there.getClass());
    }

    private static ObjectId id(HasMetadata object) {
        ObjectKey key = new ObjectKey(
                object.getMetadata().getNamespace(), object.getMetadata().getName());
        return ObjectId.of(object instanceof Secret ? ObjectKind.SECRET : ObjectKind.CONFIG_MAP, key);
    }

    /** A copy: the caller keeps its own. */
    private HasMetadata there(HasMetadata object) {
        String namespace = namespaces.nameOf(object.getMetadata().getNamespace());
        if (object instanceof Secret secret) {
            return new SecretBuilder(secret)
                    .editMetadata()
                    .withNamespace(namespace)
                    .withResourceVersion(null)
                    .endMetadata()
                    .build();
        }
        return new ConfigMapBuilder((ConfigMap) object)
                .editMetadata()
                .withNamespace(namespace)
                .withResourceVersion(null)
                .endMetadata()
                .build();
    }

    private void behind(ObjectId id, String verb, Runnable write) {
        underWay.incrementAndGet();
        try {
            writes.execute(() -> {
                awaitTurn();
                gates.close(id);
                try {
                    if (closed.getCount() > 0) {
                        persistent.run(verb, id.plural(), write);
                    }
                } catch (EnvironmentException refused) {
                    if (closed.getCount() > 0) {
                        failures.accept(refused);
                    }
                } finally {
                    gates.open(id);
                    underWay.decrementAndGet();
                    happened.run();
                }
            });
        } catch (RejectedExecutionException runIsOver) {
            underWay.decrementAndGet();
        }
    }

    private void committed(ObjectId id, long nanos, HasMetadata written) {
        long revision = Long.parseLong(written.getMetadata().getResourceVersion());
        commits.committed(id, revision, nanos, SharedWrites.isImmutable(written));
    }

    /** The pace is a wait by its nature; the end of the run ends it. */
    private void awaitTurn() {
        try {
            if (closed.await(pace.take(), TimeUnit.NANOSECONDS)) {
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        writes.shutdown();
        closed.countDown();
        persistent.giveUp();
        try {
            if (!writes.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS)) {
                writes.shutdownNow();
            }
        } catch (InterruptedException e) {
            writes.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}
