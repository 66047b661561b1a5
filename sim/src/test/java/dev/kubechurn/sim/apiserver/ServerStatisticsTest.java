package dev.kubechurn.sim.apiserver;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

/** Counts of requests, answers, events, bytes and watches. */
class ServerStatisticsTest {

    @Test
    void countsWhatItIsTold() {
        ServerStatistics statistics = new ServerStatistics();

        statistics.answered(Verb.GET, 200, 10);
        statistics.answered(Verb.GET, 404, 5);
        statistics.answered(Verb.WATCH, 101, 0);
        statistics.watchOpened();
        statistics.watchOpened();
        statistics.eventSent(100);
        statistics.watchClosed();
        statistics.watchOpened();

        ServerStatistics.Snapshot snapshot = statistics.snapshot();
        assertThat(snapshot.requests(Verb.GET)).isEqualTo(2);
        assertThat(snapshot.requests(Verb.LIST)).isZero();
        assertThat(snapshot.responses()).isEqualTo(Map.of(101, 1L, 200, 1L, 404, 1L));
        assertThat(snapshot.bytesSent()).isEqualTo(115);
        assertThat(snapshot.watchEvents()).isEqualTo(1);
        assertThat(snapshot.openWatches()).isEqualTo(2);
        assertThat(snapshot.peakWatches()).isEqualTo(2);
    }
}
