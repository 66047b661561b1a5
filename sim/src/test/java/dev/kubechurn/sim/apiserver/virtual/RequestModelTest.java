package dev.kubechurn.sim.apiserver.virtual;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kubechurn.core.api.Call;
import dev.kubechurn.core.api.ObjectKind;
import dev.kubechurn.sim.apiserver.Verb;
import dev.kubechurn.sim.engine.Draw;
import org.junit.jupiter.api.Test;

/** What waits for what, in schedules worked out by hand: gets take 10 ms, lists 20 ms. */
final class RequestModelTest {

    @Test
    void whereNothingWaitsARequestTakesItsServiceTimeAndOneTimer() {
        NetworkRig rig = new NetworkRig(model(1, 400, 1000, 0, 50, 100));
        VirtualConnection connection = rig.network.connect(0);
        rig.get(connection, "a");
        rig.list(connection, "b");
        rig.advance(1_000);
        assertThat(rig.log).containsExactly("10 a found 2", "20 b listed 1 at 2");
        assertThat(rig.time.fired()).isEqualTo(2);
    }

    /** The answer is what the server read when it began, not what it would read now. */
    @Test
    void theStoreIsReadWhenTheServerBegins() {
        NetworkRig rig = new NetworkRig(model(1, 1, 10, 0, 0, 0));
        VirtualConnection connection = rig.network.connect(0);
        rig.get(connection, "a");
        rig.get(connection, "b");
        rig.advance(5);
        rig.update("second");
        rig.advance(100);
        assertThat(rig.log).containsExactly("10 a found 2", "20 b found 3");
    }

    @Test
    void placesAreGivenFirstComeFirstServedAcrossConnections() {
        NetworkRig rig = new NetworkRig(model(1, 2, 10, 0, 0, 0));
        VirtualConnection one = rig.network.connect(1);
        VirtualConnection two = rig.network.connect(2);
        rig.list(one, "a"); // 0 to 20
        rig.get(one, "b"); // 0 to 10
        rig.get(two, "c"); // waits for b: 10 to 20
        rig.get(one, "d"); // waits for a: 20 to 30
        rig.get(two, "e"); // waits for c: 20 to 30
        rig.advance(100);
        assertThat(rig.log)
                .containsExactly("10 b found 2", "20 a listed 1 at 2", "20 c found 2", "30 d found 2", "30 e found 2");
        NetworkFigures.OfReplica replica = rig.network.figures().replicas().get(0);
        assertThat(replica.inFlightPeak()).isEqualTo(2);
        assertThat(replica.queuePeak()).isEqualTo(3);
        assertThat(replica.rejected()).isZero();
    }

    /** R17: an answer with Retry-After is not passed up: the request is sent again that much later. */
    @Test
    void beyondTheQueueRequestsAreRefusedAndSentAgainAfterASecond() {
        NetworkRig rig = new NetworkRig(model(1, 1, 1, 0, 0, 0));
        VirtualConnection connection = rig.network.connect(0);
        rig.get(connection, "a"); // 0 to 10
        rig.get(connection, "b"); // 10 to 20
        rig.get(connection, "c"); // refused; at 1000 again: 1000 to 1010
        rig.get(connection, "d"); // refused; at 1000 again: 1010 to 1020
        rig.get(connection, "e"); // refused twice; at 2000 again: 2000 to 2010
        rig.advance(10_000);
        assertThat(rig.log)
                .containsExactly("10 a found 2", "20 b found 2", "1010 c found 2", "1020 d found 2", "2010 e found 2");
        NetworkFigures figures = rig.network.figures();
        assertThat(figures.replicas().get(0).rejected()).isEqualTo(4);
        assertThat(figures.retries()).isEqualTo(4);
        assertThat(rig.network.calls(KubeletVerb.GET)).isEqualTo(5);
        assertThat(rig.network.statistics().snapshot().requests(Verb.GET))
                .as("every try reaches the server")
                .isEqualTo(9);
        assertThat(rig.network.statistics().snapshot().responses()).containsEntry(429, 4L);
    }

    /** R17: ten times, and not more. */
    @Test
    void afterTenRetriesTheRefusalIsPassedUp() {
        ServerModel.Latency slow =
                new ServerModel.Latency(NetworkRig.millis(3_600_000), millis(1), millis(1), millis(1));
        NetworkRig rig = new NetworkRig(new ServerModel(slow, 1, 1, 0, 0, 0, 0, 0));
        VirtualConnection connection = rig.network.connect(0);
        rig.get(connection, "a");
        rig.get(connection, "b");
        rig.advance(60_000);
        assertThat(rig.log).containsExactly("10000 b failed 429");
        assertThat(rig.network.figures().retries()).isEqualTo(10);
        assertThat(rig.network.figures().replicas().get(0).rejected()).isEqualTo(11);
    }

