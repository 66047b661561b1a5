package dev.kubechurn.sim.apiserver;

import dev.kubechurn.core.api.Scheduler;
import dev.kubechurn.core.api.WatchEvent;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The open watches: opened, fed, bookmarked and ended here. Guarded by the store's lock; timers and cancellations come
 * from outside and take it.
 */
final class Watches {

    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    /** A server without a time-out from the client chooses 30 to 60 minutes, so that reconnects do not pile up. */
    private static final long DEFAULT_LENGTH_NANOS = 1800 * SECOND;

    /** The last bookmark comes this long before the end, so that a reconnect starts from a fresh version. */
    private static final long LAST_BOOKMARK_NANOS = 2 * SECOND;

    private final ReentrantLock lock;
    private final Scheduler scheduler;
    private final RandomGenerator random;
    private final LongSupplier currentRevision;
    private final Runnable onChange;
    private final BookmarkListener onLateBookmarks;
    private final Map<Resource, Bookmarks> bookmarks = new EnumMap<>(Resource.class);
    private final Map<Resource, WatchIndex> indices = new EnumMap<>(Resource.class);

    /** The newest bookmark of each resource, shared by all its watches until the next commit. */
    private final Map<Resource, EncodedEvent> newestBookmarks = new EnumMap<>(Resource.class);

    private long nextId;

    /** Written under the lock, without a memory barrier: who counts without it may see a little less. */
    private final AtomicInteger open = new AtomicInteger();

    /**
     * @param lock the store's
     * @param currentRevision the store's, called under its lock
     * @param onChange called under the lock when a watch has opened or closed
     * @param onLateBookmarks called under the lock
     * @param objects by resource
     */
    Watches(
            ReentrantLock lock,
            Scheduler scheduler,
            RandomGenerator random,
            LongSupplier currentRevision,
            Runnable onChange,
            BookmarkListener onLateBookmarks,
            Function<Resource, ObjectTable> objects) {
        this.lock = lock;
        this.scheduler = scheduler;
        this.random = random;
        this.currentRevision = currentRevision;
        this.onChange = onChange;
        this.onLateBookmarks = onLateBookmarks;
        for (Resource resource : Resource.values()) {
            indices.put(resource, new WatchIndex(objects.apply(resource)));
            bookmarks.put(resource, new Bookmarks(scheduler, due -> tick(resource, due)));
        }
    }

    Watch open(WatchRequest request, WatchSink sink, long startRevision) {
        long length = request.timeoutSeconds() > 0
                ? request.timeoutSeconds() * SECOND
                : DEFAULT_LENGTH_NANOS + random.nextLong(DEFAULT_LENGTH_NANOS);
        Watch watch = new Watch(this, nextId++, request, sink, startRevision);
        indexOf(watch.selection().resource()).add(watch);
        countOpen(1);
        boolean withBookmarks = request.allowBookmarks() && length >= LAST_BOOKMARK_NANOS + SECOND;
        if (withBookmarks) {
            bookmarksOf(watch).add(watch);
        }
        watch.awaitLastBookmark(withBookmarks);
        scheduler.schedule(watch, withBookmarks ? length - LAST_BOOKMARK_NANOS : length);
        return watch;
    }

    void deliver(EventEncoder encoder) {
        StoredObject object = encoder.event().object();
        indexOf(object.resource()).forEachConcerned(object.key(), watch -> {
            if (object.revision() > watch.seenRevision()) {
                deliver(encoder, watch);
            }
        });
    }

    static void deliver(EventEncoder encoder, Watch watch) {
        @Nullable EncodedEvent seen = encoder.seenBy(watch.selection());
        if (seen != null) {
            watch.saw(seen.revision());
            watch.sink().event(seen);
        }
    }

    /** Sends the bookmark that ends the initial events of a streamed list. */
    void initialEventsEnd(Watch watch) {
        Resource resource = watch.selection().resource();
        String annotations = ",\"annotations\":{\"" + WatchEvent.Bookmark.INITIAL_EVENTS_END + "\":\"true\"}";
        watch.sink()
                .event(EncodedEvent.endOfInitialEvents(
                        currentRevision.getAsLong(), bookmarkJson(resource, annotations)));
    }

    List<OpenWatch> snapshot() {
        return watches().stream().map(watch -> OpenWatch.of(watch.selection())).toList();
    }

