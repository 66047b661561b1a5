package dev.kubechurn.sim.apiserver.virtual;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kubechurn.core.api.Call;
import dev.kubechurn.sim.engine.Draw;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Watches under the model: how they stand, in which order their events arrive, and how they end. */
final class WatchModelTest {

    @Test
    void aWatchStandsAfterItsLatencyAndBringsWhatHappenedSince() {
        NetworkRig rig = rig(0, 5, 3);
        rig.watch(rig.network.connect(0), "w", "2");
        rig.update("second");
        rig.advance(4);
        assertThat(rig.network.openWatches()).isEmpty();
        rig.advance(1);
        assertThat(rig.network.openWatches()).hasSize(1);
        rig.update("third");
        rig.advance(100);
        assertThat(rig.log).containsExactly("8 w modified 3", "8 w modified 4");
    }

    /** The second event is quicker on its way and still does not overtake the first. */
    @Test
    void noEventOvertakesTheOneBefore() {
        NetworkRig rig = new NetworkRig(model(0, millis(1), inTurn(50, 10, 10, 80, 5)));
        rig.watch(rig.network.connect(0), "w", "2");
        rig.advance(10);
        rig.update("second"); // at 10, drawn 50: 60
        rig.advance(5);
        rig.update("third"); // at 15, drawn 10: not before 60
        rig.advance(50);
        rig.update("fourth"); // at 65, drawn 10: 75
        rig.update("fifth"); // at 65, drawn 80: 145
        rig.advance(15);
        rig.update("sixth"); // at 80, drawn 5: not before 145
        rig.advance(1_000);
        assertThat(rig.log)
                .containsExactly(
                        "60 w modified 3",
                        "60 w modified 4",
                        "75 w modified 5",
                        "145 w modified 6",
                        "145 w modified 7");
    }

    @Test
    void theEndComesBehindTheLastEvent() {
        NetworkRig rig = new NetworkRig(model(0, millis(1), inTurn(50, 10, 30, 20)));
        VirtualConnection connection = rig.network.connect(0);
        rig.watch(connection, "w", "2");
        rig.advance(10);
        rig.update("second"); // 60
        rig.network.faults().dropWatches(); // not before 60
        assertThat(rig.network.openWatches()).isEmpty();
        rig.advance(100); // 110
        rig.watch(connection, "v", "3");
        rig.advance(10); // 120
        rig.network.faults().expireWatches(); // drawn 30: 150
        rig.advance(100);
        assertThat(rig.log).containsExactly("60 w modified 3", "60 w closed", "150 v error 410", "150 v closed");
        assertThat(rig.time.pendingTimers()).isZero();
    }

    @Test
    void theBookmarksOfEachMinuteAreCountedAndTheLastIsReadWithTheCancelling() {
        NetworkRig rig = rig(0, 1, 500);
        Call watch = rig.watch(rig.network.connect(0), "w", "2");
        rig.commitOther(); // 3
        rig.advance(600_000);
        rig.commitOther(); // 4
        assertThat(rig.network.statistics().snapshot().watchEvents()).isEqualTo(10);
        assertThat(rig.log).isEmpty();

        watch.cancel();
        rig.advance(1_000_000);

        assertThat(rig.log).containsExactly("600000 w bookmark 3");
        assertThat(rig.network.statistics().snapshot().watchEvents()).isEqualTo(10);
        assertThat(rig.time.pendingTimers()).isZero();
    }

    @Test
    void aBookmarkFromBeforeTheLastEventIsNotRead() {
        NetworkRig rig = rig(0, 1, 500);
        Call first = rig.watch(rig.network.connect(0), "first", "2");
        Call young = rig.watch(rig.network.connect(1), "young", "2");
        rig.advance(30_000);
        young.cancel();
        rig.commitOther(); // 3
        rig.advance(60_000);
        rig.update("second"); // 4
        rig.advance(1_000);
        first.cancel();

        assertThat(rig.log).containsExactly("90500 first modified 4");
    }

    @Test
    void aBookmarkIsReadBeforeTheServersEnd() {
        NetworkRig rig = watched();
        rig.advance(61_000);
        rig.network.faults().dropWatches();
        rig.advance(1_000);

        assertThat(rig.log).containsExactly("61000 w bookmark 3", "61500 w closed");
    }

    @Test
    void theLastBookmarkComesBeforeTheEndByTime() {
        NetworkRig rig = watched();
        rig.advance(2_990_000);
        rig.commitOther(); // 4
        rig.advance(100_000);

        assertThat(rig.log).containsExactly("2998001 w bookmark 4", "3000501 w closed");
        assertThat(rig.network.statistics().snapshot().watchEvents()).isEqualTo(50);
    }

