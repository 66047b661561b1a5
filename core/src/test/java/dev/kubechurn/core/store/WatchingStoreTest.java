package dev.kubechurn.core.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kubechurn.core.api.ObjectKey;
import dev.kubechurn.core.api.ObjectKind;
import dev.kubechurn.core.testing.RecordingReader;
import dev.kubechurn.core.testing.Samples;
import dev.kubechurn.core.testing.Statuses;
import dev.kubechurn.core.testing.Verb;
import io.fabric8.kubernetes.api.model.ConfigMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** References, reads and events: rules S1 to S6 and S13, and M9. */
class WatchingStoreTest extends StoreRig {

    @Test
    @DisplayName("S1: the first reference lists and watches the one object; further ones start nothing")
    void firstReferenceStartsOneReflector() {
        reference(APP);
        reference(APP);
        reference(APP);

        assertThat(server.requests()).containsExactly("LIST shop/app 0", "WATCH shop/app 1");
        assertThat(server.openWatches()).containsExactly(APP);
        assertThat(store.references()).isEqualTo(Map.of(APP, 3));
    }

    @Test
    @DisplayName("M9: the entry and its watch go with the last reference, not before")
    void entryGoesWithTheLastReference() {
        reference(APP);
        reference(APP);
        store.deleteReference(APP);
        assertThat(server.openWatches()).containsExactly(APP);
        store.deleteReference(APP);

        assertThat(server.openWatches()).isEmpty();
        assertThat(store.references()).isEmpty();
        assertThat(store.entries()).isEmpty();
        assertThat(read(APP)).isEqualTo("NotRegistered");
    }

    @Test
    @DisplayName("M9: dropping a reference that nobody holds does nothing")
    void strayDropDoesNothing() {
        reference(OTHER);
        store.deleteReference(APP);
        store.deleteReference(new ObjectKey("elsewhere", "app"));

        assertThat(store.references()).isEqualTo(Map.of(OTHER, 1));
    }

    @Test
    @DisplayName("M10: the same name in two namespaces is two objects")
    void namespacesAreSeparate() {
        ObjectKey elsewhere = new ObjectKey("bank", "app");
        server.create(Samples.configMap("app", "shop's"));
        server.create(Samples.configMap("bank", "app", "bank's"));
        reference(APP);
        reference(elsewhere);

        assertThat(List.of(read(APP), read(elsewhere))).containsExactly("shop's", "bank's");
        store.deleteReference(elsewhere);
        assertThat(server.openWatches()).containsExactly(APP);
        assertThat(read(APP)).isEqualTo("shop's");
    }

    @Test
    @DisplayName("S2: a read without an entry is NotRegistered, with the kubelet's text, and asks nothing")
    void readWithoutEntry() {
        server.create(Samples.configMap("app", "a"));

        assertThat(get(APP).error()).isEqualTo(new LookupError.NotRegistered(APP));
        assertThat(get(APP).error().message()).isEqualTo("object \"shop\"/\"app\" not registered");
        assertThat(store.getNow("shop", "app")).isNull();
        assertThat(server.requests()).isEmpty();
    }

    @Test
    @DisplayName("S3: after a second a read is SyncTimeout, with the kubelet's text; each read has its own second")
    void eachReadHasItsOwnSecond() {
        server.partition();
        reference(APP);
        RecordingReader<ConfigMap> first = get(APP);
        scheduler.advance(SECOND.dividedBy(2));
        RecordingReader<ConfigMap> second = get(APP);
        scheduler.advance(SECOND.dividedBy(2).minus(TICK));
        assertThat(first.answered()).isFalse();
        scheduler.advance(TICK);
        assertThat(first.error()).isEqualTo(new LookupError.SyncTimeout(ObjectKind.CONFIG_MAP));
        assertThat(first.error().message())
                .isEqualTo("failed to sync configmap cache: timed out waiting for the condition");
        assertThat(second.answered()).isFalse();
        scheduler.advance(SECOND.dividedBy(2));
        assertThat(describe(second)).isEqualTo("SyncTimeout");
    }

    @Test
    @DisplayName("S3: a list that arrives after a read timed out answers later reads, not that one again")
    void lateListAnswersLaterReads() {
        server.create(Samples.configMap("app", "a"));
        server.latency(SECOND.multipliedBy(2));
        store.addReference(APP);
        RecordingReader<ConfigMap> early = get(APP);
        scheduler.advance(SECOND);
        RecordingReader<ConfigMap> late = get(APP);
        scheduler.advance(SECOND);

        assertThat(List.of(describe(early), describe(late))).containsExactly("SyncTimeout", "a");
        assertThat(read(APP)).isEqualTo("a");
    }

    @Test
    @DisplayName("S3: a reader may read again, and drop the reference, from within its answer")
    void readersMayCallBack() {
        server.create(Samples.configMap("app", "a"));
        store.addReference(APP);
        RecordingReader<ConfigMap> second = new RecordingReader<>();
        store.get("shop", "app", new Reader<>() {
            @Override
            public void found(ConfigMap object) {
                store.get("shop", "app", second);
                store.deleteReference(APP);
            }

            @Override
            public void failed(LookupError error) {
                throw new AssertionError(error.message());
            }
        });
        scheduler.advance(STEP);

        assertThat(describe(second)).isEqualTo("a");
        assertThat(server.openWatches()).isEmpty();
    }

