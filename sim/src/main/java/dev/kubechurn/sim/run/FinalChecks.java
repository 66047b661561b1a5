package dev.kubechurn.sim.run;

import dev.kubechurn.sim.apiserver.virtual.NetworkFigures;
import dev.kubechurn.sim.check.Check;
import dev.kubechurn.sim.check.Violations;
import dev.kubechurn.sim.cluster.Cluster;
import dev.kubechurn.sim.cluster.OneMoreRead;
import dev.kubechurn.sim.cluster.SimulatedNode;
import dev.kubechurn.sim.metrics.ObjectId;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;

/** The checks that need quiet: nothing is under way any more, and nothing will begin by itself. */
final class FinalChecks {

    /** How long the Watch strategy may take to come to rest: a few of the reflector's first waits (R11). */
    private static final Duration LIMIT = Duration.ofSeconds(15);

    /**
     * After faults, and in virtual time, where the server can be as slow as its model says: some of the reflector's longest
     * waits (R11). Events that a fault has slowed down take that much longer.
     */
    private static final Duration LONG_LIMIT = Duration.ofMinutes(3);

    private static final int MOST_LIMITS = 20;

    /** Of reading once more what was not as it should be. */
    private static final int MOST_ROUNDS = 5;

    private final Cluster cluster;
    private final Transport transport;
    private final Passage passage;
    private final Violations violations;
    private final Duration limit;
    private final boolean endedBefore;

    /** The run has ended at a violation: nothing has come to rest, and nothing is looked at. */
    private final boolean brokenOff;

    /** Whether the server refused something within the last limit that was waited for. */
    private boolean refusals;

    FinalChecks(Cluster cluster, Transport transport, Passage passage, Violations violations, boolean longWaits) {
        this.cluster = cluster;
        this.transport = transport;
        this.passage = passage;
        this.violations = violations;
        this.endedBefore = passage.ended();
        this.limit = longWaits && !endedBefore ? LONG_LIMIT.plus(transport.slowest()) : LIMIT;
        this.brokenOff = violations.total() > 0;
        if (brokenOff) {
            for (Check check : Check.values()) {
                violations.cannotTell(check, "not fully checked: the run ended at its first violation");
            }
        }
    }

    /**
     * With all pods still there and none coming or going: everything converges, and the open watches are those that
     * entries need.
     */
    void whileRunning() throws InterruptedException {
        if (brokenOff) {
            return;
        }
        if (!await(this::atRest)) {
            tellWhoIsBehind();
            compareWatches();
        }
        cluster.checkReferences();
    }

    /**
     * A kubelet that asks for nothing and lacks something will never have it, whatever others ask for; unless it was refused
     * and waits to ask again.
     */
    private void tellWhoIsBehind() {
        List<SimulatedNode> behind =
                cluster.nodes().stream().filter(node -> node.behind() > 0).toList();
        List<SimulatedNode> idle = behind.stream()
                .filter(node -> transport.underWay(node.index()) == 0)
                .toList();
        if (refusals || transport.waiting() > 0 || idle.isEmpty() != behind.isEmpty()) {
            cannotTell("not checked: requests were still queued, rejected or in flight long after the load");
        } else {
            idle.forEach(SimulatedNode::tellWhatIsBehind);
        }
    }

    private void cannotTell(String why) {
        violations.cannotTell(Check.CONVERGENCE, why);
        violations.cannotTell(Check.TRUTH, why);
    }

    /**
     * A kubelet that does not follow its objects has what is new after the life of a value and one read of it. The first
     * read may still be answered by a fetch that was under way (S32); a server that is overloaded may refuse some, and a cache
     * then gives what it has (S25).
     *
     * @param patience the longest life that is waited for
     */
    void afterOneMoreRead(Duration life, Duration patience) throws InterruptedException {
        if (brokenOff) {
            return;
        }
        if (life.compareTo(patience) > 0) {
            cannotTell("not checked: values are cached for " + life.toSeconds() + " s, longer than the run could wait");
            return;
        }
        OneMoreRead reads = new OneMoreRead(cluster);
        long refused = 0;
        for (int i = 0; i < MOST_ROUNDS && !reads.agree() && !interrupted(); i++) {
            passage.await(this::interrupted, life);
            refused = refused();
            reads.read();
            await(reads::answered);
        }
        if (reads.agree()) {
            return;
        }
        if (reads.told() && refused() == refused && !interrupted()) {
            reads.tellWhatDiffers();
        } else {
            cannotTell("not checked: requests were rejected or in flight long after the load");
        }
    }

