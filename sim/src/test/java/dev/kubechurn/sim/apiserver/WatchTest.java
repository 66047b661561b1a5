package dev.kubechurn.sim.apiserver;

import static dev.kubechurn.sim.apiserver.ApiStoreTest.refusal;
import static dev.kubechurn.sim.apiserver.StoreFixture.configMap;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kubechurn.core.api.ObjectKey;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Watches of the store: where they start, what they see, how they end. */
class WatchTest {

    private final StoreFixture fixture = new StoreFixture();
    private final ApiStore store = fixture.store;

    private RecordingSink watch(boolean bookmarks, int timeoutSeconds) {
        RecordingSink sink = new RecordingSink();
        store.watch(new WatchRequest(StoreFixture.all(), "1", bookmarks, timeoutSeconds, false), sink);
        return sink;
    }

    @Test
    void withoutAVersionThePresentObjectsComeFirst() {
        fixture.create("ns", "a");
        fixture.update("ns", "a", "second");
        fixture.create("ns", "b");

        for (String version : List.of("", "0")) {
            RecordingSink sink = fixture.watch(StoreFixture.inNamespace("ns"), version);
            assertThat(sink.summary()).containsExactly("ADDED at 3", "ADDED at 4");
        }
        RecordingSink sink = fixture.watch(StoreFixture.inNamespace("ns"), "");
        fixture.update("ns", "a", "third");
        assertThat(sink.summary()).containsExactly("ADDED at 3", "ADDED at 4", "MODIFIED at 5");
    }

    @Test
    void fromAVersionEveryLaterEventComesInOrder() {
        fixture.create("ns", "a");
        fixture.create("ns", "b");
        fixture.update("ns", "a", "second");
        fixture.delete("ns", "a");

        assertThat(fixture.watch(StoreFixture.all(), "1").summary())
                .containsExactly("ADDED at 2", "ADDED at 3", "MODIFIED at 4", "DELETED at 5");
        assertThat(fixture.watch(StoreFixture.all(), "3").summary()).containsExactly("MODIFIED at 4", "DELETED at 5");
        RecordingSink live = fixture.watch(StoreFixture.named("ns", "a"), "4");
        fixture.create("ns", "a");
        fixture.update("ns", "b", "second");
        assertThat(live.summary()).containsExactly("DELETED at 5", "ADDED at 6");
    }

    @Test
    void aDeletionShowsTheLastStateUnderTheDeletionsVersion() {
        fixture.create("ns", "a");
        RecordingSink sink = fixture.watch(StoreFixture.all(), "2");

        fixture.delete("ns", "a");

        assertThat(sink.events().get(0).text())
                .startsWith("{\"type\":\"DELETED\",\"object\":{")
                .contains("\"resourceVersion\":\"3\"", "\"data\":{\"key\":\"first\"}");
    }

    @Test
    void aWatchFromTheFutureWaitsForIt() {
        RecordingSink sink = fixture.watch(StoreFixture.all(), "3");

        fixture.create("ns", "a");
        fixture.create("ns", "b");
        fixture.create("ns", "c");

        assertThat(sink.summary()).containsExactly("ADDED at 4");
    }

    @Test
    void aVersionBeforeTheHistoryIsExpired() {
        fixture.create("ns", "a");
        fixture.create("ns", "b");
        store.compact(2);

        ApiStatusException refusal = refusal(() -> fixture.watch(StoreFixture.all(), "1"));

        assertThat(refusal.code()).isEqualTo(410);
        assertThat(refusal.reason()).isEqualTo("Expired");
        assertThat(refusal).hasMessage("too old resource version: 1 (2)");
        assertThat(fixture.watch(StoreFixture.all(), "2").summary()).containsExactly("ADDED at 3");
        assertThat(refusal(() -> fixture.watch(StoreFixture.all(), "one")).code())
                .isEqualTo(400);
        assertThat(store.openWatchCount()).isEqualTo(1);
    }

