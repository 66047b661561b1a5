package dev.kubechurn.core.reflector;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kubechurn.core.api.WatchEvent;
import dev.kubechurn.core.testing.Samples;
import dev.kubechurn.core.testing.Verb;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Stopping at any moment and starting again: rules R12 and R16. */
class ReflectorStopTest extends ReflectorRig {

    @Test
    @DisplayName("R12: stop in a list: its answer is thrown away, and no watch is asked for")
    void stopInAList() {
        server.latency(SECOND);
        server.lateCallbacks(true);
        reflector.start();
        reflector.stop();
        scheduler.advance(SECOND.multipliedBy(3));

        assertThat(server.requests()).containsExactly("LIST shop/app 0");
        assertThat(target.take()).isEmpty();
        assertThat(reflector.lastResourceVersion()).isEqualTo("0");
        assertThat(scheduler.pending()).isZero();
    }

    @Test
    @DisplayName("R12: stop in a failing list: no wait begins")
    void stopInAFailingList() {
        server.latency(SECOND);
        server.lateCallbacks(true);
        server.failNext(Verb.LIST, 500, 1);
        reflector.start();
        reflector.stop();
        scheduler.advance(SECOND.multipliedBy(3));

        assertThat(server.requests()).hasSize(1);
        assertThat(scheduler.pending()).isZero();
    }

    @Test
    @DisplayName("R12: stop in a watch closes it; events on their way are thrown away, and so is its end")
    void stopInAWatch() {
        server.lateCallbacks(true);
        run();
        target.take();
        server.create(Samples.configMap("app", "late"));
        server.dropWatches();
        reflector.stop();
        scheduler.advance(Duration.ofMinutes(5));

        assertThat(target.take()).isEmpty();
        assertThat(server.openWatches()).isEmpty();
        assertThat(server.requests()).hasSize(2);
        assertThat(reflector.lastResourceVersion()).isEqualTo("1");
        assertThat(scheduler.pending()).isZero();
    }

    @Test
    @DisplayName("R12: a late refusal of a stopped watch begins no wait")
    void stopBeforeTheWatchIsRefused() {
        server.lateCallbacks(true);
        server.failNext(Verb.WATCH, 500, 1);
        server.latency(SECOND);
        reflector.start();
        scheduler.advance(SECOND);
        reflector.stop();
        scheduler.advance(SECOND.multipliedBy(3));

        assertThat(server.requests()).hasSize(2);
        assertThat(scheduler.pending()).isZero();
    }

    @Test
    @DisplayName("R12: stop in a wait takes the timer back; stopping twice is fine")
    void stopInAWait() {
        server.failNext(Verb.LIST, 500, 1);
        run();
        reflector.stop();
        reflector.stop();

        assertThat(scheduler.pending()).isZero();
    }

    @Test
    @DisplayName("R12: a wait that is over just as its run is stopped starts nothing")
    void waitEndsWhileStopping() {
        server.failNext(Verb.LIST, 500, 1);
        run();
        scheduler.cancelInVain();
        reflector.stop();
        scheduler.advance(SECOND);

        assertThat(server.requests()).hasSize(1);
    }

    @Test
    @DisplayName("R12: late callbacks of a stopped run do not touch the run after it")
    void lateCallbacksMissTheNextRun() {
        server.create(Samples.configMap("app", "a"));
        server.latency(SECOND);
        server.lateCallbacks(true);
        reflector.start();
        reflector.stop();
        reflector.start();
        scheduler.advance(SECOND);
        assertThat(target.take()).containsExactly("replace a", "settled");
        server.update(Samples.configMap("app", "b"));
        reflector.stop();
        reflector.start();
        scheduler.advance(SECOND);

        assertThat(target.take()).containsExactly("replace b", "settled");
        assertThat(server.openWatches()).containsExactly(APP);
    }

    @Test
    @DisplayName("R16: a restarted reflector keeps its version")
    void restartKeepsTheVersion() {
        server.create(Samples.configMap("app", "a"));
        run();
        reflector.stop();
        run();

        assertThat(lists()).containsExactly("LIST shop/app 0", "LIST shop/app 2");
    }

    @Test
    @DisplayName("R16: a watch may tell the version it has come to while it is cancelled")
    void aVersionToldWithTheCancellingCounts() {
        server.create(Samples.configMap("app", "a"));
        server.parting(new WatchEvent.Bookmark(version("7")));
        run();
        reflector.stop();
        assertThat(reflector.lastResourceVersion()).isEqualTo("7");
        run();

        assertThat(lists()).containsExactly("LIST shop/app 0", "LIST shop/app 7");
    }

    @Test
    @DisplayName("R16: a restarted reflector keeps its expired mark")
    void restartKeepsTheMark() {
        server.failNext(Verb.LIST, 410, 2);
        run();
        reflector.stop();
        run();

        assertThat(lists()).containsExactly("LIST shop/app 0", "LIST shop/app ", "LIST shop/app ");
    }

    @Test
    @DisplayName("R16: a stop in a watch uses up one wait: the next begins at 1.6 s")
    void stopInAWatchUsesUpAWait() {
        run();
        reflector.stop();
        server.failNext(Verb.LIST, 500, 1);
        run();
        scheduler.advance(Duration.ofMillis(1599));
        assertThat(lists()).hasSize(2);
        scheduler.advance(Duration.ofMillis(1));
        assertThat(lists()).hasSize(3);
    }

    @Test
    @DisplayName("R16: a stop in a list uses up one wait, and each stop one more")
    void stopInAListUsesUpAWait() {
        server.latency(SECOND);
        reflector.start();
        reflector.stop();
        reflector.stop();
        reflector.start();
        reflector.stop();
        server.latency(Duration.ZERO);
        server.failNext(Verb.LIST, 500, 1);
        run();
        scheduler.advance(Duration.ofMillis(3199));
        assertThat(lists()).hasSize(3);
        scheduler.advance(Duration.ofMillis(1));
        assertThat(lists()).hasSize(4);
    }

    @Test
    @DisplayName("R11, R16: a stop more than 2 min ago counts no more")
    void anOldStopCountsNoMore() {
        run();
        reflector.stop();
        scheduler.advance(Duration.ofMinutes(2).plusNanos(1));
        server.failNext(Verb.LIST, 500, 1);
        run();
        scheduler.advance(Duration.ofMillis(799));
        assertThat(lists()).hasSize(2);
        scheduler.advance(Duration.ofMillis(1));
        assertThat(lists()).hasSize(3);
    }

    @Test
    @DisplayName("R16: a stop in a wait uses up none: a restarted reflector keeps its place in the series of waits")
    void restartKeepsTheSeries() {
        server.failNext(Verb.LIST, 500, 2);
        run();
        reflector.stop();
        run();
        scheduler.advance(Duration.ofMillis(1599));
        assertThat(lists()).hasSize(2);
        scheduler.advance(Duration.ofMillis(1));

        assertThat(lists()).hasSize(3);
    }
}
