package dev.kubechurn.core.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kubechurn.core.api.ReadWait;
import dev.kubechurn.core.api.WatchSettings;
import dev.kubechurn.core.testing.RecordingReader;
import dev.kubechurn.core.testing.Samples;
import dev.kubechurn.core.testing.Verb;
import io.fabric8.kubernetes.api.model.ConfigMap;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Reads that wait for the first list: rule S3, as the kubelet's poll and as woken reads. */
class WatchingStorePollTest extends StoreRig {

    @Test
    @DisplayName("S3: each read is answered at the next of its own steps of 10 ms, and asks nothing itself")
    void eachReadHasItsOwnSteps() {
        server.create(Samples.configMap("app", "a"));
        server.latency(millis(25));
        store.addReference(APP);
        RecordingReader<ConfigMap> first = get(APP);
        scheduler.advance(millis(3));
        RecordingReader<ConfigMap> second = get(APP);
        scheduler.advance(millis(27).minus(TICK));
        assertThat(List.of(describe(first), describe(second))).containsExactly("waiting", "waiting");
        scheduler.advance(TICK);
        assertThat(List.of(describe(first), describe(second))).containsExactly("a", "waiting");
        scheduler.advance(millis(3).minus(TICK));
        assertThat(describe(second)).isEqualTo("waiting");
        scheduler.advance(TICK);
        assertThat(describe(second)).isEqualTo("a");
        assertThat(server.calls(Verb.LIST)).isEqualTo(1);
        assertThat(server.calls(Verb.GET)).isZero();
    }

    @Test
    @DisplayName("S3: a list that comes at a step is seen by that step")
    void aListAtAStep() {
        server.latency(STEP);
        store.addReference(APP);
        RecordingReader<ConfigMap> read = get(APP);
        scheduler.advance(STEP);

        assertThat(describe(read)).isEqualTo("NotFound");
    }

    @Test
    @DisplayName("S3: a list that comes in the moment of the read is seen by the first step, not before")
    void aListAtOnce() {
        store.addReference(APP);
        RecordingReader<ConfigMap> read = get(APP);
        scheduler.advance(STEP.minus(TICK));
        assertThat(describe(read)).isEqualTo("waiting");
        scheduler.advance(TICK);

        assertThat(describe(read)).isEqualTo("NotFound");
    }

    @Test
    @DisplayName("S3: the last look is at the end of the second, and finds a list that came until then")
    void theLastLook() {
        for (Duration latency : List.of(millis(991), SECOND.minus(TICK), SECOND)) {
            server.latency(latency);
            store.addReference(APP);
            RecordingReader<ConfigMap> read = get(APP);
            scheduler.advance(SECOND.minus(TICK));
            assertThat(describe(read))
                    .as("before the second, list after %s", latency)
                    .isEqualTo("waiting");
            scheduler.advance(TICK);
            assertThat(describe(read))
                    .as("after the second, list after %s", latency)
                    .isEqualTo("NotFound");
            store.deleteReference(APP);
        }
        server.latency(SECOND.plus(TICK));
        store.addReference(APP);
        RecordingReader<ConfigMap> read = get(APP);
        scheduler.advance(SECOND);
        assertThat(describe(read)).isEqualTo("SyncTimeout");
    }

    @Test
    @DisplayName("S3: the answer is what the entry holds at the step")
    void theValueAtTheStepCounts() {
        server.create(Samples.configMap("app", "a"));
        server.latency(millis(2));
        store.addReference(APP);
        RecordingReader<ConfigMap> read = get(APP);
        scheduler.advance(millis(5));
        server.update(Samples.configMap("app", "b"));
        scheduler.advance(millis(5));

        assertThat(describe(read)).isEqualTo("b");
    }

    @Test
    @DisplayName(
            "S3, S7: the reflector goes on to its watch meanwhile: an immutable object costs one list and one watch")
    void anImmutableObjectCostsOneListAndOneWatch() {
        server.create(Samples.immutableConfigMap("app", "a"));
        server.latency(millis(2));
        store.addReference(APP);
        RecordingReader<ConfigMap> early = get(APP);
        scheduler.advance(millis(1));
        RecordingReader<ConfigMap> late = get(APP);
        scheduler.advance(millis(8));
        assertThat(server.openWatches()).containsExactly(APP);
        assertThat(List.of(describe(early), describe(late))).containsExactly("waiting", "waiting");
        scheduler.advance(millis(1));
        assertThat(List.of(describe(early), describe(late))).containsExactly("a", "waiting");
        assertThat(server.openWatches()).isEmpty();
        scheduler.advance(millis(1));

        assertThat(describe(late)).isEqualTo("a");
        assertThat(listsAndWatches()).containsExactly(1, 1);
        assertThat(entry(APP).immutable()).isTrue();
    }

