package dev.kubechurn.sim.apiserver.virtual;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kubechurn.core.api.ApiError;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

/** What a network can be told to break, with two kubelets: gets 10 ms, lists 20, watches 30, events 5. */
final class NetworkFaultsTest {

    private static final int REPLICAS = 2;

    private final NetworkRig rig = new NetworkRig(
            new ServerModel(NetworkRig.latency(10, 20, 30, 5), REPLICAS, Integer.MAX_VALUE, 0, 0, 0, 0, 0));
    private final VirtualConnection first = rig.network.connect(0);
    private final VirtualConnection second = rig.network.connect(1);

    @Test
    void onlyTheWatchesThatAreDrawnAreDropped() {
        rig.watch(first, "a", "2");
        rig.watch(second, "b", "2");
        rig.watch(first, "c", "2");
        rig.advance(30);
        rig.network.faults().dropWatches(drawing(false, true, false));
        rig.advance(10);
        assertThat(rig.log).containsExactly("35 b closed");
        assertThat(rig.store.openWatchCount()).isEqualTo(2);
    }

    /** 410 comes in all its three forms: as an event, at a watch from an older version, at none that starts from now. */
    @Test
    void compactionEndsTheDrawnWithAnEventAndRefusesTheOld() {
        rig.commitOther();
        rig.watch(first, "a", "3");
        rig.watch(second, "b", "3");
        rig.advance(30);
        rig.network.faults().expireWatches(drawing(true, false));
        rig.watch(first, "old", "2");
        rig.watch(first, "new", "3");
        rig.advance(30);
        assertThat(rig.log).containsExactly("35 a error 410", "35 a closed", "60 old failed 410");
        rig.update("later");
        rig.advance(5);
        assertThat(rig.log.subList(3, rig.log.size()))
                .containsExactlyInAnyOrder("65 b modified 4", "65 new modified 4");
    }

    @Test
    void errorsHitTheirVerbAndTheDrawnUntilTheyEnd() {
        ApiError.Status broken = new ApiError.Status(503, "ServiceUnavailable", "injected");
        Runnable end = rig.network.faults().fail(KubeletVerb.LIST, broken, drawing(true, false, true));
        rig.list(first, "a");
        rig.list(first, "b");
        rig.list(second, "c");
        rig.get(first, "get");
        rig.advance(20);
        end.run();
        rig.list(first, "d");
        rig.advance(20);
        assertThat(rig.log)
                .containsExactly(
                        "10 get found 2",
                        "20 a failed 503",
                        "20 b listed 1 at 2",
                        "20 c failed 503",
                        "40 d listed 1 at 2");
    }

    @Test
    void delaysAddUpUntilTheyEnd() {
        Runnable end = rig.network.faults().delay(KubeletVerb.LIST, 1_000_000_000, () -> true);
        Runnable other = rig.network.faults().delay(KubeletVerb.LIST, 500_000_000, drawing(true, false));
        rig.network.faults().delay(KubeletVerb.WATCH, 100_000_000, () -> true);
        rig.list(first, "a");
        rig.list(first, "b");
        rig.watch(first, "w", "2");
        other.run();
        end.run();
        rig.list(first, "c");
        rig.advance(2_000);
        assertThat(rig.log).containsExactly("20 c listed 1 at 2", "1020 b listed 1 at 2", "1520 a listed 1 at 2");
        rig.update("x");
        rig.advance(5);
        assertThat(rig.log.get(3)).isEqualTo("2005 w modified 3");
    }

    /** The other node hears everything; this one hears nothing, until its watches end. */
    @Test
    void aPartitionIsThatOfItsNodesOnly() {
        rig.watch(first, "a", "2");
        rig.watch(second, "b", "2");
        rig.advance(30);
        Runnable heal = rig.network.faults().partition(node -> node == 0);
        rig.update("x");
        rig.list(first, "list");
        rig.list(second, "other");
        rig.advance(20);
        assertThat(rig.log)
                .containsExactly("35 b modified 3", "50 list failed connection refused", "50 other listed 1 at 3");
        heal.run();
        rig.advance(5);
        assertThat(rig.log.subList(3, rig.log.size())).containsExactly("55 a closed");
        rig.list(first, "again");
        rig.advance(20);
        assertThat(rig.log.get(4)).isEqualTo("75 again listed 1 at 3");
    }

    /** Two partitions of one node: it hears again when both are over; the server's own end of a watch comes late. */
    @Test
    void partitionsOverlap() {
        rig.watch(first, "a", "2");
        rig.advance(30);
        Runnable one = rig.network.faults().partition(node -> true);
        Runnable two = rig.network.faults().partition(node -> node == 0);
        rig.network.faults().dropWatches(() -> true);
        one.run();
        rig.advance(100);
        assertThat(rig.log).isEmpty();
        assertThat(rig.network.openWatches()).as("the kubelet believes it open").hasSize(1);
        two.run();
        rig.advance(5);
        assertThat(rig.log).containsExactly("135 a closed");
        assertThat(rig.network.openWatches()).isEmpty();
    }

