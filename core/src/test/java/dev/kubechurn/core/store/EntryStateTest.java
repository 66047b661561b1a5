package dev.kubechurn.core.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kubechurn.core.api.ObjectKey;
import dev.kubechurn.core.api.ObjectKind;
import dev.kubechurn.core.testing.RecordingReader;
import dev.kubechurn.core.testing.Samples;
import io.fabric8.kubernetes.api.model.ConfigMap;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What an entry of the watching store shows of itself, and what may happen to it in the moments in between. */
class EntryStateTest extends StoreRig {

    @Test
    @DisplayName("S3, S4, S12: an entry before its list, with a value, idle, and without a value")
    void statesOfAnEntry() {
        server.create(Samples.configMap("app", "a"));
        store.addReference(APP);
        assertThat(entry(APP)).isEqualTo(new EntryState(APP, 1, false, false, false, null));
        scheduler.runDue();
        assertThat(entry(APP)).isEqualTo(new EntryState(APP, 1, true, false, false, "2"));
        scheduler.advance(MINUTE);
        assertThat(entry(APP)).isEqualTo(new EntryState(APP, 1, false, true, false, null));
        reference(OTHER);
        assertThat(entry(OTHER)).isEqualTo(new EntryState(OTHER, 1, true, false, false, null));
    }

    @Test
    @DisplayName("S7: the listener hears that a read has stopped the reflector of an immutable object, once")
    void noticingIsTold() {
        server.create(Samples.immutableConfigMap("app", "a"));
        reference(APP);
        read(APP);
        read(APP);
        assertThat(entry(APP)).isEqualTo(new EntryState(APP, 1, true, true, true, "2"));
        assertThat(listener.take()).containsExactly("added app", "applied app a", "stopped app");
    }

    @Test
    @DisplayName("S10: a read when the clock stands at 0 is a read")
    void readAtZero() {
        scheduler.advance(Duration.ofNanos(-scheduler.nanos()));
        reference(APP);
        read(APP);
        scheduler.advance(MINUTE.multipliedBy(2));
        assertThat(server.openWatches()).containsExactly(APP);
    }

    @Test
    @DisplayName("S3, S9: a sweep between a list and its readers' answers does not leave them behind")
    void sweepBeforeReadersAreAnswered() {
        server.latency(MINUTE);
        WatchedObject<ConfigMap> entry = new WatchedObject<>(store, APP);
        entry.referenced(1);
        RecordingReader<ConfigMap> waiting = new RecordingReader<>();
        entry.get(waiting);
        entry.replace(Samples.configMap("app", "a"));
        entry.stopIfIdle(scheduler.nanos() + MINUTE.toNanos(), 0);
        entry.settled();
        scheduler.advance(STEP);
        assertThat(describe(waiting)).isEqualTo("a");
    }

    @Test
    @DisplayName("S14: a sweep that closing came too late to cancel does not go on")
    void sweepAfterClosing() {
        store.close();
        store = storeWithResync(MINUTE);
        scheduler.cancelInVain();
        store.close();
        scheduler.advance(MINUTE);
        assertThat(scheduler.pending()).isZero();
    }

    @Test
    @DisplayName("S14: a store that is closed in the middle of a sweep plans no further one")
    void closingDuringASweep() {
        store.close();
        store = new WatchingStore<>(
                ObjectKind.CONFIG_MAP, server.configMaps(), scheduler, () -> 0, MINUTE, new StoreListener<ConfigMap>() {
                    @Override
                    public EntryListener<ConfigMap> added(ObjectKey key) {
                        return new EntryListener<>() {
                            @Override
                            public void stopped() {
                                store.close(); // as another thread would
                            }
                        };
                    }
                });
        reference(APP);
        scheduler.advance(MINUTE);
        assertThat(scheduler.pending()).isZero();
    }

    @Test
    @DisplayName("S27, S29: digits are at least one, from 0 to 9")
    void digits() {
        assertThat(DecimalDigits.stand("0", 0)).isTrue();
        assertThat(DecimalDigits.stand("-9", 1)).isTrue();
        assertThat(DecimalDigits.stand("", 0)).isFalse();
        assertThat(DecimalDigits.stand("-", 1)).isFalse();
        assertThat(DecimalDigits.stand("-9", 0)).isFalse();
    }
}
