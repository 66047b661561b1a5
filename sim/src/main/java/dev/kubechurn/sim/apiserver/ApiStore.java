package dev.kubechurn.sim.apiserver;

import dev.kubechurn.core.api.ObjectKey;
import dev.kubechurn.core.api.Scheduler;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * A kube-apiserver's store and rules, without HTTP: versioned objects under one global revision, their history, and the
 * watches on them. A write, its commit listeners and the hand-over of its event to all watches are one step under one
 * lock, so that each watch sees every later change once and in order.
 *
 * <p>Namespaces are objects like any other: nothing asks whether they exist, and deleting one does not empty it.
 * Finalizers do not delay a deletion. A write that changes nothing makes no revision and no event.
 *
 * <p>Safe from any thread. Refusals are {@link ApiStatusException}s.
 */
public final class ApiStore {

    private static final String MODIFIED =
            "the object has been modified; please apply your changes to the latest version and try again";

    private static final String SUFFIX_LETTERS = "bcdfghjklmnpqrstvwxz2456789";

    private final ReentrantLock lock = new ReentrantLock();
    private final ObjectCodec codec = new ObjectCodec();
    private final Scheduler scheduler;
    private final InstantSource clock;
    private final RandomGenerator random;
    private final List<CommitListener> listeners = new CopyOnWriteArrayList<>();
    private final List<BookmarkListener> bookmarkListeners = new CopyOnWriteArrayList<>();
    private final List<Runnable> watchListeners = new CopyOnWriteArrayList<>();
    private final Map<Resource, ObjectTable> objects = new EnumMap<>(Resource.class);
    private final History history;
    private final Watches watches;
    private final Lists lists;
    // As in etcd the empty store has revision 1: "0" already means "any". Guarded by the lock.
    private long revision = 1;

    /**
     * How much history is kept of each resource, for watches and continued lists.
     *
     * @param minEvents how many events the window holds at first, and at least
     * @param maxEvents how many it may grow to hold
     * @param freshNanos younger events are not dropped while the window can grow
     * @param historyBytes the most bytes of their objects' JSON
     */
    public record Limits(int minEvents, int maxEvents, long freshNanos, long historyBytes) {

        /** As a kube-apiserver has it: 100 to 102,400 events, fresh for 75 s; and 256 MiB at most. */
        public static final Limits DEFAULT = new Limits(100, 102_400, 75_000_000_000L, 256L << 20);

        public Limits {
            if (minEvents < 1 || maxEvents < minEvents || freshNanos < 0 || historyBytes < 1) {
                throw new IllegalArgumentException("invalid watch cache: " + minEvents + " to " + maxEvents
                        + " events, fresh for " + freshNanos + " ns, " + historyBytes + " bytes");
            }
        }

        /** A window that neither grows nor shrinks. */
        public Limits(int events, long historyBytes) {
            this(events, events, 0, historyBytes);
        }
    }

    /**
     * @param scheduler for bookmarks and the ends of watches
     * @param clock for creationTimestamp
     * @param random for uids and time-outs; used only here, under the store's lock
     */
    public ApiStore(Limits limits, Scheduler scheduler, InstantSource clock, RandomGenerator random) {
        this.scheduler = scheduler;
        this.clock = clock;
        this.random = random;
        for (Resource resource : Resource.values()) {
            objects.put(resource, new ObjectTable(resource));
        }
        this.history = new History(limits, revision, this::objectsOf);
        this.watches = new Watches(
                lock,
                scheduler,
                random,
                () -> revision,
                () -> watchListeners.forEach(Runnable::run),
                this::lateBookmarks,
                this::objectsOf);
        this.lists = new Lists(history);
    }

    /** The codec that this store's objects are read with. */
    public ObjectCodec codec() {
        return codec;
    }

    /** Has the listener hear of every later commit. */
    public void addCommitListener(CommitListener listener) {
        listeners.add(listener);
    }

    /** Has the listener hear of the bookmarks that are read late. */
    public void addBookmarkListener(BookmarkListener listener) {
        bookmarkListeners.add(listener);
    }