    @Test
    void theHistoryIsBoundedInEventsAndInBytes() {
        StoreFixture few = new StoreFixture(new ApiStore.Limits(2, 1 << 20), 1);
        StoreFixture small = new StoreFixture(new ApiStore.Limits(100, 2_500), 1);
        for (int i = 0; i < 4; i++) {
            few.create("ns", "n" + i);
            small.store.create(configMap("ns", "n" + i, "x".repeat(1_000)));
        }

        for (StoreFixture bounded : List.of(few, small)) {
            assertThat(refusal(() -> bounded.watch(StoreFixture.all(), "2")).code())
                    .isEqualTo(410);
            assertThat(bounded.watch(StoreFixture.all(), "3").summary()).containsExactly("ADDED at 4", "ADDED at 5");
            assertThat(bounded.watch(StoreFixture.named("ns", "n3"), "3").summary())
                    .containsExactly("ADDED at 5");
        }
    }

    @Test
    void anEventReachesItsWatchersOnlyAndIsEncodedOnce() {
        RecordingSink byName = fixture.watch(StoreFixture.named("ns", "a"), "1");
        RecordingSink byNamespace = fixture.watch(StoreFixture.inNamespace("ns"), "1");
        RecordingSink all = fixture.watch(StoreFixture.all(), "1");
        RecordingSink otherName = fixture.watch(StoreFixture.named("ns", "b"), "1");
        RecordingSink otherNamespace = fixture.watch(StoreFixture.named("other", "a"), "1");
        RecordingSink secrets = fixture.watch(Selection.of(Resource.SECRETS, ""), "1");

        fixture.create("ns", "a");

        EncodedEvent event = byName.events().get(0);
        assertThat(byNamespace.events().get(0)).isSameAs(event);
        assertThat(all.events().get(0)).isSameAs(event);
        assertThat(event.utf8Bytes()).isEqualTo(event.text().length());
        assertThat(otherName.events()).isEmpty();
        assertThat(otherNamespace.events()).isEmpty();
        assertThat(secrets.events()).isEmpty();
    }

    @Test
    void anObjectEntersAndLeavesALabelSelector() {
        RecordingSink sink = fixture.watch(StoreFixture.labelled("app=web"), "1");
        Map<String, String> web = Map.of("app", "web");

        store.create(configMap("ns", "a", "1"));
        store.update(configMap("ns", "a", "2", web));
        store.update(configMap("ns", "a", "3", web));
        store.update(configMap("ns", "a", "4"));
        store.update(configMap("ns", "a", "5"));
        store.update(configMap("ns", "a", "6", web));
        fixture.delete("ns", "a");

        List<String> expected = List.of("ADDED at 3", "MODIFIED at 4", "DELETED at 5", "ADDED at 7", "DELETED at 8");
        assertThat(sink.summary()).isEqualTo(expected);
        assertThat(sink.events().get(2).text())
                .contains("\"resourceVersion\":\"5\"", "\"app\":\"web\"", "\"key\":\"3\"");
        assertThat(fixture.watch(StoreFixture.labelled("app=web"), "1").summary())
                .isEqualTo(expected);
    }

    @Test
    void bookmarksComeEveryMinute() {
        RecordingSink sink = watch(true, 3600);
        RecordingSink without = watch(false, 3600);
        fixture.create("ns", "a");

        fixture.scheduler.advance(Duration.ofSeconds(59));
        assertThat(sink.summary()).containsExactly("ADDED at 2");
        fixture.scheduler.advance(Duration.ofSeconds(1));
        assertThat(sink.summary()).containsExactly("ADDED at 2", "BOOKMARK at 2");
        assertThat(sink.events().get(1).text())
                .isEqualTo("{\"type\":\"BOOKMARK\",\"object\":"
                        + "{\"kind\":\"ConfigMap\",\"apiVersion\":\"v1\",\"metadata\":{\"resourceVersion\":\"2\"}}}");
        fixture.scheduler.advance(Duration.ofMinutes(59));
        assertThat(sink.events()).as("59 by the minute, and the last one").hasSize(1 + 60);
        assertThat(sink.isClosed()).isTrue();
        assertThat(without.summary()).containsExactly("ADDED at 2");
    }

    @Test
    void theLastBookmarkComesShortlyBeforeTheEndButNeverInTheFirstSecond() {
        RecordingSink brief = watch(true, 2);
        RecordingSink longer = watch(true, 10);

        fixture.scheduler.advance(Duration.ofSeconds(7));
        assertThat(longer.events()).isEmpty();
        fixture.scheduler.advance(Duration.ofSeconds(3));

        assertThat(brief.events()).isEmpty();
        assertThat(longer.summary()).containsExactly("BOOKMARK at 1");
    }

