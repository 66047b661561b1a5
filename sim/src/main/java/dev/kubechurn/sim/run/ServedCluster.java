package dev.kubechurn.sim.run;

import dev.kubechurn.sim.apiserver.ApiStore;
import dev.kubechurn.sim.apiserver.NamespaceLifecycle;
import dev.kubechurn.sim.apiserver.Resource;
import dev.kubechurn.sim.apiserver.http.Access;
import dev.kubechurn.sim.apiserver.http.MockApiServer;
import dev.kubechurn.sim.cluster.Cluster;
import dev.kubechurn.sim.engine.RandomStreams;
import dev.kubechurn.sim.engine.WallClock;
import dev.kubechurn.sim.faults.Faults;
import dev.kubechurn.sim.scenario.Fault;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * A mock API server by itself, for any client: with the namespaces of a fresh cluster, the objects that it was given, updates
 * to them, and faults. Safe from any thread.
 */
public final class ServedCluster implements AutoCloseable {

    private static final int TIMER_THREADS = 2;

    /** What a fresh cluster has. */
    private static final List<String> NAMESPACES = List.of("default", "kube-node-lease", "kube-public", "kube-system");

    private final RunFailure failures = new RunFailure();
    private final WallClock clock = new WallClock(TIMER_THREADS, failures);
    private final MockApiServer server;
    private final Faults faults;
    private final ConfigMapUpdates updates;

    /**
     * What to serve.
     *
     * @param address one that others can reach only with TLS and a token
     * @param port 0 for a free one
     * @param objects their namespaces are created too
     * @param seed of updates and faults
     * @param updatesPerSecond of ConfigMaps drawn uniformly, at the gaps of a Poisson process; 0: none
     * @param faults of the server; those of kubelets and of single nodes are refused
     */
    public record Settings(
            InetAddress address,
            int port,
            Access access,
            List<HasMetadata> objects,
            long seed,
            double updatesPerSecond,
            List<Fault> faults) {

        public Settings {
            objects = List.copyOf(objects);
            faults = List.copyOf(faults);
        }
    }

    private ServedCluster(Settings settings) throws IOException {
        RandomStreams streams = new RandomStreams(settings.seed());
        ApiStore store =
                new ApiStore(ApiStore.Limits.DEFAULT, clock, InstantSource.system(), streams.stream("apiserver", 0));
        updates = new ConfigMapUpdates(store, clock, streams.stream("updates", 0), settings.updatesPerSecond());
        NamespaceLifecycle namespaces = new NamespaceLifecycle(store);
        TreeSet<String> names = new TreeSet<>(NAMESPACES);
        settings.objects().stream()
                .map(object ->
                        Optional.ofNullable(object.getMetadata().getNamespace()).orElse(""))
                .filter(namespace -> !namespace.isEmpty())
                .forEach(names::add);
        names.forEach(namespaces::create);
        settings.objects().forEach(object -> put(store, object));
        server = MockApiServer.serve(store, settings.address(), settings.port(), settings.access());
        FaultyKubelets nobody = new FaultyKubelets(0, new Cluster(List.of()), clock, List.of());
        faults = new Faults(settings.faults(), new MockFaults(store, server, nobody), clock, streams);
    }

    /** An object may be one that every namespace gets. */
    private static void put(ApiStore store, HasMetadata object) {
        String namespace =
                Optional.ofNullable(object.getMetadata().getNamespace()).orElse("");
        boolean there = Resource.ofKind(object.getKind())
                .flatMap(resource ->
                        store.find(resource, namespace, object.getMetadata().getName()))
                .isPresent();
        if (there) {
            store.update(object);
        } else {
            store.create(object);
        }
    }

    /**
     * Starts.
     *
     * @throws EnvironmentException if the port is in use, or the server does not start for another reason
     * @throws UnsupportedScenarioException if a fault is none of a server
     */
    public static ServedCluster start(Settings settings) {
        for (Fault fault : settings.faults()) {
            if (!MockFaults.OF_THE_SERVER.contains(fault.action().getClass())) {
                throw new UnsupportedScenarioException(
                        "\"faults\": " + fault.name() + " affects kubelets, but kubechurn serve has none; omit it");
            }
        }
        try {
            ServedCluster served = new ServedCluster(settings);
            served.updates.start();
            served.faults.start();
            return served;
        } catch (IOException e) {
            throw new EnvironmentException(String.valueOf(e.getMessage()), e);
        }
    }

    /** Where clients find it. */
    public URI url() {
        return server.url();
    }

    /** Calls this, which must return at once, when an update or a fault fails, or has failed already: the server may be gone. */
    public void onFailure(Runnable broken) {
        failures.ends(broken);
    }

    /** What broke, if something did. */
    public Optional<Throwable> failure() {
        return failures.first();
    }

    @Override
    public void close() {
        updates.stop();
        server.close(); // first: the end of a restart would bring it up once more, which a JVM that ends does not allow
        faults.end();
        clock.close();
    }
}