    /** What is due during a partition is lost, or a watch from that version on would miss the events lost with it. */
    @Test
    void inAPartitionNoBookmarkIsReadButThatFromBefore() {
        NetworkRig rig = watched();
        rig.advance(61_000);
        rig.network.faults().partition();
        rig.update("lost"); // 4
        rig.commitOther(); // 5
        rig.advance(120_000);
        rig.network.faults().heal();
        rig.advance(1_000);

        assertThat(rig.log).containsExactly("61000 w bookmark 3", "181500 w closed");
    }

    /** Nobody can tell when a bookmark comes that has nothing before it: it costs no timer. */
    @Test
    void bookmarksTakeNoTimers() {
        NetworkRig rig = rig(0, 1, 500);
        for (int node = 0; node < 100; node++) {
            Call unused = rig.watch(rig.network.connect(node), "w" + node, "2");
        }
        rig.advance(600_000);
        assertThat(rig.network.statistics().snapshot().watchEvents()).isEqualTo(1_000);
        assertThat(rig.time.fired()).as("100 requests, and a tick each second").isEqualTo(100 + 600);
    }

    @Test
    void aCancelledWatchBringsNothingMoreAndLeavesNothing() {
        NetworkRig rig = rig(1, 5, 10);
        VirtualConnection connection = rig.network.connect(0);
        Call open = rig.watch(connection, "open", "2");
        Call waiting = rig.watch(connection, "waiting", "2");
        rig.advance(10);
        rig.update("second");
        rig.update("third");
        open.cancel();
        open.cancel();
        Call sent = waiting;
        rig.advance(2);
        sent.cancel();
        rig.advance(100);
        assertThat(rig.log).isEmpty();
        assertThat(rig.network.openWatches()).isEmpty();
        assertThat(rig.time.pendingTimers()).isZero();
        assertThat(rig.network.figures().replicas().get(0).watches()).isZero();
        assertThat(rig.network.figures().replicas().get(0).watchesPeak()).isOne();
    }

    /** Watches hold the streams of their connection, and everything else waits: kubernetes#74412. */
    @Test
    void watchesThatTakeAllStreamsStarveTheNodeStatus() {
        ServerModel model =
                new ServerModel(NetworkRig.latency(10, 20, 1, 1), 1, 400, 10, 3, 0, 0, TimeUnit.SECONDS.toNanos(10));
        NetworkRig rig = new NetworkRig(model);
        VirtualConnection connection = rig.network.connect(0);
        Call first = rig.watch(connection, "w1", "2");
        rig.watch(connection, "w2", "2");
        rig.watch(connection, "w3", "2");
        rig.get(connection, "get");
        connection.kubeletStarted();
        rig.advance(40_000);
        assertThat(rig.log).noneMatch(line -> line.contains("get"));
        NetworkFigures starved = rig.network.figures();
        assertThat(starved.streamsPeak()).isEqualTo(3);
        assertThat(starved.waitingForStream()).isEqualTo(2);
        assertThat(starved.nodeStatus().getTotalCount()).isZero();
        assertThat(starved.nodeStatusMissed())
                .as("due once in the first ten seconds, then overdue")
                .isEqualTo(3);

        first.cancel(); // the get: 40000 to 40010; the node status behind it: to 40020
        rig.advance(1_000);
        assertThat(rig.log).last().isEqualTo("40010 get found 2");
        NetworkFigures after = rig.network.figures();
        assertThat(after.waitingForStream()).isZero();
        assertThat(after.streamWaits().getTotalCount()).isEqualTo(2);
        assertThat(after.nodeStatus().getTotalCount()).isOne();
        assertThat(after.nodeStatus().getMaxValue()).isBetween(30_020_000_000L, 40_060_000_000L);
        rig.network.quiet();
    }

    /** A watch from version 2 on that stands in a moment, and version 3 of something else. */
    private static NetworkRig watched() {
        NetworkRig rig = rig(0, 1, 500);
        rig.watch(rig.network.connect(0), "w", "2");
        rig.commitOther(); // 3
        return rig;
    }

    private static Draw millis(long millis) {
        return NetworkRig.millis(millis);
    }

    /** Gives these, one after the other. */
    private static Draw inTurn(long... millis) {
        Deque<Long> left = new ArrayDeque<>();
        for (long next : millis) {
            left.add(TimeUnit.MILLISECONDS.toNanos(next));
        }
        return random -> left.remove();
    }

    private static NetworkRig rig(int streams, long watchMillis, long eventMillis) {
        return new NetworkRig(model(streams, millis(watchMillis), millis(eventMillis)));
    }

    private static ServerModel model(int streams, Draw watch, Draw event) {
        return new ServerModel(
                new ServerModel.Latency(millis(10), millis(20), watch, event), 1, 400, 10, streams, 0, 0, 0);
    }
}