    @Test
    void aWatchEndsWithItsTime() {
        RecordingSink sink = watch(false, 10);

        fixture.scheduler.advance(Duration.ofMillis(9_999));
        assertThat(sink.isClosed()).isFalse();
        fixture.scheduler.advance(Duration.ofMillis(1));
        assertThat(sink.isClosed()).isTrue();
        fixture.create("ns", "a");

        assertThat(sink.events()).isEmpty();
        assertThat(store.openWatchCount()).isZero();
        assertThat(fixture.scheduler.scheduled()).isZero();
    }

    @Test
    void withoutATimeOutAWatchLasts30To60Minutes() {
        List<RecordingSink> sinks = List.of(watch(false, 0), watch(false, 0), watch(false, 0), watch(false, 0));

        fixture.scheduler.advance(Duration.ofMinutes(30).minusNanos(1));
        assertThat(sinks).noneMatch(RecordingSink::isClosed);
        fixture.scheduler.advance(Duration.ofMinutes(30));
        assertThat(sinks).allMatch(RecordingSink::isClosed);
    }

    @Test
    void aCancelledWatchHearsNothingMore() {
        RecordingSink sink = new RecordingSink();
        WatchHandle handle = store.watch(WatchRequest.from(StoreFixture.named("ns", "a"), "1"), sink);
        RecordingSink neighbour = fixture.watch(StoreFixture.named("ns", "a"), "1");

        handle.cancel();
        handle.cancel();
        fixture.create("ns", "a");

        assertThat(sink.events()).isEmpty();
        assertThat(sink.isClosed()).isFalse();
        assertThat(neighbour.summary()).containsExactly("ADDED at 2");
        assertThat(store.openWatchCount()).isEqualTo(1);
        assertThat(fixture.scheduler.scheduled()).isEqualTo(1);
    }

    @Test
    void watchesAreCounted() {
        fixture.watch(StoreFixture.named("ns", "a"), "1");
        fixture.watch(StoreFixture.inNamespace("ns"), "1");
        fixture.watch(store.selection(Resource.CONFIGMAPS, new ObjectKey("ns", "a")), "1");

        assertThat(store.openWatchCounts())
                .isEqualTo(Map.of(
                        new OpenWatch(Resource.CONFIGMAPS, "ns", Optional.of("a")), 2,
                        new OpenWatch(Resource.CONFIGMAPS, "ns", Optional.empty()), 1));
    }

    @Test
    void watchesCanBeSeenAndDropped() {
        RecordingSink named = fixture.watch(StoreFixture.named("ns", "a"), "1");
        RecordingSink spaced = fixture.watch(StoreFixture.inNamespace("ns"), "1");
        fixture.watch(Selection.of(Resource.SECRETS, ""), "1");

        assertThat(store.openWatches())
                .containsExactly(
                        new OpenWatch(Resource.CONFIGMAPS, "ns", Optional.of("a")),
                        new OpenWatch(Resource.CONFIGMAPS, "ns", Optional.empty()),
                        new OpenWatch(Resource.SECRETS, "", Optional.empty()));
        assertThat(store.dropWatches(watch -> watch.name().isPresent())).isEqualTo(1);
        assertThat(named.isClosed()).isTrue();
        assertThat(spaced.isClosed()).isFalse();
        assertThat(store.openWatchCount()).isEqualTo(2);
    }

    @Test
    void aStreamedListEndsWithAMarkedBookmark() {
        fixture.create("ns", "a");
        RecordingSink sink = new RecordingSink();

        store.watch(new WatchRequest(StoreFixture.all(), "", true, 60, true), sink);
        fixture.update("ns", "a", "second");

        assertThat(sink.summary()).containsExactly("ADDED at 2", "BOOKMARK at 2", "MODIFIED at 3");
        assertThat(sink.events().get(1).text()).contains("\"annotations\":{\"k8s.io/initial-events-end\":\"true\"}");
        assertThat(refusal(() -> store.watch(
                                new WatchRequest(StoreFixture.all(), "9", true, 60, true), new RecordingSink()))
                        .code())
                .isEqualTo(504);
    }
}