    @Test
    @DisplayName("S3, S13: an entry that goes between its list and the step leaves the read to its time limit")
    void entryGoesBeforeTheStep() {
        server.create(Samples.configMap("app", "a"));
        server.latency(millis(2));
        store.addReference(APP);
        RecordingReader<ConfigMap> read = get(APP);
        scheduler.advance(millis(5));
        store.deleteReference(APP);
        store.addReference(APP);
        scheduler.advance(SECOND.minus(millis(5)).minus(TICK));
        assertThat(describe(read)).isEqualTo("waiting");
        scheduler.advance(TICK);

        assertThat(describe(read)).isEqualTo("SyncTimeout");
        assertThat(read(APP)).isEqualTo("a");
    }

    @Test
    @DisplayName("S3, S14: a store that closes between the list and the step leaves the read to its time limit")
    void storeClosesBeforeTheStep() {
        server.latency(millis(2));
        store.addReference(APP);
        RecordingReader<ConfigMap> read = get(APP);
        scheduler.advance(millis(5));
        store.close();
        scheduler.advance(SECOND.minus(millis(5)));

        assertThat(describe(read)).isEqualTo("SyncTimeout");
        assertThat(scheduler.pending()).isZero();
    }

    @Test
    @DisplayName("S3: a read that waits has one timer, however long it waits, and none once it is answered")
    void oneTimerPerRead() {
        server.latency(millis(500));
        store.addReference(APP);
        int before = scheduler.pending();
        RecordingReader<ConfigMap> read = get(APP);
        for (int i = 0; i < 49; i++) {
            scheduler.advance(STEP);
            assertThat(scheduler.pending()).isEqualTo(before + 1);
        }
        scheduler.advance(STEP);
        server.latency(Duration.ZERO);

        assertThat(describe(read)).isEqualTo("NotFound");
        assertThat(scheduler.pending()).isEqualTo(before); // the watch's request in place of the list's
    }

    @Test
    @DisplayName("S3, S12: a read that starts the reflector again is answered at a step, too")
    void restartedReadPolls() {
        server.create(Samples.configMap("app", "a"));
        reference(APP);
        scheduler.advance(MINUTE);
        server.latency(millis(11));
        RecordingReader<ConfigMap> read = get(APP);
        scheduler.advance(millis(20).minus(TICK));
        assertThat(describe(read)).isEqualTo("waiting");
        scheduler.advance(TICK);
        assertThat(describe(read)).isEqualTo("a");
    }

    @Test
    @DisplayName("Woken reads are answered by the list itself, all of them")
    void wokenReadsAreAnsweredByTheList() {
        store = store(MINUTE, WatchSettings.DEFAULT.withReadWait(ReadWait.WOKEN));
        server.create(Samples.configMap("app", "a"));
        server.latency(SECOND.minus(TICK));
        store.addReference(APP);
        RecordingReader<ConfigMap> first = get(APP);
        RecordingReader<ConfigMap> second = get(APP);
        assertThat(first.answered()).isFalse();
        scheduler.advance(SECOND.minus(TICK));

        assertThat(List.of(describe(first), describe(second))).containsExactly("a", "a");
        assertThat(server.calls(Verb.LIST)).isEqualTo(1);
    }

    @Test
    @DisplayName("Woken reads leave no timer behind, and one whose time ends just then is answered once")
    void wokenReadIsDone() {
        store = store(MINUTE, WatchSettings.DEFAULT.withReadWait(ReadWait.WOKEN));
        reference(OTHER);
        int before = scheduler.pending();
        store.addReference(APP);
        RecordingReader<ConfigMap> first = get(APP);
        scheduler.runDue();
        assertThat(first.answered()).isTrue();
        assertThat(scheduler.pending()).isEqualTo(before + 1); // the time limit of the watch

        store.deleteReference(APP);
        store.addReference(APP);
        RecordingReader<ConfigMap> second = get(APP);
        scheduler.cancelInVain();
        scheduler.advance(SECOND);
        assertThat(describe(second)).isEqualTo("NotFound");
    }

    @Test
    @DisplayName("Woken reads run into the same time limit")
    void wokenReadsTimeOut() {
        store = store(MINUTE, WatchSettings.DEFAULT.withReadWait(ReadWait.WOKEN));
        server.partition();
        reference(APP);
        RecordingReader<ConfigMap> read = get(APP);
        scheduler.advance(SECOND.minus(TICK));
        assertThat(read.answered()).isFalse();
        scheduler.advance(TICK);

        assertThat(describe(read)).isEqualTo("SyncTimeout");
    }

    private static Duration millis(long millis) {
        return Duration.ofMillis(millis);
    }
}