    /** What the kubelets follow is what they give to those who read it (check 2, 7); no request is sent for it. */
    void fromMemory() {
        if (!brokenOff && !interrupted()) {
            cluster.nodes().forEach(SimulatedNode::checkWhatIsHeld);
        }
    }

    /** Whether somebody wants to see the end while the checks are being made. */
    private boolean interrupted() {
        return passage.ended() && !endedBefore;
    }

    private long refused() {
        return transport.modelFigures().stream()
                .flatMap(figures -> figures.replicas().stream())
                .mapToLong(NetworkFigures.OfReplica::rejected)
                .sum();
    }

    /**
     * As long as something is under way, or was and may be tried again, the limit begins anew, a number of times: a server
     * can be as slow as it likes, and a kubelet that was refused asks again after a wait that nobody sees.
     */
    private boolean await(BooleanSupplier condition) throws InterruptedException {
        for (int i = 0; i < MOST_LIMITS; i++) {
            boolean quietBefore = nothingIsUnderWay();
            long refusedBefore = refused();
            if (passage.await(() -> condition.getAsBoolean() || interrupted(), limit)) {
                return condition.getAsBoolean();
            }
            refusals = refused() != refusedBefore;
            if (passage.ended() || (quietBefore && !refusals && nothingIsUnderWay())) {
                return false;
            }
        }
        return false;
    }

    private boolean nothingIsUnderWay() {
        return transport.waiting() == 0 && transport.underWay() == 0;
    }

    /** Timers, and requests that have none because they wait for a stream or a place. */
    private int left() {
        return passage.pendingTimers() + transport.waiting();
    }

    /** In a large cluster some watch is always being opened anew: as many may be missing as are under way, none more. */
    private boolean atRest() {
        if (cluster.behind() > 0) {
            return false;
        }
        WatchDifference difference = difference();
        return difference.surplus().isEmpty() && difference.missingWatches() <= transport.underWay();
    }

    /** Lets the pods go on syncing until each has seen the newest version of what it mounts, or the limit is over. */
    void untilVolumesCaughtUp(Duration limit) throws InterruptedException {
        passage.await(() -> passage.ended() || cluster.caughtUp(), limit);
    }

    /** After the last pod: no watch and no timer is left. */
    void afterTheLastPod() throws InterruptedException {
        if (brokenOff) {
            cluster.close();
            return;
        }
        if (!await(() -> transport.openWatches().isEmpty())) {
            compareWatches();
        }
        cluster.checkReferences();
        cluster.close();
        // A read that found its entry gone still waits out its second (S13).
        if (!awaitNoTimers()) {
            violations.add(Check.NO_LEAK, passage.pendingTimers() + " timers are still pending after the last pod");
        }
    }

    /** Requests that nobody waits for any more are sent all the same, and a kubelet's own limit may spread them far. */
    private boolean awaitNoTimers() throws InterruptedException {
        int fewest = left();
        int inVain = 0;
        while (!passage.awaitNoTimers(limit)) {
            int left = left();
            if (passage.ended()) {
                return false;
            }
            if (left < fewest) {
                fewest = left;
                inVain = 0;
            } else if (transport.underWay() == 0 || ++inVain == MOST_LIMITS) {
                return false;
            }
        }
        return true;
    }

    private void compareWatches() {
        WatchDifference difference = difference();
        difference.surplus().forEach(this::differs);
        if (!refusals && transport.waiting() == 0 && difference.missingWatches() > transport.underWay()) {
            difference.missing().forEach(this::differs);
        }
    }

    private WatchDifference difference() {
        return WatchDifference.between(transport.openWatches(), cluster.neededWatches());
    }

    private void differs(ObjectId id, WatchDifference.Counts counts) {
        violations.add(
                Check.NO_LEAK, id + " has " + counts.open() + " open watches, but the nodes need " + counts.needed());
    }
}