    @Test
    @DisplayName("S4: once synced, reads are answered at once and without requests: the object or NotFound")
    void syncedReadsComeFromMemory() {
        server.create(Samples.configMap("app", "a"));
        reference(APP);
        reference(OTHER);

        assertThat(read(APP)).isEqualTo("a");
        assertThat(store.getNow("shop", "app")).isSameAs(get(APP).object());
        assertThat(get(OTHER).error().message()).isEqualTo("configmap \"other\" not found");
        assertThat(get(OTHER).error()).isInstanceOf(LookupError.NotFound.class);
        assertThat(store.getNow("shop", "other")).isNull();
        assertThat(listsAndWatches()).containsExactly(2, 2);
        assertThat(server.calls(Verb.GET)).isZero();
    }

    @Test
    @DisplayName("S4: the texts of a Secret store name the Secret")
    void secretTexts() {
        assertThat(LookupError.NotFound.remembered(ObjectKind.SECRET, "key").message())
                .isEqualTo("secret \"key\" not found");
        assertThat(new LookupError.SyncTimeout(ObjectKind.SECRET).message())
                .isEqualTo("failed to sync secret cache: timed out waiting for the condition");
    }

    @Test
    @DisplayName("S5: events take effect as they arrive: modified, deleted, added again")
    void eventsTakeEffect() {
        server.create(Samples.configMap("app", "a"));
        reference(APP);
        server.update(Samples.configMap("app", "b"));
        scheduler.runDue();
        assertThat(read(APP)).isEqualTo("b");
        server.delete(ObjectKind.CONFIG_MAP, APP);
        scheduler.runDue();
        assertThat(read(APP)).isEqualTo("NotFound");
        server.create(Samples.configMap("app", "c"));
        scheduler.runDue();
        assertThat(read(APP)).isEqualTo("c");
        assertThat(listsAndWatches()).containsExactly(1, 1);
    }

    @Test
    @DisplayName("S6: a synced entry stays synced while its reflector is in trouble, and catches up after")
    void troubleKeepsTheValue() {
        server.create(Samples.configMap("app", "a"));
        reference(APP);
        scheduler.advance(SECOND);
        server.failNext(Verb.LIST, 500, 1);
        server.failWatches(Statuses.of(500));
        scheduler.advance(SECOND);
        assertThat(read(APP)).isEqualTo("a");
        server.partition();
        server.update(Samples.configMap("app", "b"));
        scheduler.advance(MINUTE);
        assertThat(read(APP)).isEqualTo("a");
        server.heal();
        scheduler.advance(MINUTE);
        assertThat(read(APP)).isEqualTo("b");
    }

    @Test
    @DisplayName("S13: when the entry goes with its list under way, the answer is thrown away and no watch opens")
    void releaseDuringTheList() {
        server.create(Samples.configMap("app", "a"));
        server.latency(SECOND.dividedBy(10));
        server.lateCallbacks(true);
        store.addReference(APP);
        store.deleteReference(APP);
        scheduler.advance(SECOND);

        assertThat(listsAndWatches()).containsExactly(1, 0);
        assertThat(server.openWatches()).isEmpty();
        assertThat(listener.take()).containsExactly("added app", "removed app");
    }

    @Test
    @DisplayName("S13: a later reference makes a new entry: list from 0, no value, its own watch")
    void laterReferenceMakesANewEntry() {
        server.create(Samples.configMap("app", "a"));
        reference(APP);
        store.deleteReference(APP);
        server.partition();
        reference(APP);
        assertThat(read(APP)).isEqualTo("waiting");
        server.heal();
        scheduler.advance(SECOND);

        assertThat(read(APP)).isEqualTo("a");
        assertThat(server.requests().get(2)).isEqualTo("LIST shop/app 0");
        assertThat(server.openWatches()).containsExactly(APP);
    }

    @Test
    @DisplayName("S13: a waiting read stays with its entry, and times out though a new entry is synced")
    void waitingReadStaysWithItsEntry() {
        server.create(Samples.configMap("app", "a"));
        server.partition();
        reference(APP);
        RecordingReader<ConfigMap> waiting = get(APP);
        store.deleteReference(APP);
        server.heal();
        reference(APP);
        assertThat(read(APP)).isEqualTo("a");
        scheduler.advance(SECOND.minus(TICK));
        assertThat(waiting.answered()).isFalse();
        scheduler.advance(TICK);
        assertThat(describe(waiting)).isEqualTo("SyncTimeout");
    }

    @Test
    @DisplayName("M9: leaving and coming back at once never holds two watches open")
    void oldWatchGoesBeforeTheNext() {
        for (int i = 0; i < 10; i++) {
            reference(APP);
            assertThat(server.openWatches()).containsExactly(APP);
            store.deleteReference(APP);
            assertThat(server.openWatches()).isEmpty();
        }
    }

    @Test
    @DisplayName("S13: a read that found an idle entry just before it went is NotRegistered, and starts nothing")
    void entryGoesDuringARead() {
        reference(APP);
        scheduler.advance(MINUTE);
        scheduler.beforeNextStamp(() -> store.deleteReference(APP));

        assertThat(read(APP)).isEqualTo("NotRegistered");
        scheduler.advance(MINUTE);
        assertThat(listsAndWatches()).containsExactly(1, 1);
    }

    @Test
    @DisplayName("S13: an entry that goes between its list and its readers' answers leaves them waiting")
    void entryGoesBeforeItsReadersAreAnswered() {
        server.latency(MINUTE);
        WatchedObject<ConfigMap> entry = new WatchedObject<>(store, APP);
        entry.referenced(1);
        RecordingReader<ConfigMap> waiting = new RecordingReader<>();
        entry.get(waiting);
        entry.release();
        entry.settled();
        assertThat(waiting.answered()).isFalse();
        scheduler.advance(SECOND);

        assertThat(describe(waiting)).isEqualTo("SyncTimeout");
    }
}
