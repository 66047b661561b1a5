package dev.kubechurn.sim.run;

import dev.kubechurn.core.api.ObjectKey;
import dev.kubechurn.sim.apiserver.ApiStore;
import dev.kubechurn.sim.apiserver.ChangeType;
import dev.kubechurn.sim.apiserver.http.MockApiServer;
import dev.kubechurn.sim.engine.RandomStreams;
import dev.kubechurn.sim.engine.WallClock;
import dev.kubechurn.sim.metrics.CommitLog;
import dev.kubechurn.sim.metrics.ObjectId;
import java.io.IOException;
import java.net.InetAddress;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What a run stands on: time, an API server, and what the two tell.
 *
 * @param changes told of every change that an end may wait for
 * @param over counted down when the load is to end before its time
 * @param firstFailure the first thing that a timer or a callback of the API threw, if any
 */
record Ground(
        WallClock clock,
        Transport transport,
        CommitLog commitLog,
        Changes changes,
        CountDownLatch over,
        AtomicReference<@Nullable Throwable> firstFailure)
        implements AutoCloseable {

    private static final int TIMER_THREADS = 2;

    /**
     * Wall time and a mock API server on the loopback interface.
     *
     * @param port of the server; 0: any that is free
     * @throws EnvironmentException if the port is in use
     */
    static Ground mock(RandomStreams streams, int port) {
        AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
        CountDownLatch over = new CountDownLatch(1);
        Consumer<Throwable> failed = thrown -> {
            failure.compareAndSet(null, thrown);
            over.countDown();
        };
        WallClock clock = new WallClock(TIMER_THREADS, failed);
        CommitLog commitLog = new CommitLog();
        Changes changes = new Changes(clock::nanos);
        ApiStore store =
                new ApiStore(ApiStore.Limits.DEFAULT, clock, InstantSource.system(), streams.stream("apiserver", 0));
        store.addCommitListener((type, resource, namespace, name, revision, nanos) -> {
            if (type != ChangeType.DELETED) {
                commitLog.committed(new ObjectId(resource.plural(), new ObjectKey(namespace, name)), revision, nanos);
            }
        });
        store.addWatchListener(changes::happened);
        try {
            MockApiServer server = MockApiServer.start(store, InetAddress.getLoopbackAddress(), port);
            return new Ground(clock, new MockTransport(store, server, failed), commitLog, changes, over, failure);
        } catch (IOException e) {
            clock.close();
            throw new EnvironmentException("--port " + port + ": " + e.getMessage(), e);
        }
    }

    Optional<Throwable> failure() {
        return Optional.ofNullable(firstFailure.get());
    }

    @Override
    public void close() {
        transport.close();
        clock.close();
    }
}
