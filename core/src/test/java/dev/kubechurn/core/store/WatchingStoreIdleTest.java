package dev.kubechurn.core.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kubechurn.core.api.ObjectKey;
import dev.kubechurn.core.api.WatchSettings;
import dev.kubechurn.core.testing.RecordingReader;
import dev.kubechurn.core.testing.Samples;
import dev.kubechurn.core.testing.Verb;
import io.fabric8.kubernetes.api.model.ConfigMap;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Idle stops, restarts and shutting down: rules S9 to S12 and S14. The store's maxIdle is 5 min. */
class WatchingStoreIdleTest extends StoreRig {

    @Test
    @DisplayName("S9: an entry stops at the first sweep that finds its last read more than maxIdle back")
    void stopsWhenIdle() {
        server.create(Samples.configMap("app", "a"));
        reference(APP);
        scheduler.advance(TICK);
        read(APP); // at the sweep of 5 min this is not yet 5 min back
        scheduler.advance(Duration.ofMinutes(6).minus(TICK.multipliedBy(2)));
        assertThat(server.openWatches()).containsExactly(APP);
        scheduler.advance(TICK);

        assertThat(server.openWatches()).isEmpty();
        assertThat(entry(APP).stopped()).isTrue();
        assertThat(store.references()).containsEntry(APP, 1);
    }

    @Test
    void tellsWhichEntriesRun() {
        server.create(Samples.configMap("app", "a"));
        reference(APP);
        reference(OTHER);
        read(OTHER);
        assertThat(running()).containsExactlyInAnyOrder(APP, OTHER);
        scheduler.advance(MINUTE);

        assertThat(running()).as("nobody has read the first one").containsExactly(OTHER);
    }

    private List<ObjectKey> running() {
        List<ObjectKey> keys = new ArrayList<>();
        store.forEachRunning(keys::add);
        return keys;
    }

    @Test
    @DisplayName("X3: before 1.21 nobody stopped the watch of an object that is never read")
    void holdsIdleWatchesWhereAskedTo() {
        store.close();
        store = store(MINUTE, new WatchSettings(Duration.ofHours(5), false, false));
        reference(APP);
        reference(OTHER);
        read(OTHER);
        scheduler.advance(Duration.ofHours(4));

        assertThat(server.openWatches()).containsExactlyInAnyOrder(APP, OTHER);
        assertThat(running()).containsExactlyInAnyOrder(APP, OTHER);
        store.close();
        assertThat(scheduler.pending()).isZero();
    }

    @Test
    @DisplayName("S9: exactly maxIdle is not more than maxIdle")
    void exactlyMaxIdleIsNotIdle() {
        reference(APP);
        read(APP);
        scheduler.advance(Duration.ofMinutes(5));
        assertThat(server.openWatches()).containsExactly(APP);
        scheduler.advance(MINUTE);
        assertThat(server.openWatches()).isEmpty();
    }

    @Test
    @DisplayName("S9: maxIdle is 60 s at least, however short the resync")
    void maxIdleIsAMinuteAtLeast() {
        store.close();
        store = storeWithResync(SECOND);
        reference(APP);
        read(APP);
        scheduler.advance(MINUTE);
        assertThat(server.openWatches()).containsExactly(APP);
        scheduler.advance(MINUTE);
        assertThat(server.openWatches()).isEmpty();
    }

    @Test
    @DisplayName("S9: sweeps come every 60 s counted from the construction of the store")
    void sweepsCountFromConstruction() {
        scheduler.advance(Duration.ofSeconds(30));
        reference(APP);
        scheduler.advance(Duration.ofSeconds(30).minus(TICK));
        assertThat(server.openWatches()).containsExactly(APP);
        scheduler.advance(TICK);
        assertThat(server.openWatches()).isEmpty();
    }