    /**
     * Has the listener hear whenever a watch has opened or closed. It is called under the store's lock, must be short and
     * must not call the store.
     */
    public void addWatchListener(Runnable listener) {
        watchListeners.add(listener);
    }

    /** The newest resourceVersion. */
    public long revision() {
        return locked(() -> revision);
    }

    // ---- writes -------------------------------------------------------------------------------------------------

    /** Creates an object given in fabric8's model. */
    public StoredObject create(HasMetadata object) {
        return create(resourceOf(object), namespaceOf(object), codec.tree(object));
    }

    /**
     * Creates an object.
     *
     * @param namespace empty for resources that live in none
     * @param object becomes the store's own
     */
    public StoredObject create(Resource resource, String namespace, ObjectNode object) {
        ObjectNode metadata = Admission.complete(resource, namespace, object);
        String generateName = ObjectCodec.text(metadata, "generateName");
        if (ObjectCodec.text(metadata, "name").isEmpty() && !generateName.isEmpty()) {
            metadata.put("name", locked(() -> generateName + newSuffix()));
        }
        Admission.create(resource, object);
        if (!ObjectCodec.text(metadata, "resourceVersion").isEmpty()) {
            throw ApiStatusException.badRequest("resourceVersion should not be set on objects to be created");
        }
        metadata.remove("resourceVersion");
        ObjectKey key = new ObjectKey(namespace, ObjectCodec.text(metadata, "name"));
        return locked(() -> {
            if (objectsOf(resource).get(key) != null) {
                throw ApiStatusException.alreadyExists(resource, key.name());
            }
            metadata.put("uid", newUid());
            metadata.put(
                    "creationTimestamp",
                    clock.instant().truncatedTo(ChronoUnit.SECONDS).toString());
            StoredObject created = codec.encode(resource, key, object, revision + 1, object.hashCode());
            commit(new StoreEvent(ChangeType.ADDED, created, null));
            return created;
        });
    }

    /** Replaces an object given in fabric8's model; without a resourceVersion whatever version is there. */
    public StoredObject update(HasMetadata object) {
        String name = Optional.ofNullable(object.getMetadata().getName()).orElse("");
        return update(resourceOf(object), new ObjectKey(namespaceOf(object), name), codec.tree(object));
    }

    /**
     * Replaces an object.
     *
     * @param object becomes the store's own
     */
    public StoredObject update(Resource resource, ObjectKey key, ObjectNode object) {
        ObjectNode metadata = Admission.complete(resource, key.namespace(), object);
        String name = ObjectCodec.text(metadata, "name");
        if (!name.equals(key.name())) {
            throw ApiStatusException.badRequest(
                    "the name of the object (" + name + ") does not match the name on the URL (" + key.name() + ")");
        }
        Preconditions expected =
                new Preconditions(ObjectCodec.text(metadata, "uid"), ObjectCodec.text(metadata, "resourceVersion"));
        return locked(() -> {
            StoredObject previous = require(resource, key);
            expected.check(previous);
            metadata.put("uid", previous.uid()).put("creationTimestamp", previous.creationTimestamp());
            metadata.remove("resourceVersion");
            return replace(previous, object);
        });
    }

    private StoredObject replace(StoredObject previous, ObjectNode object) {
        Resource resource = previous.resource();
        @Nullable ObjectNode older = null;
        if (previous.immutable() || resource == Resource.SECRETS) {
            older = codec.tree(previous);
        }
        Admission.update(resource, object, older == null ? codec.empty() : older);
        int contentHash = object.hashCode();
        if (contentHash == previous.contentHash() && codec.sameContent(object, previous)) {
            return previous;
        }
        StoredObject updated = codec.encode(resource, previous.key(), object, revision + 1, contentHash);
        commit(new StoreEvent(ChangeType.MODIFIED, updated, previous));
        return updated;
    }

    /** Deletes an object; returns its last state under the revision of the deletion. */
    public StoredObject delete(Resource resource, String namespace, String name) {
        return delete(resource, new ObjectKey(namespace, name), Preconditions.NONE);
    }

