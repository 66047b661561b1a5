package dev.kubechurn.sim.run;

import dev.kubechurn.sim.apiserver.ApiStatusException;
import dev.kubechurn.sim.apiserver.ApiStore;
import dev.kubechurn.sim.apiserver.Verb;
import dev.kubechurn.sim.apiserver.http.MockApiServer;
import dev.kubechurn.sim.scenario.Fault;
import dev.kubechurn.sim.scenario.Fault.Replicas;
import dev.kubechurn.sim.scenario.Fault.Requests;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.BooleanSupplier;
import java.util.function.IntPredicate;

/**
 * Faults over HTTP: what can be done to a store, to its server and to kubelets. All kubelets share one client, so nothing can
 * be done to the way of one node; {@link Plans} refuses those faults before a run begins.
 */
final class MockFaults extends KubeletFaults {

    /** What this can do. */
    static final List<Class<? extends Fault.Action>> KNOWN = List.of(
            Fault.DropWatches.class,
            Fault.Compact.class,
            Fault.FailRequests.class,
            Fault.DelayRequests.class,
            Fault.RestartServer.class,
            Fault.StaleReads.class,
            Fault.JumpClocks.class,
            Fault.RestartKubelets.class,
            Fault.LoseNodes.class);

    /** What this can do to a server without kubelets. */
    static final List<Class<? extends Fault.Action>> OF_THE_SERVER = List.of(
            Fault.DropWatches.class,
            Fault.Compact.class,
            Fault.FailRequests.class,
            Fault.DelayRequests.class,
            Fault.RestartServer.class,
            Fault.StaleReads.class);

    private final ApiStore store;
    private final MockApiServer server;

    MockFaults(ApiStore store, MockApiServer server, FaultyKubelets kubelets) {
        super(kubelets);
        this.store = store;
        this.server = server;
    }

    @Override
    public void dropWatches(BooleanSupplier drawn) {
        store.dropWatches(watch -> drawn.getAsBoolean());
    }

    /** The open watches end without a word: their next try is answered 410. */
    @Override
    public void compact(BooleanSupplier drawn) {
        store.compactAll();
        store.dropWatches(watch -> drawn.getAsBoolean());
    }

    @Override
    public Runnable failRequests(Requests verb, int status, Duration retryAfter, BooleanSupplier drawn) {
        ApiStatusException error = ApiStatusException.injected(status, seconds(retryAfter));
        return server.faults().fail(verbs(verb), error, drawn);
    }

    /** A Retry-After header counts whole seconds. */
    private static int seconds(Duration retryAfter) {
        return Math.toIntExact(retryAfter.plusNanos(999_999_999).toSeconds());
    }

    @Override
    public Runnable delayRequests(Requests verb, Duration by, BooleanSupplier drawn) {
        return server.faults().delay(verbs(verb), by, drawn);
    }

    private static Set<Verb> verbs(Requests verb) {
        return switch (verb) {
            case ANY -> Set.of(Verb.GET, Verb.LIST, Verb.WATCH);
            case GET -> Set.of(Verb.GET);
            case LIST -> Set.of(Verb.LIST);
            case WATCH -> Set.of(Verb.WATCH);
        };
    }

    @Override
    public Runnable partition(IntPredicate nodes) {
        throw refused();
    }

    /** There is one server only, so one and all mean the same. */
    @Override
    public Runnable restartServer(Replicas replicas, SplittableRandom random) {
        try {
            Runnable comesUp = server.goDown();
            return () -> comeUp(comesUp);
        } catch (UncheckedIOException e) {
            throw away(e);
        }
    }

    private static EnvironmentException away(UncheckedIOException failure) {
        return new EnvironmentException(failure.getMessage() + " (" + failure.getCause() + ")", failure);
    }

    private static void comeUp(Runnable comesUp) {
        try {
            comesUp.run();
        } catch (UncheckedIOException e) {
            throw away(e);
        }
    }

    @Override
    public Runnable slowWatchers(IntPredicate nodes, Duration by) {
        throw refused();
    }

    @Override
    public Runnable staleReads() {
        return server.faults().staleReads();
    }

    private static IllegalStateException refused() {
        return new IllegalStateException("the plan rejects faults that are not supported over HTTP");
    }
}