    @Test
    @DisplayName("S9: an access stamp that lags its read does not stop the entry early")
    void laggingStampsDoNotStopEarly() {
        store.close();
        store = storeWithResync(SECOND);
        scheduler.coarseLag(SECOND);
        reference(APP);
        scheduler.advance(SECOND.dividedBy(2));
        read(APP); // stamped half a second before time 0
        scheduler.advance(Duration.ofSeconds(60));
        assertThat(server.openWatches()).containsExactly(APP);
        scheduler.advance(MINUTE);
        assertThat(server.openWatches()).isEmpty();
    }

    @Test
    @DisplayName("S9: reads by the fast path count as reads, and so do reads that fail")
    void fastAndFailingReadsCount() {
        server.create(Samples.configMap("app", "a"));
        reference(APP);
        reference(OTHER);
        read(APP);
        read(OTHER);
        for (int i = 0; i < 10; i++) {
            scheduler.advance(Duration.ofMinutes(4));
            assertThat(store.getNow("shop", "app")).isNotNull();
            assertThat(read(OTHER)).isEqualTo("NotFound");
        }

        assertThat(server.openWatches()).containsExactly(APP, OTHER);
        assertThat(listsAndWatches()).containsExactly(2, 4); // each watch met its time limit once
    }

    @Test
    @DisplayName("S3: a read that ends in SyncTimeout counts as a read")
    void timedOutReadsCount() {
        server.partition();
        reference(APP);
        RecordingReader<ConfigMap> waiting = get(APP);
        scheduler.advance(SECOND);
        assertThat(waiting.answered()).isTrue();
        server.heal();
        scheduler.advance(Duration.ofMinutes(4));

        assertThat(server.openWatches()).containsExactly(APP);
    }

    @Test
    @DisplayName("S10: an entry that was never read stops at the first sweep after it is synced")
    void neverReadStopsAtTheFirstSweep() {
        reference(APP);
        scheduler.advance(MINUTE.minus(TICK));
        assertThat(server.openWatches()).containsExactly(APP);
        scheduler.advance(TICK);
        assertThat(server.openWatches()).isEmpty();
        assertThat(listener.take()).endsWith("stopped app");
    }

    @Test
    @DisplayName("S11: an entry that is not synced is never stopped by the sweep")
    void unsyncedIsNotStopped() {
        server.partition();
        reference(APP);
        scheduler.advance(Duration.ofMinutes(10));
        assertThat(entry(APP).stopped()).isFalse();
        server.heal();
        scheduler.advance(MINUTE);

        assertThat(server.calls(Verb.WATCH)).isEqualTo(1);
    }

    @Test
    @DisplayName("S12: the next read starts the same reflector: list from its last version, then watch")
    void readRestarts() {
        server.create(Samples.configMap("app", "a"));
        reference(APP);
        scheduler.advance(MINUTE);
        server.update(Samples.configMap("app", "b"));
        assertThat(store.getNow("shop", "app")).isNull();
        RecordingReader<ConfigMap> reader = get(APP);
        assertThat(reader.answered()).isFalse();
        scheduler.advance(STEP);

        assertThat(describe(reader)).isEqualTo("b");
        assertThat(server.requests())
                .containsExactly("LIST shop/app 0", "WATCH shop/app 2", "LIST shop/app 2", "WATCH shop/app 3");
        assertThat(listener.take())
                .containsExactly("added app", "applied app a", "stopped app", "restarted app", "applied app b");
    }

    @Test
    @DisplayName("S12: the old value is not given meanwhile: without a list the read is SyncTimeout")
    void oldValueIsNotGiven() {
        server.create(Samples.configMap("app", "a"));
        reference(APP);
        scheduler.advance(MINUTE);
        server.partition();
        RecordingReader<ConfigMap> reader = get(APP);
        scheduler.advance(SECOND);

        assertThat(describe(reader)).isEqualTo("SyncTimeout");
    }

