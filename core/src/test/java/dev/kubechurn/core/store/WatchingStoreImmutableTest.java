package dev.kubechurn.core.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kubechurn.core.api.ObjectKind;
import dev.kubechurn.core.testing.RecordingReader;
import dev.kubechurn.core.testing.Samples;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Immutable objects: rules S7 and S8. */
class WatchingStoreImmutableTest extends StoreRig {

    @Test
    @DisplayName("S7: the first read marks the entry and closes its watch; the value stays, without requests")
    void readStopsTheReflector() {
        server.create(Samples.immutableConfigMap("app", "a"));
        reference(APP);
        assertThat(server.openWatches()).containsExactly(APP);
        assertThat(read(APP)).isEqualTo("a");
        assertThat(server.openWatches()).isEmpty();
        assertThat(entry(APP).immutable()).isTrue();

        server.delete(ObjectKind.CONFIG_MAP, APP);
        server.create(Samples.configMap("app", "new"));
        scheduler.advance(Duration.ofMinutes(30));
        assertThat(read(APP)).isEqualTo("a");
        assertThat(store.getNow("shop", "app")).isNotNull();
        assertThat(listsAndWatches()).containsExactly(1, 1);
    }

    @Test
    @DisplayName("S7: a read that waited notices as well")
    void waitingReadNotices() {
        server.create(Samples.immutableConfigMap("app", "a"));
        store.addReference(APP);
        RecordingReader<ConfigMap> waiting = get(APP);
        scheduler.advance(STEP);

        assertThat(describe(waiting)).isEqualTo("a");
        assertThat(server.openWatches()).isEmpty();
        assertThat(entry(APP).immutable()).isTrue();
    }

    @Test
    @DisplayName("S7: the fast path does not give an immutable object before a read has noticed it")
    void fastPathCannotMissTheMark() {
        server.create(Samples.immutableConfigMap("app", "a"));
        reference(APP);

        assertThat(store.getNow("shop", "app")).isNull();
        assertThat(read(APP)).isEqualTo("a");
        assertThat(store.getNow("shop", "app")).isNotNull();
    }

    @Test
    @DisplayName("S7: an object that becomes immutable is marked by the next read")
    void immutableLater() {
        server.create(Samples.configMap("app", "a"));
        reference(APP);
        assertThat(read(APP)).isEqualTo("a");
        server.update(Samples.immutableConfigMap("app", "b"));
        scheduler.runDue();
        assertThat(server.openWatches()).containsExactly(APP);
        assertThat(read(APP)).isEqualTo("b");
        assertThat(server.openWatches()).isEmpty();
    }

    @Test
    @DisplayName("S7: new references do not start it again, and the mark goes with the entry")
    void markLivesWithTheEntry() {
        server.create(Samples.immutableConfigMap("app", "a"));
        reference(APP);
        read(APP);
        reference(APP);
        store.deleteReference(APP);
        assertThat(read(APP)).isEqualTo("a");
        assertThat(listsAndWatches()).containsExactly(1, 1);

        store.deleteReference(APP);
        assertThat(read(APP)).isEqualTo("NotRegistered");
        reference(APP);
        assertThat(entry(APP).immutable()).isFalse();
        assertThat(server.openWatches()).containsExactly(APP);
        assertThat(listsAndWatches()).containsExactly(2, 2);
    }

    @Test
    @DisplayName("S7: immutable false is the same as absent")
    void immutableFalseIsMutable() {
        server.create(new ConfigMapBuilder(Samples.configMap("app", "a"))
                .withImmutable(false)
                .build());
        reference(APP);
        read(APP);

        assertThat(server.openWatches()).containsExactly(APP);
        assertThat(entry(APP).immutable()).isFalse();
    }

    @Test
    @DisplayName("S8: an immutable object that nobody reads keeps its watch, and its deletion is seen")
    void unreadImmutableIsFollowed() {
        server.create(Samples.immutableConfigMap("app", "a"));
        reference(APP);
        scheduler.advance(Duration.ofSeconds(59));
        assertThat(server.openWatches()).containsExactly(APP);
        server.delete(ObjectKind.CONFIG_MAP, APP);
        scheduler.runDue();

        assertThat(read(APP)).isEqualTo("NotFound");
        assertThat(server.openWatches()).containsExactly(APP);
    }

    @Test
    @DisplayName("S8: a read that timed out before the list arrived has noticed nothing")
    void timedOutReadNoticesNothing() {
        server.create(Samples.immutableConfigMap("app", "a"));
        server.latency(SECOND.multipliedBy(2));
        store.addReference(APP);
        RecordingReader<ConfigMap> waiting = get(APP);
        scheduler.advance(SECOND.multipliedBy(4));

        assertThat(describe(waiting)).isEqualTo("SyncTimeout");
        assertThat(entry(APP).immutable()).isFalse();
        assertThat(server.openWatches()).containsExactly(APP);
    }

    @Test
    @DisplayName("S8, S10: an unread immutable object goes idle like any other, and a read starts it again")
    void unreadImmutableGoesIdle() {
        server.create(Samples.immutableConfigMap("app", "a"));
        reference(APP);
        scheduler.advance(MINUTE);
        assertThat(server.openWatches()).isEmpty();
        assertThat(read(APP)).isEqualTo("waiting");
        scheduler.runDue();

        assertThat(read(APP)).isEqualTo("a");
        assertThat(entry(APP).immutable()).isTrue();
        assertThat(server.openWatches()).isEmpty();
    }
}
