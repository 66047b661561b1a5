package dev.kubechurn.sim.run;

import dev.kubechurn.core.api.ApiError;
import dev.kubechurn.sim.apiserver.virtual.KubeletVerb;
import dev.kubechurn.sim.apiserver.virtual.NetworkFaults;
import dev.kubechurn.sim.apiserver.virtual.VirtualNetwork;
import dev.kubechurn.sim.scenario.Fault.Replicas;
import dev.kubechurn.sim.scenario.Fault.Requests;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/** Faults in virtual time: of the modelled network and of the kubelets. */
final class VirtualFaults extends KubeletFaults {

    private final VirtualNetwork network;
    private final NetworkFaults faults;
    private int stale;

    VirtualFaults(VirtualNetwork network, FaultyKubelets kubelets) {
        super(kubelets);
        this.network = network;
        this.faults = network.faults();
    }

    @Override
    public void dropWatches(BooleanSupplier drawn) {
        faults.dropWatches(drawn);
    }

    @Override
    public void compact(BooleanSupplier drawn) {
        faults.expireWatches(drawn);
    }

    @Override
    public Runnable failRequests(Requests verb, int status, Duration retryAfter, BooleanSupplier drawn) {
        @Nullable Duration after = retryAfter.isZero() ? null : retryAfter;
        ApiError.Status error = new ApiError.Status(status, "", "injected", List.of(), after);
        return each(verb, one -> faults.fail(one, error, drawn));
    }

    @Override
    public Runnable delayRequests(Requests verb, Duration by, BooleanSupplier drawn) {
        return each(verb, one -> faults.delay(one, by.toNanos(), drawn));
    }

    private static Runnable each(Requests verb, Function<KubeletVerb, Runnable> begin) {
        List<Runnable> ends = new ArrayList<>();
        for (KubeletVerb one : verbs(verb)) {
            ends.add(begin.apply(one));
        }
        return () -> ends.forEach(Runnable::run);
    }

    private static List<KubeletVerb> verbs(Requests verb) {
        return switch (verb) {
            case ANY -> List.of(KubeletVerb.values());
            case GET -> List.of(KubeletVerb.GET);
            case LIST -> List.of(KubeletVerb.LIST);
            case WATCH -> List.of(KubeletVerb.WATCH);
        };
    }

    @Override
    public Runnable partition(IntPredicate nodes) {
        return faults.partition(nodes);
    }

    @Override
    public Runnable restartServer(Replicas replicas, SplittableRandom random) {
        return replicas == Replicas.ALL ? faults.takeDownAll() : faults.takeDown(random.nextInt(faults.replicas()));
    }

    @Override
    public Runnable slowWatchers(IntPredicate nodes, Duration by) {
        return faults.slowWatchers(nodes, by.toNanos());
    }

    /** The first one counts: a cache that stands still does not follow in between. */
    @Override
    public Runnable staleReads() {
        if (stale++ == 0) {
            faults.staleReads();
        }
        return () -> {
            if (--stale == 0) {
                faults.freshReads();
            }
        };
    }

    @Override
    public void loseNodes(IntPredicate nodes) {
        super.loseNodes(nodes);
        network.quiet(nodes);
    }
}
