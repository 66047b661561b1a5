package dev.kubechurn.sim.apiserver;

import static dev.kubechurn.sim.apiserver.ApiStoreTest.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kubechurn.core.api.ObjectKey;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The window of past events: when it grows and shrinks, and what it then refuses. */
final class WatchCacheTest {

    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
    private static final long FRESH = 10 * SECOND;
    private static final ObjectKey KEY = new ObjectKey("ns", "a");

    private final WatchCache cache =
            new WatchCache(new ApiStore.Limits(4, 16, FRESH, 1 << 20), 1, new ObjectTable(Resource.CONFIGMAPS));
    private long revision = 1;

    @Test
    void itDoublesWhileItIsFullOfFreshEventsUpToItsMost() {
        append(5, 0);
        assertThat(cache.capacity()).isEqualTo(8);
        append(4, SECOND);
        assertThat(cache.capacity()).isEqualTo(16);
        append(100, SECOND);
        assertThat(cache.capacity()).isEqualTo(16);
        assertThat(revisions(1)).as("the newest 16 of 109").hasSize(16).first().isEqualTo(95L);
        assertThat(cache.compactedRevision()).isEqualTo(94);
    }

    @Test
    void itStaysAsItIsWhenItsOldestEventIsOldButItsNewestQuarterIsFresh() {
        append(8, 0); // 8 by doubling once
        append(1, FRESH); // the newest quarter, two events, is exactly as old as fresh ones may be
        assertThat(cache.capacity()).isEqualTo(8);
        assertThat(revisions(1)).containsExactly(3L, 4L, 5L, 6L, 7L, 8L, 9L, 10L);
        append(1, FRESH + 1); // the quarter begins with one from 0 s
        assertThat(cache.capacity()).isEqualTo(4);
    }

    @Test
    void itHalvesWhenItsNewestQuarterIsNotFreshDownToItsLeast() {
        append(16, 0);
        assertThat(cache.capacity()).isEqualTo(16);
        append(1, 2 * FRESH);
        assertThat(cache.capacity()).isEqualTo(8);
        assertThat(revisions(1)).as("8 of 17, one of them new").containsExactly(11L, 12L, 13L, 14L, 15L, 16L, 17L, 18L);
        append(1, 20 * FRESH);
        assertThat(cache.capacity()).isEqualTo(4);
        append(1, 40 * FRESH);
        assertThat(cache.capacity()).isEqualTo(4);
        assertThat(revisions(1)).containsExactly(17L, 18L, 19L, 20L);
    }

    /** Nothing shrinks by itself: only a write looks. */
    @Test
    void anEventLessResourceKeepsWhatItHas() {
        append(3, 0);
        assertThat(revisions(1)).hasSize(3);
        assertThat(cache.compactedRevision()).isEqualTo(1);
    }

    @Test
    void bytesBoundItWhateverItsCapacity() {
        WatchCache small =
                new WatchCache(new ApiStore.Limits(100, 200, FRESH, 25), 1, new ObjectTable(Resource.CONFIGMAPS));
        for (int i = 0; i < 5; i++) {
            small.append(event(++revision, 10), 0);
        }
        assertThat(small.compactedRevision()).isEqualTo(4);
        small.append(event(++revision, 1_000), 0);
        assertThat(small.after(6, named())).as("one is always kept").hasSize(1);
    }

    @Test
    void pastStatesAreFoundHoweverTheRingLies() {
        for (int i = 0; i < 60; i++) {
            append(1, i * SECOND);
        }
        long oldest = cache.compactedRevision();
        var state = new TreeMap<>(Map.of(KEY, event(revision, 1).object()));
        cache.undo(oldest, state);
        assertThat(state.get(KEY))
                .isNotNull()
                .extracting(StoredObject::revision)
                .isEqualTo(oldest);
        assertThat(revisions(oldest))
                .containsExactlyElementsOf(IntStream.rangeClosed((int) oldest + 1, (int) revision)
                        .mapToObj(i -> (long) i)
                        .toList());
        assertThat(cache.after(revision - 2, named())).hasSize(2);
    }

    /** Each resource has a window of its own, and a version from before it is refused with 410. */
    @Test
    void writesToOneResourceDoNotShortenAnothersHistory() {
        StoreFixture fixture = new StoreFixture(new ApiStore.Limits(4, 4, 0, 1 << 20), 1);
        fixture.create("ns", "a"); // 2
        for (int i = 0; i < 10; i++) {
            fixture.store.create(new SecretBuilder()
                    .withNewMetadata()
                    .withNamespace("ns")
                    .withName("s" + i)
                    .endMetadata()
                    .build());
        }
        assertThat(fixture.watch(StoreFixture.all(), "1").summary()).containsExactly("ADDED at 2");
        Selection secrets = Selection.of(Resource.SECRETS, "");
        assertThat(fixture.watch(secrets, "8").summary()).hasSize(4);
        ApiStatusException refusal = refusal(() -> fixture.watch(secrets, "7"));
        assertThat(refusal.code()).isEqualTo(410);
        assertThat(refusal).hasMessage("too old resource version: 7 (8)");
    }

    private void append(int times, long nanos) {
        for (int i = 0; i < times; i++) {
            cache.append(event(++revision, 10), nanos);
        }
    }

    private List<Long> revisions(long after) {
        return cache.after(after, StoreFixture.all()).stream()
                .map(StoreEvent::revision)
                .toList();
    }

    private static Selection named() {
        return StoreFixture.named(KEY.namespace(), KEY.name());
    }

    private static StoreEvent event(long revision, int bytes) {
        return new StoreEvent(ChangeType.MODIFIED, object(revision, bytes), object(revision - 1, bytes));
    }

    private static StoredObject object(long revision, int bytes) {
        return new StoredObject(Resource.CONFIGMAPS, KEY, revision, "{}", bytes, "uid", "", Map.of(), false, 0);
    }
}
