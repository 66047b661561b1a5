package dev.kubechurn.sim.run;

import dev.kubechurn.core.api.ObjectApi;
import dev.kubechurn.core.api.ObjectKind;
import dev.kubechurn.core.api.Scheduler;
import dev.kubechurn.core.fabric8.KubernetesClients;
import dev.kubechurn.core.fabric8.KubernetesObjectApi;
import dev.kubechurn.reports.result.Metric;
import dev.kubechurn.reports.result.MetricDescriptor;
import dev.kubechurn.reports.result.Unit;
import dev.kubechurn.reports.result.ValueMetric;
import dev.kubechurn.sim.engine.EngineThreads;
import dev.kubechurn.sim.faults.FaultDomain;
import dev.kubechurn.sim.metrics.CommitLog;
import dev.kubechurn.sim.metrics.ObjectId;
import dev.kubechurn.sim.workload.ObjectWriter;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/** Simulated kubelets and a real API server: the objects are real, in namespaces of the run's own; pods are not. */
final class ClusterTransport implements Transport {

    /** Those among {@code apiserver.events}. */
    private static final String BOOKMARKS = "client.bookmarks";

    private static final int CALLBACK_THREADS = 4;

    /** For a server that does not answer when the namespaces are to be deleted. */
    private static final Duration LONGEST_FAREWELL = Duration.ofSeconds(30);

    /** Of what is no kubelet: writes, namespaces, permissions. */
    private static final int MAX_CONNECTIONS = 10;

    private final ClusterAccess access;
    private final ExecutorService callbacks;
    private final KubernetesClient client;
    private final ClusterNamespaces namespaces;
    private final RequestPace pace;
    private final ClientTally tally;
    private final WriteGates gates = new WriteGates();
    private final WriteMarks marks;
    private final Outages outages;
    private final Scheduler scheduler;
    private final ClusterKubelets kubelets;
    private final ClusterWriter writer;
    private final Optional<Sharing> sharing;
    private final Optional<ServerFigures> figures;
    private final AtomicBoolean closed = new AtomicBoolean();
    private long startNanos;

    /**
     * Connects, and creates the namespaces.
     *
     * @param ours the objects that this process writes
     * @param writesLast for how long a write is tried again while the server does not answer
     * @param happened told whenever a watch begins or ends
     * @param failures told of what the server refuses, and of what a kubelet's handler of API answers throws
     * @throws EnvironmentException if the server cannot be reached or lets this run not do what it must
     */
    ClusterTransport(
            ClusterAccess access,
            Collection<String> scenarioNamespaces,
            Set<ObjectId> ours,
            Duration writesLast,
            Scheduler scheduler,
            CommitLog commits,
            Runnable happened,
            Consumer<Throwable> failures) {
        this.access = access;
        this.scheduler = scheduler;
        this.outages = new Outages(scheduler);
        this.startNanos = scheduler.nanos();
        this.callbacks = Executors.newFixedThreadPool(CALLBACK_THREADS, new EngineThreads("api"));
        this.client = KubernetesClients.create(access.config(), callbacks, MAX_CONNECTIONS);
        this.namespaces = new ClusterNamespaces(client, access.runId());
        this.pace = new RequestPace(
                scheduler, (double) access.qps() / access.shard().count());
        this.tally = new ClientTally(happened);
        this.sharing = access.shard().isWhole()
                ? Optional.empty()
                : Optional.of(sharing(ours, scheduler, commits, happened, failures));
        this.figures = access.ownServer() ? Optional.of(new ServerFigures(client)) : Optional.empty();
        this.marks = sharing.<WriteMarks>map(Sharing::writes).orElse(WriteMarks.NONE);
        PersistentWrites persistent = new PersistentWrites(scheduler, outages, writesLast);
        this.writer = new ClusterWriter(
                client, namespaces, scheduler, pace, gates, commits, marks, persistent, happened, failures);
        this.kubelets = new ClusterKubelets(access.config(), access.asNodes(), callbacks, failures);
        try {
            ClusterPermissions.require(client, access.asNodes());
            sharing.ifPresent(with -> with.meeting().enter());
            namespaces.create(scenarioNamespaces, access.shard());
        } catch (RuntimeException refused) {
            closeAfter(refused);
            throw refused;
        }
    }