    /** The limit is the kubelet's, not the kind's, and another kubelet has its own; a retry needs a token as well. */
    @Test
    void listsAndGetsOfOneKubeletShareItsTokens() {
        NetworkRig rig = new NetworkRig(model(1, 400, 0, 0, 10, 2));
        VirtualConnection one = rig.network.connect(1);
        rig.get(one, "a");
        rig.list(one, "b");
        rig.get(one, "c"); // a token at 100
        rig.list(one, "d"); // a token at 200
        rig.get(rig.network.connect(2), "e");
        rig.advance(1_000);
        assertThat(rig.log)
                .containsExactly(
                        "10 a found 2", "10 e found 2", "20 b listed 1 at 2", "110 c found 2", "220 d listed 1 at 2");
        assertThat(rig.network.figures().throttled().getTotalCount()).isEqualTo(2);
        assertThat(rig.network.figures().throttled().getMaxValue()).isBetween(199_000_000L, 201_000_000L);
    }

    /** client-go does not count watches against the kubelet's limit. */
    @Test
    void aWatchNeedsNeitherTokenNorPlace() {
        NetworkRig rig = new NetworkRig(model(1, 1, 0, 0, 1, 1));
        VirtualConnection connection = rig.network.connect(0);
        rig.get(connection, "a");
        rig.watch(connection, "w", "2");
        rig.advance(2);
        rig.update("second");
        rig.advance(100);
        assertThat(rig.log).containsExactly("3 w modified 3", "10 a found 2");
        assertThat(rig.network.figures().replicas().get(0).watches()).isOne();
    }

    @Test
    void aCallThatIsGivenUpLeavesItsPlaceToTheNextWhereverItWas() {
        NetworkRig rig = new NetworkRig(model(1, 1, 2, 3, 0, 0));
        VirtualConnection connection = rig.network.connect(0);
        Call served = rig.get(connection, "served");
        Call queued = rig.get(connection, "queued");
        rig.get(connection, "next");
        Call withoutStream = rig.get(connection, "without a stream");
        rig.get(connection, "last");
        rig.advance(4);
        withoutStream.cancel();
        queued.cancel(); // its stream goes to the last
        served.cancel(); // its place goes to the next: 4 to 14; then the last: 14 to 24
        served.cancel();
        rig.advance(1_000);
        assertThat(rig.log).containsExactly("14 next found 2", "24 last found 2");
        assertThat(rig.network.figures().waitingForStream()).isZero();
        rig.get(connection, "after");
        rig.advance(10);
        assertThat(rig.log).last().isEqualTo("1014 after found 2");
    }

    @Test
    void theLastOfALineMayGiveUp() {
        NetworkRig rig = new NetworkRig(model(1, 400, 0, 1, 0, 0));
        VirtualConnection connection = rig.network.connect(0);
        rig.get(connection, "a");
        rig.get(connection, "b").cancel();
        rig.advance(10);
        rig.get(connection, "c");
        rig.advance(10);
        assertThat(rig.log).containsExactly("10 a found 2", "20 c found 2");
    }

    @Test
    void whatIsGivenUpBeforeItIsSentIsNeverSent() {
        NetworkRig rig = new NetworkRig(model(1, 1, 0, 0, 10, 1));
        VirtualConnection connection = rig.network.connect(0);
        rig.get(connection, "a");
        Call throttled = rig.get(connection, "b");
        rig.advance(50);
        throttled.cancel();
        rig.advance(1_000);
        assertThat(rig.log).containsExactly("10 a found 2");
        assertThat(rig.network.statistics().snapshot().requests(Verb.GET)).isOne();
        assertThat(rig.time.pendingTimers()).isZero();
    }

    /** Each node draws from its own streams: more nodes, or another kind's requests, change nobody's latencies. */
    @Test
    void latenciesBelongToNodeAndKind() {
        ServerModel.Latency random =
                new ServerModel.Latency(Draw.uniform(0, 50_000_000), millis(1), millis(1), millis(1));
        ServerModel model = new ServerModel(random, 1, 400, 10, 0, 0, 0, 0);
        NetworkRig alone = new NetworkRig(model);
        VirtualConnection only = alone.network.connect(3);
        NetworkRig crowd = new NetworkRig(model);
        crowd.network.connect(1);
        VirtualConnection same = crowd.network.connect(3);
        var secrets = same.api(ObjectKind.SECRET);
        for (int i = 0; i < 5; i++) {
            alone.get(only, "a" + i);
            crowd.get(same, "a" + i);
            secrets.get(NetworkRig.KEY, "", new IgnoredGet());
        }
        alone.advance(100);
        crowd.advance(100);
        assertThat(crowd.log).isEqualTo(alone.log).hasSize(5);
    }

    private static Draw millis(long millis) {
        return NetworkRig.millis(millis);
    }

    private static ServerModel model(int replicas, int inFlight, int queue, int streams, int qps, int burst) {
        return new ServerModel(NetworkRig.latency(10, 20, 1, 1), replicas, inFlight, queue, streams, qps, burst, 0);
    }
}