    /** A stream has no gaps: after an event that was lost nothing else arrives, however late it was sent, but the end. */
    @Test
    void whatComesBehindALostEventIsLostToo() {
        rig.watch(first, "a", "2");
        rig.advance(30);
        rig.network.faults().slowWatchers(node -> true, 1_000_000_000);
        rig.update("lost");
        rig.advance(50);
        rig.update("behind");
        rig.advance(950);
        Runnable heal = rig.network.faults().partition(node -> true);
        rig.advance(10);
        heal.run();
        rig.advance(5_000);
        assertThat(rig.log).containsExactly("2045 a closed");
    }

    @Test
    void restartsOverlap() {
        Runnable one = rig.network.faults().takeDownAll();
        Runnable two = rig.network.faults().takeDownAll();
        one.run();
        rig.list(first, "still");
        rig.advance(20);
        two.run();
        rig.list(first, "again");
        rig.advance(20);
        assertThat(rig.log).containsExactly("20 still failed connection refused", "40 again listed 1 at 2");
    }

    /** The server counts what it answers, be it an error that somebody has ordered. */
    @Test
    void orderedErrorsAreAnswersAndRefusedConnectionsAreNone() {
        Runnable end = rig.network.faults().fail(KubeletVerb.LIST, new ApiError.Status(503, "", "ordered"), () -> true);
        rig.list(first, "a");
        rig.advance(20);
        end.run();
        rig.network.faults().partition(node -> true);
        rig.list(first, "b");
        rig.advance(20);
        assertThat(rig.network.statistics().snapshot().responses()).containsExactly(Map.entry(503, 1L));
    }

    /** What a replica has begun it answers; the first request after that finds nobody, the next one the other replica. */
    @Test
    void aReplicaThatGoesDownSendsItsKubeletsToTheOther() {
        Replica of = first.replica();
        int index = indexOf(of);
        VirtualConnection same = connectionTo(of, true);
        VirtualConnection other = connectionTo(of, false);
        rig.watch(same, "a", "2");
        rig.watch(other, "b", "2");
        rig.advance(30);
        rig.list(same, "begun");
        Runnable up = rig.network.faults().takeDown(index);
        rig.list(same, "refused");
        rig.list(other, "other");
        rig.advance(20);
        assertThat(rig.log)
                .containsExactly(
                        "35 a closed",
                        "50 begun listed 1 at 2",
                        "50 refused failed connection refused",
                        "50 other listed 1 at 2");
        rig.list(same, "moved");
        rig.advance(20);
        assertThat(rig.log.get(4)).isEqualTo("70 moved listed 1 at 2");
        assertThat(same.replica()).isNotSameAs(of);
        up.run();
        assertThat(same.replica()).as("nobody is sent back").isNotSameAs(of);
    }

    @Test
    void whenAllComeUpAgainTheyKnowNoHistory() {
        rig.commitOther();
        Runnable up = rig.network.faults().takeDownAll();
        rig.list(first, "refused");
        rig.advance(20);
        rig.list(first, "still");
        rig.advance(20);
        up.run();
        rig.watch(first, "old", "2");
        rig.list(first, "list");
        rig.advance(30);
        assertThat(rig.log)
                .containsExactly(
                        "20 refused failed connection refused",
                        "40 still failed connection refused",
                        "60 list listed 1 at 3",
                        "70 old failed 410");
    }

    /** Events of a slow node stay in order, also when it gets quick again. */
    @Test
    void slowWatchersGetTheirEventsLateAndInOrder() {
        rig.watch(first, "a", "2");
        rig.watch(second, "b", "2");
        rig.advance(30);
        Runnable end = rig.network.faults().slowWatchers(node -> node == 0, 1_000_000_000);
        rig.update("x");
        end.run();
        rig.update("y");
        rig.advance(2_000);
        assertThat(rig.log)
                .containsExactly("35 b modified 3", "35 b modified 4", "1035 a modified 3", "1035 a modified 4");
    }

    @Test
    void aCacheThatStandsStillAnswersFromItsBeginning() {
        rig.update("x");
        rig.network.faults().staleReads();
        rig.update("y");
        rig.list(first, "stale");
        rig.advance(20);
        assertThat(rig.network.faults().staleRevision()).hasValue(3);
        rig.network.faults().freshReads();
        rig.list(first, "fresh");
        rig.advance(20);
        assertThat(rig.log).containsExactly("20 stale listed 1 at 3", "40 fresh listed 1 at 4");
        assertThat(rig.network.faults().staleRevision()).isEmpty();
    }

    private int indexOf(Replica replica) {
        for (int i = 0; i < REPLICAS; i++) {
            Runnable up = rig.network.faults().takeDown(i);
            boolean found = replica.isDown();
            up.run();
            if (found) {
                return i;
            }
        }
        throw new AssertionError("no such replica");
    }

    private VirtualConnection connectionTo(Replica replica, boolean same) {
        for (int node = 2; node < 100; node++) {
            VirtualConnection connection = rig.network.connect(node);
            if ((connection.replica() == replica) == same) {
                return connection;
            }
        }
        throw new AssertionError("all went one way");
    }

    private static BooleanSupplier drawing(Boolean... draws) {
        Iterator<Boolean> next = List.of(draws).iterator();
        return next::next;
    }
}
