package dev.kubechurn.sim.run;

import dev.kubechurn.core.api.Scheduler;
import dev.kubechurn.sim.apiserver.ApiStore;
import dev.kubechurn.sim.apiserver.ChangeType;
import dev.kubechurn.sim.apiserver.http.MockApiServer;
import dev.kubechurn.sim.apiserver.virtual.ServerModel;
import dev.kubechurn.sim.apiserver.virtual.VirtualNetwork;
import dev.kubechurn.sim.engine.EngineThreads;
import dev.kubechurn.sim.engine.RandomStreams;
import dev.kubechurn.sim.metrics.CommitLog;
import dev.kubechurn.sim.metrics.ObjectId;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * What a run stands on: time, an API server, and what the two tell.
 *
 * @param instants dates for people and files
 * @param fileWork does blocking work on files, one thing after the other
 */
record Ground(
        Passage passage,
        InstantSource instants,
        Transport transport,
        CommitLog commitLog,
        RunFailure failures,
        Executor fileWork)
        implements AutoCloseable {

    /** When virtual time begins. */
    private static final Instant VIRTUAL_START = Instant.parse("2026-01-01T00:00:00Z");

    /** Wall time and a mock API server with the usual history. */
    static Ground mock(RandomStreams streams, int port) {
        return mock(streams, port, ApiStore.Limits.DEFAULT);
    }

    /**
     * Wall time and a mock API server on the loopback interface.
     *
     * @param port of the server; 0: any that is free
     * @throws EnvironmentException if the port is in use
     */
    static Ground mock(RandomStreams streams, int port, ApiStore.Limits history) {
        RunFailure failures = new RunFailure();
        WallPassage passage = new WallPassage(failures);
        failures.ends(passage::end);
        CommitLog commitLog = new CommitLog();
        ApiStore store = store(history, passage, InstantSource.system(), streams, commitLog);
        try {
            MockApiServer server = MockApiServer.start(store, InetAddress.getLoopbackAddress(), port);
            Transport transport = new MockTransport(store, server, failures);
            ExecutorService files = Executors.newSingleThreadExecutor(new EngineThreads("volumes"));
            return new Ground(passage, InstantSource.system(), transport, commitLog, failures, files);
        } catch (IOException e) {
            passage.close();
            throw new EnvironmentException("--port " + port + ": " + e.getMessage(), e);
        } catch (RuntimeException e) {
            passage.close();
            throw e;
        }
    }

    /**
     * Wall time and a real API server.
     *
     * @param namespaces of the scenario
     * @param ours the objects that this process writes
     * @param writesLast for how long a write is tried again while the server does not answer
     * @throws EnvironmentException if it cannot be reached, or refuses what the run must do
     */
    static Ground cluster(
            ClusterAccess access, Collection<String> namespaces, Set<ObjectId> ours, Duration writesLast) {
        RunFailure failures = new RunFailure();
        WallPassage passage = new WallPassage(failures);
        failures.ends(passage::end);
        CommitLog commitLog = new CommitLog();
        try {
            Transport transport = new ClusterTransport(
                    access, namespaces, ours, writesLast, passage.scheduler(), commitLog, passage::happened, failures);
            ExecutorService files = Executors.newSingleThreadExecutor(new EngineThreads("volumes"));
            return new Ground(passage, InstantSource.system(), transport, commitLog, failures, files);
        } catch (RuntimeException e) {
            passage.close();
            throw e;
        }
    }

    /** Virtual time and an API server that answers at once. */
    static Ground virtual(RandomStreams streams) {
        return virtual(streams, ServerModel.INSTANT, ApiStore.Limits.DEFAULT);
    }

    /** Virtual time and a model of an API server. */
    static Ground virtual(RandomStreams streams, ServerModel model, ApiStore.Limits history) {
        RunFailure failures = new RunFailure();
        VirtualPassage passage = new VirtualPassage();
        failures.ends(passage::end);
        Scheduler scheduler = passage.scheduler();
        InstantSource instants = () -> VIRTUAL_START.plusNanos(scheduler.nanos());
        CommitLog commitLog = new CommitLog();
        ApiStore store = store(history, passage, instants, streams, commitLog);
        Transport transport = new VirtualTransport(store, new VirtualNetwork(store, scheduler, model, streams));
        return new Ground(passage, instants, transport, commitLog, failures, Runnable::run);
    }

    private static ApiStore store(
            ApiStore.Limits history,
            Passage passage,
            InstantSource instants,
            RandomStreams streams,
            CommitLog commitLog) {
        ApiStore store = new ApiStore(history, passage.scheduler(), instants, streams.stream("apiserver", 0));
        store.addCommitListener((type, object, nanos) -> {
            ObjectId id = new ObjectId(object.resource().plural(), object.key());
            if (type == ChangeType.DELETED) {
                commitLog.deleted(id, object.revision(), nanos);
            } else {
                commitLog.committed(id, object.revision(), nanos, object.immutable());
            }
        });
        store.addWatchListener(passage::happened);
        return store;
    }

    Optional<Throwable> failure() {
        return failures.first();
    }

    @Override
    public void close() {
        if (fileWork instanceof ExecutorService files) {
            finish(files);
        }
        transport.close();
        passage.close();
    }

    private static void finish(ExecutorService files) {
        files.shutdown();
        try {
            if (!files.awaitTermination(30, TimeUnit.SECONDS)) {
                files.shutdownNow();
            }
        } catch (InterruptedException e) {
            files.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}
