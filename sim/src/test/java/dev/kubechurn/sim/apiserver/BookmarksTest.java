package dev.kubechurn.sim.apiserver;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kubechurn.sim.engine.VirtualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.locks.ReentrantLock;
import org.junit.jupiter.api.Test;

/** Bookmarks of many watches of one resource: who gets one when, and what is left when watches go. */
class BookmarksTest {

    private final StoreFixture fixture = new StoreFixture();
    private final ApiStore store = fixture.store;

    private WatchHandle watch(RecordingSink sink) {
        return store.watch(new WatchRequest(StoreFixture.all(), "1", true, 3600, false), sink);
    }

    @Test
    void eachWatchHasItsOwnMinute() {
        List<RecordingSink> sinks = new ArrayList<>();
        for (int i = 0; i < 150; i++) {
            RecordingSink sink = new RecordingSink();
            sinks.add(sink);
            WatchHandle unused = watch(sink);
            fixture.scheduler.advance(Duration.ofMillis(500));
        }
        // The first was opened 75 s ago, the last half a second ago; minutes are counted in whole seconds.
        for (int i = 0; i < sinks.size(); i++) {
            int age = 75 - i / 2;
            assertThat(sinks.get(i).events()).as("opened %d s ago", age).hasSize(age / 60);
        }
        fixture.scheduler.advance(Duration.ofMinutes(10));
        for (int i = 0; i < sinks.size(); i++) {
            assertThat(sinks.get(i).events()).hasSize(10 + (75 - i / 2) / 60);
        }
    }

    @Test
    void watchesOfOneSecondComeAndGoInAnyOrder() {
        List<RecordingSink> sinks = new ArrayList<>();
        List<WatchHandle> handles = new ArrayList<>();
        for (int i = 0; i < 7; i++) {
            sinks.add(new RecordingSink());
            handles.add(watch(sinks.get(i)));
        }
        handles.get(0).cancel();
        handles.get(6).cancel();
        handles.get(3).cancel();
        handles.get(3).cancel();
        fixture.scheduler.advance(Duration.ofMinutes(1));
        for (int i = 0; i < 7; i++) {
            assertThat(sinks.get(i).events()).hasSize(i % 3 == 0 ? 0 : 1);
        }
        handles.forEach(WatchHandle::cancel);
        assertThat(fixture.scheduler.scheduled()).as("no tick without a watch").isZero();
        RecordingSink later = new RecordingSink();
        WatchHandle handle = watch(later);
        fixture.scheduler.advance(Duration.ofMinutes(2));
        assertThat(later.events()).hasSize(2);
        handle.cancel();
        assertThat(fixture.scheduler.scheduled()).isZero();
    }

    /** A tick that comes late makes up for those before, once for each watch. */
    @Test
    void aLateTickServesWhatWasDue() {
        VirtualTime time = new VirtualTime();
        Bookmarks bookmarks = new Bookmarks(time, tick -> {}); // served when the test says so
        Watches owner = new Watches(
                new ReentrantLock(),
                time,
                new SplittableRandom(1),
                () -> 1,
                () -> {},
                (bookmark, count) -> {},
                ObjectTable::new);
        Watch watch = new Watch(
                owner, 0, new WatchRequest(StoreFixture.all(), "1", true, 3600, false), new RecordingSink(), 1);
        bookmarks.add(watch);
        List<Watch> sent = new ArrayList<>();

        time.runUntil(Duration.ofSeconds(59).toNanos());
        bookmarks.serve(7, sent::add, count -> {});
        assertThat(sent).isEmpty();
        time.runUntil(Duration.ofSeconds(200).toNanos());
        bookmarks.serve(7, sent::add, count -> {});
        assertThat(sent).containsExactly(watch);
        time.runUntil(Duration.ofSeconds(239).toNanos());
        bookmarks.serve(7, sent::add, count -> {});
        assertThat(sent).hasSize(1);
        time.runUntil(Duration.ofMinutes(4).toNanos());
        bookmarks.serve(7, sent::add, count -> {});
        assertThat(sent).hasSize(2);
    }
}