    /** Deletes an object if it is as expected; returns its last state under the revision of the deletion. */
    public StoredObject delete(Resource resource, ObjectKey key, Preconditions expected) {
        return locked(() -> {
            StoredObject previous = require(resource, key);
            expected.check(previous);
            StoredObject deleted = codec.restamp(previous, revision + 1);
            commit(new StoreEvent(ChangeType.DELETED, deleted, previous));
            return deleted;
        });
    }

    /**
     * What a client expects of the object that it writes over.
     *
     * @param uid empty: any
     * @param resourceVersion empty: any
     */
    public record Preconditions(String uid, String resourceVersion) {

        /** Nothing is expected. */
        public static final Preconditions NONE = new Preconditions("", "");

        private void check(StoredObject present) {
            if (!uid.isEmpty() && !uid.equals(present.uid())) {
                String why =
                        "Precondition failed: UID in precondition: " + uid + ", UID in object meta: " + present.uid();
                throw ApiStatusException.conflict(present.resource(), present.key(), why);
            }
            if (!resourceVersion.isEmpty() && !resourceVersion.equals(present.resourceVersion())) {
                throw ApiStatusException.conflict(present.resource(), present.key(), MODIFIED);
            }
        }
    }

    // ---- reads --------------------------------------------------------------------------------------------------

    /** The newest version of an object, if it exists. */
    public Optional<StoredObject> find(Resource resource, String namespace, String name) {
        return locked(() -> Optional.ofNullable(objectsOf(resource).get(new ObjectKey(namespace, name))));
    }

    /**
     * The newest version of an object.
     *
     * @param resourceVersion empty, "0", or N for "at least N"
     */
    public StoredObject get(Resource resource, ObjectKey key, String resourceVersion) {
        return locked(() -> {
            ResourceVersions.requireReached(resourceVersion, revision);
            return require(resource, key);
        });
    }

    /** What selects one object: for many requests for it, which need not look for their object then. */
    public Selection selection(Resource resource, ObjectKey key) {
        return locked(() -> objectsOf(resource).place(key).selection());
    }

    /** The selected objects in one consistent state. */
    public ListResult list(ListRequest request) {
        return locked(() -> lists.list(request, objectsOf(request.selection().resource()), revision));
    }

    /**
     * Opens a watch. What it starts with (present objects, or the events since a version) is given to the sink before
     * this returns.
     *
     * @throws ApiStatusException 410 Expired when the version is older than the history; 400 when it is no version
     */
    public WatchHandle watch(WatchRequest request, WatchSink sink) {
        return locked(() -> {
            long from = ResourceVersions.parse(request.resourceVersion());
            boolean withPresent = from == 0 || request.sendInitialEvents();
            long compacted = history.compactedRevision(request.selection().resource());
            if (!withPresent && from < compacted) {
                throw ApiStatusException.expired(from, compacted);
            }
            if (request.sendInitialEvents()) {
                ResourceVersions.requireReached(request.resourceVersion(), revision);
            }
            Watch watch = watches.open(request, sink, withPresent ? revision : from);
            if (withPresent) {
                sendPresent(request, watch);
            } else {
                for (StoreEvent event : history.after(from, request.selection())) {
                    Watches.deliver(new EventEncoder(codec, event), watch);
                }
            }
            return watch;
        });
    }

    private void sendPresent(WatchRequest request, Watch watch) {
        Selection selection = request.selection();
        ListRequest everything = ListRequest.newest(selection);
        for (StoredObject object : lists.list(everything, objectsOf(selection.resource()), revision)
                .items()) {
            watch.sink().event(EncodedEvent.of(ChangeType.ADDED, object));
        }
        if (request.sendInitialEvents() && request.allowBookmarks()) {
            watches.initialEventsEnd(watch);
        }
    }

    /**
     * Takes the state of this moment.
     *
     * @param taken given the state under the store's lock, before anything changes; must be short
     */
    public void takeState(Consumer<StaleState> taken) {
        locked(() -> {
            taken.accept(StaleState.of(this));
            return null;
        });
    }