    Map<OpenWatch, Integer> counts() {
        Map<OpenWatch, Integer> counts = new HashMap<>();
        indices.values()
                .forEach(index -> index.countBySelection(
                        (selection, count) -> counts.merge(OpenWatch.of(selection), count, Integer::sum)));
        return counts;
    }

    /** Safe without the lock. */
    int count() {
        return open.get();
    }

    int drop(Predicate<OpenWatch> which) {
        return end(watch -> which.test(OpenWatch.of(watch.selection())));
    }

    int dropOf(Predicate<WatchSink> which) {
        return end(watch -> which.test(watch.sink()));
    }

    private int end(Predicate<Watch> which) {
        int dropped = 0;
        for (Watch watch : watches()) {
            if (which.test(watch)) {
                end(watch);
                dropped++;
            }
        }
        return dropped;
    }

    /** Sends late what is due of bookmarks to the chosen watches that read them late, and from now on no more. */
    void endLateBookmarks(Predicate<WatchSink> which) {
        for (Watch watch : watches()) {
            if (watch.readsLate() && which.test(watch.sink())) {
                endBookmarks(watch);
            }
        }
    }

    /** Called by the scheduler, without the lock. */
    void timeCame(Watch watch) {
        lock.lock();
        try {
            if (!watch.isOpen()) {
                return;
            }
            if (watch.awaitsLastBookmark()) {
                bookmarksOf(watch).remove(watch);
                sendBookmark(watch);
                watch.awaitLastBookmark(false);
                scheduler.schedule(watch, LAST_BOOKMARK_NANOS);
            } else {
                end(watch);
            }
        } finally {
            lock.unlock();
        }
    }

    private void tick(Resource resource, Bookmarks due) {
        lock.lock();
        try {
            due.serve(
                    currentRevision.getAsLong(),
                    this::sendBookmark,
                    count -> onLateBookmarks.sent(bookmark(resource), count));
        } finally {
            lock.unlock();
        }
    }

    private void sendBookmark(Watch watch) {
        if (currentRevision.getAsLong() >= watch.seenRevision()) {
            watch.sink().event(bookmark(watch.selection().resource()));
        }
    }

    /** A watch that reads its bookmarks late reads the last one that it was sent, unless an event came behind it. */
    private void endBookmarks(Watch watch) {
        Bookmarks ofResource = bookmarksOf(watch);
        long last = watch.readsLate() ? ofResource.lastRevision(watch) : 0;
        ofResource.remove(watch);
        if (last > watch.seenRevision()) {
            watch.sink().lateBookmark(last);
        }
    }

    /** Called by clients, without the lock. */
    void cancelled(Watch watch) {
        lock.lock();
        try {
            close(watch);
        } finally {
            lock.unlock();
        }
    }

    private void end(Watch watch) {
        close(watch);
        watch.sink().closed();
    }

    private void close(Watch watch) {
        if (watch.isOpen()) {
            endBookmarks(watch);
            scheduler.cancel(watch);
            indexOf(watch.selection().resource()).remove(watch);
            countOpen(-1);
        }
    }

    private EncodedEvent bookmark(Resource resource) {
        EncodedEvent newest = newestBookmarks.get(resource);
        if (newest == null || newest.revision() != currentRevision.getAsLong()) {
            String json = bookmarkJson(resource, "");
            newest = EncodedEvent.of("BOOKMARK", currentRevision.getAsLong(), json, json.length());
            newestBookmarks.put(resource, newest);
        }
        return newest;
    }

    private String bookmarkJson(Resource resource, String moreMetadata) {
        return "{\"kind\":\"" + resource.kind() + "\",\"apiVersion\":\"v1\",\"metadata\":{\"resourceVersion\":\""
                + currentRevision.getAsLong() + "\"" + moreMetadata + "}}";
    }

    private List<Watch> watches() {
        List<Watch> watches = new ArrayList<>();
        indices.values().forEach(index -> watches.addAll(index.watches()));
        return watches;
    }

    private Bookmarks bookmarksOf(Watch watch) {
        return Objects.requireNonNull(bookmarks.get(watch.selection().resource()));
    }

    private WatchIndex indexOf(Resource resource) {
        return Objects.requireNonNull(indices.get(resource));
    }

    private void countOpen(int change) {
        open.setRelease(open.getPlain() + change);
        onChange.run();
    }
}
