package dev.kubechurn.core.store;

import static dev.kubechurn.core.store.StoreRig.APP;
import static dev.kubechurn.core.store.StoreRig.MINUTE;
import static dev.kubechurn.core.store.StoreRig.OTHER;
import static dev.kubechurn.core.store.StoreRig.SECOND;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kubechurn.core.api.ObjectKind;
import dev.kubechurn.core.testing.RecordingReader;
import dev.kubechurn.core.testing.Samples;
import dev.kubechurn.core.testing.Verb;
import io.fabric8.kubernetes.api.model.ConfigMap;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Strategy Cache with reads that meet a fetch under way: rules S20, S32 and S14's closing. A fetch takes a second. */
class TtlStoreWaitingTest extends TtlRig {

    @BeforeEach
    void referenceAnObject() {
        server.create(Samples.configMap("app", "a"));
        server.latency(SECOND);
        store.addReference(APP);
    }

    @Test
    @DisplayName("S32: readers that arrive during a fetch wait for it and share its value: one request")
    void readersShareAFreshValue() {
        List<RecordingReader<ConfigMap>> readers = List.of(get(APP), get(APP), get(APP));
        scheduler.advance(SECOND.dividedBy(2));
        RecordingReader<ConfigMap> late = get(APP);
        assertThat(describe(readers)).containsOnly("waiting");
        scheduler.advance(SECOND.dividedBy(2));

        assertThat(describe(readers)).containsExactly("a", "a", "a");
        assertThat(StoreRig.describe(late)).isEqualTo("a");
        assertThat(server.requests()).containsExactly(quorum());
    }

    @Test
    @DisplayName("S32: after NotFound each reader fetches in its turn: one request at a time, the first come first")
    void readersTakeTurnsAfterNotFound() {
        server.delete(ObjectKind.CONFIG_MAP, APP);
        takeTurns("NotFound");
    }

    @Test
    @DisplayName("S32: after a failure each reader fetches in its turn")
    void readersTakeTurnsAfterAFailure() {
        server.failNext(Verb.GET, 500, 3);
        takeTurns("Unavailable");
    }

    @Test
    @DisplayName("S32: with a TTL of zero each reader fetches in its turn")
    void readersTakeTurnsWithoutTtl() {
        annotation = "0";
        takeTurns("a");
    }

    private void takeTurns(String answer) {
        List<RecordingReader<ConfigMap>> readers = List.of(get(APP), get(APP), get(APP));
        for (int turn = 1; turn <= readers.size(); turn++) {
            assertThat(server.calls(Verb.GET)).isEqualTo(turn);
            scheduler.advance(SECOND);
            assertThat(readers.stream().filter(RecordingReader::answered)).hasSize(turn);
            assertThat(StoreRig.describe(readers.get(turn - 1))).isEqualTo(answer);
        }
        scheduler.advance(MINUTE);
        assertThat(server.calls(Verb.GET)).isEqualTo(3);
    }

    @Test
    @DisplayName("S32: a reader whose turn finds a fresh value ends the waiting of all behind it")
    void firstSuccessEndsTheWaiting() {
        server.failNext(Verb.GET, 500, 1);
        List<RecordingReader<ConfigMap>> readers = List.of(get(APP), get(APP), get(APP), get(APP));
        scheduler.advance(SECOND.multipliedBy(2));

        assertThat(describe(readers)).containsExactly("Unavailable", "a", "a", "a");
        assertThat(server.calls(Verb.GET)).isEqualTo(2);
    }

    @Test
    @DisplayName("S25, S32: a refresh that fails answers its reader with the old value, and the next one fetches again")
    void failedRefreshPassesTheTurn() {
        finish(get(APP));
        server.update(Samples.configMap("app", "b"));
        scheduler.advance(MINUTE);
        server.failNext(Verb.GET, 500, 1);
        List<RecordingReader<ConfigMap>> readers = List.of(get(APP), get(APP));
        scheduler.advance(SECOND.multipliedBy(2));

        assertThat(describe(readers)).containsExactly("a", "b");
        assertThat(server.requests()).containsExactly(quorum(), fromServerCache(), fromServerCache());
    }

    @Test
    @DisplayName("S32: nothing is read from memory past the readers that wait, were it fresh again")
    void memoryDoesNotOvertake() {
        finish(get(APP));
        scheduler.advance(MINUTE);
        RecordingReader<ConfigMap> refreshing = get(APP);
        annotation = "600";
        assertThat(store.getNow("shop", "app")).isNull();
        RecordingReader<ConfigMap> behind = get(APP);
        assertThat(behind.answered()).isFalse();
        scheduler.advance(SECOND);

        assertThat(describe(List.of(refreshing, behind))).containsExactly("a", "a");
        assertThat(store.getNow("shop", "app")).isNotNull();
    }

