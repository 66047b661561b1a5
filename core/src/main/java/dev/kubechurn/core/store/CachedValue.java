package dev.kubechurn.core.store;

import dev.kubechurn.core.api.ApiError;
import dev.kubechurn.core.api.Call;
import dev.kubechurn.core.api.ObjectApi;
import dev.kubechurn.core.api.ObjectKey;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What is remembered of one object between two of its new references: its value or its absence, the fetch under way
 * and the reads that wait for it (S21 to S28, S32).
 *
 * <p>Everything is guarded by this object's monitor; {@code asking} and {@code remembered} are volatile besides, for
 * reads of a fresh value, which take no lock. Requests are sent and answers are given outside of it.
 */
final class CachedValue<T extends HasMetadata> implements ObjectApi.GetHandler<T> {

    private static final String QUORUM = "";
    private static final String FROM_SERVER_CACHE = "0";
    private static final LookupError CLOSED = new LookupError.Unavailable("the store is closed");

    private final CachedObject<T> entry;
    private final TtlStore<T> store;
    private final ObjectKey key;

    /** The read whose fetch is under way; null when none is. */
    private volatile @Nullable Reader<T> asking;

    private volatile @Nullable Remembered<T> remembered;

    /** The reads behind {@code asking}, in the order in which they came. */
    private @Nullable Deque<Reader<T>> waiting;

    private boolean forgotten;

    CachedValue(CachedObject<T> entry, ObjectKey key) {
        this.entry = entry;
        this.store = entry.store();
        this.key = key;
    }

    /** The object if it is fresh and no fetch is under way, else null. */
    @Nullable
    T readNow() {
        if (asking != null) {
            return null;
        }
        Remembered<T> known = remembered;
        return known != null && known.isFresh(store) ? known.object : null;
    }

    /** Reads now, or after the reads that are there already (S32). */
    void read(Reader<T> reader) {
        Lookup<T> answer;
        synchronized (this) {
            if (asking != null) {
                await(reader);
                return;
            }
            answer = answer();
            if (answer == null) {
                asking = reader;
            }
        }
        if (answer != null) {
            answer.giveTo(reader);
        } else {
            fetch();
        }
    }

    /** Nothing that is still to come is told to the listener: the entry has gone on without this (S20). */
    void forget() {
        synchronized (this) {
            forgotten = true;
        }
    }

    @Override
    public void found(T object) {
        settle(() -> take(object));
    }

    @Override
    public void failed(ApiError error) {
        settle(() -> refused(LookupError.of(error)));
    }

    /** By one GET: a good value is only refreshed, and for that the server's cache will do (S22). */
    private void fetch() {
        Remembered<T> known = remembered;
        boolean refresh = known != null && known.object != null;
        Call unused = store.api().get(key, refresh ? FROM_SERVER_CACHE : QUORUM, this);
    }

    private void settle(Supplier<Lookup<T>> result) {
        List<Answer<T>> answers = new ArrayList<>(1);
        boolean again;
        synchronized (this) {
            Reader<T> reader = asking;
            if (reader == null) {
                throw new IllegalStateException("a second response to the same get of " + key);
            }
            answers.add(new Answer<>(reader, result.get()));
            asking = null;
            again = letNextGo(answers);
        }
        // First, so that a reader that throws leaves no read without its fetch.
        if (again) {
            fetch();
        }
        Lookup.giveAll(answers, Answer::give);
    }

    /** Answers the reads whose turn has come; whether one of them has to fetch. */
    private boolean letNextGo(List<Answer<T>> answers) {
        while (waiting != null) {
            Reader<T> reader = waiting.remove();
            if (waiting.isEmpty()) {
                waiting = null;
            }
            Lookup<T> answer = answer();
            if (answer == null) {
                asking = reader;
                return true;
            }
            answers.add(new Answer<>(reader, answer));
        }
        return false;
    }

    /** What a read is told without a fetch; null if it has to fetch (S21, S23). */
    private @Nullable Lookup<T> answer() {
        Remembered<T> known = remembered;
        if (known != null && known.isFresh(store)) {
            return known.answer;
        }
        return store.isClosed() ? refused(CLOSED) : null;
    }

    /** The object from the server, unless a newer one is remembered (S27). */
    private Lookup<T> take(T object) {
        Remembered<T> known = remembered;
        long revision = revision(object);
        if (known != null && known.object != null && Long.compareUnsigned(revision, known.revision) < 0) {
            return known.answer;
        }
        return remember(new Lookup.Found<>(object), object, revision);
    }

    /** A 404 takes the value's place; any other failure leaves everything as it was (S23 to S26). */
    private Lookup<T> refused(LookupError error) {
        if (error instanceof LookupError.NotFound) {
            return remember(new Lookup.Failed<>(error), null, 0);
        }
        Remembered<T> known = remembered;
        return known != null ? known.answer : new Lookup.Failed<>(error);
    }

    private Lookup<T> remember(Lookup<T> answer, @Nullable T object, long revision) {
        remembered = new Remembered<>(answer, object, revision, store.nanos());
        if (!forgotten) {
            entry.listener().applied(object);
        }
        return answer;
    }

    private void await(Reader<T> reader) {
        if (waiting == null) {
            waiting = new ArrayDeque<>(2);
        }
        waiting.add(reader);
    }

    /** As the API server reads it: a version that is no number counts as 0 (S27). */
    private static long revision(HasMetadata object) {
        ObjectMeta metadata = object.getMetadata();
        String version = metadata == null ? null : metadata.getResourceVersion();
        if (version == null || !DecimalDigits.stand(version, 0)) {
            return 0;
        }
        try {
            return Long.parseUnsignedLong(version);
        } catch (NumberFormatException e) {
            return 0; // more than 64 bits
        }
    }

    /**
     * Value or absence with the time of its fetch, set together (S28).
     *
     * @param object null: the object is not there
     * @param revision unsigned; 0 when there is no object
     */
    private record Remembered<T extends HasMetadata>(
            Lookup<T> answer, @Nullable T object, long revision, long fetchedNanos) {

        /** An absence never is (S23). */
        boolean isFresh(TtlStore<T> store) {
            return object != null && store.isFresh(fetchedNanos);
        }
    }

    private record Answer<T>(Reader<T> reader, Lookup<T> lookup) {
        void give() {
            lookup.giveTo(reader);
        }
    }
}