    // ---- operation ----------------------------------------------------------------------------------------------

    /** Forgets the history up to a revision: watches from before it are refused with 410. */
    public void compact(long upToRevision) {
        locked(() -> {
            history.compact(Math.min(upToRevision, revision));
            return null;
        });
    }

    /** Forgets all history. */
    public void compactAll() {
        compact(Long.MAX_VALUE);
    }

    /** The open watches by resource and in the order of their opening. */
    public List<OpenWatch> openWatches() {
        return locked(watches::snapshot);
    }

    /** How many watches of each kind are open. */
    public Map<OpenWatch, Integer> openWatchCounts() {
        return locked(watches::counts);
    }

    /** The number of open watches; cheap. */
    public int openWatchCount() {
        return watches.count();
    }

    /**
     * Ends the chosen watches as if their time were over; returns how many.
     *
     * @param which called under the store's lock, by resource and in the order of opening
     */
    public int dropWatches(Predicate<OpenWatch> which) {
        return locked(() -> watches.drop(which));
    }

    /** The same, by the receiving ends. */
    public int dropWatchesOf(Predicate<WatchSink> which) {
        return locked(() -> watches.dropOf(which));
    }

    /** From now on the chosen watches of those that read their bookmarks late get none, once they have read the last. */
    public void endLateBookmarks(Predicate<WatchSink> which) {
        locked(() -> {
            watches.endLateBookmarks(which);
            return null;
        });
    }

    // ---- under the lock -----------------------------------------------------------------------------------------

    private void commit(StoreEvent event) {
        StoredObject object = event.object();
        revision = object.revision();
        @Nullable StoredObject previous = event.previous();
        if (previous != null) {
            previous.remember(null); // the history would keep it
        }
        if (event.type() == ChangeType.DELETED) {
            objectsOf(object.resource()).remove(object.key());
        } else {
            objectsOf(object.resource()).put(object);
        }
        long nanos = scheduler.nanos();
        history.append(event, nanos);
        for (CommitListener listener : listeners) {
            listener.committed(event.type(), object, nanos);
        }
        watches.deliver(new EventEncoder(codec, event));
    }

    private void lateBookmarks(EncodedEvent bookmark, int count) {
        bookmarkListeners.forEach(listener -> listener.sent(bookmark, count));
    }

    private StoredObject require(Resource resource, ObjectKey key) {
        @Nullable StoredObject present = objectsOf(resource).get(key);
        if (present == null) {
            throw ApiStatusException.notFound(resource, key.name());
        }
        return present;
    }

    private ObjectTable objectsOf(Resource resource) {
        return Objects.requireNonNull(objects.get(resource));
    }

    /** Five of the letters that a kube-apiserver takes: no vowels, so that no words come of it. */
    private String newSuffix() {
        StringBuilder suffix = new StringBuilder();
        for (int i = 0; i < 5; i++) {
            suffix.append(SUFFIX_LETTERS.charAt(random.nextInt(SUFFIX_LETTERS.length())));
        }
        return suffix.toString();
    }

    private String newUid() {
        long high = (random.nextLong() & 0xFFFF_FFFF_FFFF_0FFFL) | 0x4000L;
        long low = (random.nextLong() & 0x3FFF_FFFF_FFFF_FFFFL) | 0x8000_0000_0000_0000L;
        return new UUID(high, low).toString();
    }

    private <T extends @Nullable Object> T locked(Supplier<T> action) {
        lock.lock();
        try {
            return action.get();
        } finally {
            lock.unlock();
        }
    }

    // ---- shapes -------------------------------------------------------------------------------------------------

    private static Resource resourceOf(HasMetadata object) {
        return Resource.ofKind(object.getKind())
                .orElseThrow(() ->
                        ApiStatusException.badRequest("objects of kind " + object.getKind() + " are not stored here"));
    }

    private static String namespaceOf(HasMetadata object) {
        @Nullable ObjectMeta metadata = object.getMetadata();
        @Nullable String namespace = metadata == null ? null : metadata.getNamespace();
        return namespace == null ? "" : namespace;
    }
}