    @Test
    @DisplayName("S12: a new reference does not start an idle entry, nor does the fast path")
    void onlyAReadRestarts() {
        reference(APP);
        scheduler.advance(MINUTE);
        reference(APP);
        assertThat(store.getNow("shop", "app")).isNull();
        scheduler.advance(MINUTE);

        assertThat(listsAndWatches()).containsExactly(1, 1);
        assertThat(store.references()).containsEntry(APP, 2);
    }

    @Test
    @DisplayName("S12: an idle stop ends the wait or the list that stands in place of the watch")
    void idleStopInTrouble() {
        server.create(Samples.configMap("app", "a"));
        reference(APP);
        server.partition();
        server.heal();
        server.partition(); // the watch was very short: the reflector waits, then meets refused lists
        scheduler.advance(MINUTE);
        assertThat(entry(APP).stopped()).isTrue();
        int lists = server.calls(Verb.LIST);
        server.heal();
        scheduler.advance(Duration.ofMinutes(10));

        assertThat(server.calls(Verb.LIST)).isEqualTo(lists);
        assertThat(server.openWatches()).isEmpty();
    }

    @Test
    @DisplayName("S12: a restarted entry goes idle again by its new read")
    void restartedGoesIdleAgain() {
        reference(APP);
        scheduler.advance(MINUTE);
        get(APP);
        scheduler.advance(Duration.ofMinutes(5));
        assertThat(server.openWatches()).containsExactly(APP);
        scheduler.advance(MINUTE);
        assertThat(server.openWatches()).isEmpty();
    }

    @Test
    @DisplayName("S14: closing stops every reflector; reads and references start none, so reads are SyncTimeout")
    void closeStopsEverything() {
        server.create(Samples.configMap("app", "a"));
        reference(APP);
        read(APP);
        store.close();
        store.close();
        assertThat(server.openWatches()).isEmpty();
        assertThat(scheduler.pending()).isZero();

        RecordingReader<ConfigMap> synced = get(APP);
        reference(OTHER);
        RecordingReader<ConfigMap> fresh = get(OTHER);
        scheduler.advance(SECOND);
        assertThat(describe(synced)).isEqualTo("SyncTimeout");
        assertThat(describe(fresh)).isEqualTo("SyncTimeout");
        assertThat(listsAndWatches()).containsExactly(1, 1);
        assertThat(scheduler.pending()).isZero();
        assertThat(store.references()).containsOnlyKeys(APP, OTHER);
        store.deleteReference(APP);
        assertThat(read(APP)).isEqualTo("NotRegistered");
    }

    @Test
    @DisplayName("S14: a reference that is made while the store closes leaves no list and no watch behind")
    void closeDuringTheFirstReference() {
        server.onNextRequest(store::close);
        reference(APP);

        assertThat(listsAndWatches()).containsExactly(1, 0);
        assertThat(entry(APP).stopped()).isTrue();
        assertThat(scheduler.pending()).isZero();
    }

    @Test
    @DisplayName("S14: after closing, an immutable value that was noticed is still read; one that was not is not")
    void closeKeepsImmutableValues() {
        server.create(Samples.immutableConfigMap("app", "a"));
        server.create(Samples.immutableConfigMap("other", "o"));
        reference(APP);
        reference(OTHER);
        read(APP);
        store.close();

        assertThat(read(APP)).isEqualTo("a");
        assertThat(read(OTHER)).isEqualTo("waiting");
        assertThat(entry(OTHER).synced()).isFalse();
    }

    @Test
    @DisplayName("S14: closing during a list, a wait and a waiting read leaves nothing behind but that read")
    void closeInTheMiddle() {
        server.failNext(Verb.LIST, 500, 1);
        reference(APP);
        server.latency(SECOND.multipliedBy(2));
        store.addReference(OTHER);
        RecordingReader<ConfigMap> waiting = get(OTHER);
        store.close();
        assertThat(scheduler.pending()).isEqualTo(1);
        scheduler.advance(SECOND);

        assertThat(describe(waiting)).isEqualTo("SyncTimeout");
        assertThat(scheduler.pending()).isZero();
        assertThat(server.openWatches()).isEmpty();
    }
}