    private Sharing sharing(
            Set<ObjectId> ours,
            Scheduler scheduler,
            CommitLog commits,
            Runnable happened,
            Consumer<Throwable> failures) {
        SharedWrites writes = new SharedWrites(access.runId(), ours, commits, scheduler, InstantSource.system());
        ObjectApi<ConfigMap> direct = KubernetesObjectApi.configMaps(client, callbacks, failures);
        return new Sharing(
                new Meeting(client, namespaces, access, direct, scheduler, writes, happened),
                writes,
                new OthersWrites(access.config(), namespaces, access.runId(), writes, happened));
    }

    /** What a shard has to do with the others. */
    private record Sharing(Meeting meeting, SharedWrites writes, OthersWrites others) {}

    private void closeAfter(RuntimeException refused) {
        try {
            close();
        } catch (EnvironmentException alsoRefused) {
            refused.addSuppressed(alsoRefused);
        }
    }

    private static boolean leave(Sharing sharing) {
        sharing.others().close();
        return sharing.meeting().leave();
    }

    @Override
    public String title() {
        String part = access.shard().isWhole() ? "" : "shard " + access.shard() + " of ";
        return "the cluster at " + client.getMasterUrl() + ", " + part + "run " + access.runId() + ", at most "
                + access.qps() + " requests/s" + (part.isEmpty() ? "" : " of all shards");
    }

    @Override
    public String caution() {
        return "requests and watches are counted at the client; the delay of an update starts when its write is sent"
                + (access.shard().isWhole() ? "" : ", on the clock of the shard that sent it");
    }

    @Override
    public Optional<Meeting> meeting() {
        return sharing.map(Sharing::meeting);
    }

    @Override
    public void loadBegins() {
        kubelets.connect();
        startNanos = scheduler.nanos();
        figures.ifPresent(ServerFigures::begin);
    }

    @Override
    public List<Metric> ownFigures() {
        List<Metric> all = new ArrayList<>(kubelets.figures());
        all.add(new ValueMetric(MetricDescriptor.of(BOOKMARKS, Unit.COUNT).lowerIsBetter(), tally.bookmarks()));
        figures.ifPresent(server -> all.addAll(server.sinceBegin()));
        return all;
    }

    @Override
    public List<String> notes() {
        return outages.notes(startNanos);
    }

    @Override
    public ObjectApi<ConfigMap> configMaps(int node) {
        return paced(kubelets.configMaps(node), ObjectKind.CONFIG_MAP);
    }

    @Override
    public ObjectApi<Secret> secrets(int node) {
        return paced(kubelets.secrets(node), ObjectKind.SECRET);
    }

    private <T extends HasMetadata> ObjectApi<T> paced(ObjectApi<T> api, ObjectKind<T> kind) {
        return new ClusterApi<>(api, kind, namespaces, scheduler, pace, tally, gates, marks, outages);
    }

    @Override
    public FaultDomain faultDomain(FaultyKubelets kubelets) {
        return new ClusterFaults(kubelets);
    }

    @Override
    public int waiting() {
        return pace.waiting() + writer.underWay();
    }

    @Override
    public int underWay() {
        return tally.underWay();
    }

    @Override
    public boolean isPaced() {
        return true;
    }

    @Override
    public ObjectWriter writer() {
        return writer;
    }

    @Override
    public ServerLoad load() {
        return tally.load();
    }

    @Override
    public Map<ObjectId, Integer> openWatches() {
        return tally.openWatches();
    }

    /** A server that is down for a moment is waited for. */
    private void deleteNamespaces() {
        try {
            new PersistentWrites(scheduler, outages, LONGEST_FAREWELL).run("delete", "namespaces", namespaces::delete);
        } catch (EnvironmentException refused) {
            throw new EnvironmentException(
                    "the namespaces of this run are left in the cluster: " + refused.getMessage()
                            + "; `kubechurn cleanup --run " + access.runId() + "` deletes them once the server answers",
                    refused);
        }
    }

    /** Deletes all that the run created, unless other shards still need it. */
    @Override
    public void close() {
        if (closed.getAndSet(true)) {
            return;
        }
        writer.close();
        try {
            if (sharing.isEmpty() || leave(sharing.get())) {
                deleteNamespaces();
            }
        } finally {
            kubelets.close();
            KubernetesClients.close(client);
            callbacks.shutdownNow();
        }
    }
}