    @Test
    @DisplayName("S32: reads of different objects do not wait for each other")
    void objectsDoNotWait() {
        server.create(Samples.configMap("other", "b"));
        store.addReference(OTHER);
        RecordingReader<ConfigMap> slow = get(APP);
        server.latency(Duration.ZERO);

        assertThat(read(OTHER)).isEqualTo("b");
        assertThat(slow.answered()).isFalse();
    }

    @Test
    @DisplayName("S32: a reader may read again from within its answer: it comes after those that wait")
    void readerReadsAgain() {
        annotation = "0";
        List<String> order = new ArrayList<>();
        store.get("shop", "app", new Naming("first", order, () -> store.get("shop", "app", naming("again", order))));
        store.get("shop", "app", naming("second", order));
        scheduler.advance(SECOND.multipliedBy(3));

        assertThat(order).containsExactly("first a", "second a", "again a");
        assertThat(server.calls(Verb.GET)).isEqualTo(3);
    }

    private static Reader<ConfigMap> naming(String name, List<String> order) {
        return new Naming(name, order, () -> {});
    }

    @Test
    @DisplayName("S20: a fetch under way at a new reference answers those that wait for it, and is not kept")
    void newReferenceDuringAFetch() {
        List<RecordingReader<ConfigMap>> before = List.of(get(APP), get(APP));
        server.update(Samples.configMap("app", "b"));
        store.addReference(APP);
        RecordingReader<ConfigMap> after = get(APP);
        assertThat(server.requests()).as("the new one does not wait").containsExactly(quorum(), quorum());
        scheduler.advance(SECOND);

        assertThat(describe(before)).containsExactly("a", "a");
        assertThat(StoreRig.describe(after)).isEqualTo("b");
        assertThat(StoreRig.describe(get(APP))).isEqualTo("b");
        assertThat(listener.take()).containsExactly("added app", "applied app b");
    }

    @Test
    @DisplayName(
            "S20: an answer that comes after the entry went is not kept for the next one, nor told to the listener")
    void entryGoesDuringAFetch() {
        RecordingReader<ConfigMap> waiting = get(APP);
        store.deleteReference(APP);
        assertThat(StoreRig.describe(get(APP))).isEqualTo("NotRegistered");
        store.addReference(APP);
        scheduler.advance(SECOND);

        assertThat(StoreRig.describe(waiting)).isEqualTo("a");
        assertThat(store.getNow("shop", "app")).isNull();
        assertThat(listener.take()).containsExactly("added app", "removed app", "added app");
    }

    @Test
    @DisplayName("S14: at closing, the fetch under way answers its reader; those behind it ask nothing more")
    void closingDuringAFetch() {
        server.failNext(Verb.GET, 500, 1);
        List<RecordingReader<ConfigMap>> readers = List.of(get(APP), get(APP), get(APP));
        store.close();
        scheduler.advance(SECOND);

        assertThat(describe(readers)).containsExactly("Unavailable", "Unavailable", "Unavailable");
        assertThat(readers.get(0).error().message()).isEqualTo("InternalError by script");
        assertThat(readers.get(1).error().message()).isEqualTo("the store is closed");
        assertThat(server.calls(Verb.GET)).isEqualTo(1);
    }

    @Test
    @DisplayName("S14: after closing a read gives what is remembered, stale or not")
    void closedStoreGivesWhatItRemembers() {
        finish(get(APP));
        store.addReference(OTHER);
        finish(get(OTHER));
        store.close();
        scheduler.advance(MINUTE.multipliedBy(10));

        assertThat(List.of(read(APP), read(OTHER))).containsExactly("a", "NotFound");
        assertThat(server.calls(Verb.GET)).isEqualTo(2);
    }

    @Test
    @DisplayName("A second answer to one request breaks the port's contract, and is refused")
    void secondAnswerIsRefused() {
        CachedValue<ConfigMap> value = new CachedValue<>(new CachedObject<>(store, APP), APP);
        assertThatThrownBy(() -> value.found(Samples.configMap("app", "a")))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("shop/app");
    }

    private void finish(RecordingReader<ConfigMap> reader) {
        scheduler.advance(SECOND);
        assertThat(reader.answered()).isTrue();
    }

    /** Writes down its answer, then does something. */
    private record Naming(String name, List<String> order, Runnable next) implements Reader<ConfigMap> {

        @Override
        public void found(ConfigMap object) {
            order.add(name + " " + Samples.value(object));
            next.run();
        }

        @Override
        public void failed(LookupError error) {
            order.add(name + " " + error.message());
            next.run();
        }
    }
}
