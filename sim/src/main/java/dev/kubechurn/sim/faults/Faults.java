package dev.kubechurn.sim.faults;

import dev.kubechurn.core.api.Scheduler;
import dev.kubechurn.core.api.Timer;
import dev.kubechurn.sim.engine.RandomStreams;
import dev.kubechurn.sim.scenario.Fault;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.BooleanSupplier;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/**
 * Has the faults of a scenario strike a domain at their moments. Each draws from a stream of its own, found by its name
 * and its place among those of that name, so that one of another name changes nobody's draws. Safe from any thread.
 */
public final class Faults {

    private final FaultDomain domain;
    private final Scheduler scheduler;
    private final List<Strike> strikes = new ArrayList<>();

    // Guarded by this.
    private final Map<String, Integer> struck = new LinkedHashMap<>();
    private final List<End> lasting = new ArrayList<>();
    private boolean over;

    public Faults(List<Fault> faults, FaultDomain domain, Scheduler scheduler, RandomStreams streams) {
        this.domain = domain;
        this.scheduler = scheduler;
        Map<String, Integer> ofName = new HashMap<>();
        for (Fault fault : faults) {
            String name = fault.name();
            int occurrence = ofName.merge(name, 1, Integer::sum);
            strikes.add(new Strike(fault, name, streams.stream("fault-" + name, occurrence)));
        }
    }

    /** Counts their moments from now on. */
    public void start() {
        for (Strike strike : strikes) {
            scheduler.schedule(strike, strike.fault.moments().first().toNanos());
        }
    }

    /** Nothing strikes any more, and what lasts is over; idempotent. */
    public synchronized void end() {
        over = true;
        strikes.forEach(scheduler::cancel);
        List.copyOf(lasting).forEach(End::run);
    }

    /** How often each fault has struck, by what scenarios call it, in the order in which they began. */
    public synchronized Map<String, Integer> struck() {
        return new LinkedHashMap<>(struck);
    }

    private synchronized void strike(Strike strike) {
        if (over) {
            return;
        }
        Fault fault = strike.fault;
        struck.merge(strike.name, 1, Integer::sum);
        Runnable ends = strike.strike();
        if (ends != null) {
            End end = new End(ends);
            lasting.add(end);
            scheduler.schedule(end, fault.action().lasting().toNanos());
        }
        if (fault.moments() instanceof Fault.Every again) {
            scheduler.schedule(strike, again.every().toNanos());
        }
    }

    /** One fault of the scenario, and the timer of its next moment. */
    private final class Strike extends Timer {

        private final Fault fault;
        private final String name;
        private final SplittableRandom random;

        Strike(Fault fault, String name, SplittableRandom random) {
            this.fault = fault;
            this.name = name;
            this.random = random;
        }

        @Override
        public void fire() {
            Faults.this.strike(this);
        }

        /** Null: it is over at once. */
        @Nullable
        Runnable strike() {
            Fault.Action action = fault.action();
            if (action instanceof Fault.DropWatches drop) {
                domain.dropWatches(drawn(drop.fraction().fraction()));
            } else if (action instanceof Fault.Compact compact) {
                domain.compact(drawn(compact.watches().fraction()));
            } else if (action instanceof Fault.JumpClocks jump) {
                domain.jumpClocks(nodes(jump.nodes().fraction()), jump.by());
            } else if (action instanceof Fault.RestartKubelets restart) {
                domain.restartKubelets(nodes(restart.nodes().fraction()));
            } else if (action instanceof Fault.LoseNodes lose) {
                domain.loseNodes(nodes(lose.nodes().fraction()));
            } else {
                return begin(action);
            }
            return null;
        }

        private Runnable begin(Fault.Action action) {
            if (action instanceof Fault.FailRequests fail) {
                BooleanSupplier drawn = drawn(fail.fraction().fraction());
                return domain.failRequests(fail.verb(), fail.status(), fail.retryAfter(), drawn);
            } else if (action instanceof Fault.DelayRequests delay) {
                return domain.delayRequests(
                        delay.verb(), delay.by(), drawn(delay.fraction().fraction()));
            } else if (action instanceof Fault.Partition partition) {
                return domain.partition(nodes(partition.nodes().fraction()));
            } else if (action instanceof Fault.RestartServer restart) {
                return domain.restartServer(restart.replicas(), random);
            } else if (action instanceof Fault.SlowWatchers slow) {
                return domain.slowWatchers(nodes(slow.nodes().fraction()), slow.by());
            } else if (action instanceof Fault.StaleReads) {
                return domain.staleReads();
            }
            throw new IllegalStateException("no implementation of fault " + action);
        }

        private BooleanSupplier drawn(double fraction) {
            return () -> {
                synchronized (random) {
                    return random.nextDouble() < fraction;
                }
            };
        }

        /** So many of the nodes as come nearest to the share, but one at least where it is not nothing. */
        private IntPredicate nodes(double share) {
            int all = domain.nodes();
            int wanted = share == 0 ? 0 : Math.max(1, (int) Math.round(share * all));
            BitSet chosen = new BitSet(all);
            synchronized (random) {
                for (int node = 0; node < all && wanted > 0; node++) {
                    if (random.nextInt(all - node) < wanted) {
                        chosen.set(node);
                        wanted--;
                    }
                }
            }
            return chosen::get;
        }
    }

    /** The end of what lasts. */
    private final class End extends Timer implements Runnable {

        private final Runnable ends;

        End(Runnable ends) {
            this.ends = ends;
        }

        @Override
        public void fire() {
            run();
        }

        @Override
        public void run() {
            synchronized (Faults.this) {
                if (lasting.remove(this)) {
                    scheduler.cancel(this);
                    ends.run();
                }
            }
        }
    }
}
