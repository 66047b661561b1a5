package dev.kubechurn.core.api;

import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.List;

/**
 * The API server as core needs it: asynchronous list, watch and get of one object of one kind.
 *
 * <p>Contract for implementations: a starting call never blocks on the network, never calls its handler before it
 * has returned, and must not throw: whatever goes wrong goes to the handler's {@code failed}, since callers start calls
 * in the middle of a change of their state (the one exception is a mistake of the owner: an implementation whose threads
 * were closed may refuse new calls). A handler gets its callbacks one after the other, exactly one terminal one ({@code listed},
 * {@code found}, {@code closed} or {@code failed}) unless the call was cancelled, and none after the terminal one.
 * Implementations do not retry (rule R17 permits that; retries belong to the reflector). Safe from any thread.
 *
 * @param <T> the kind of object: {@code ConfigMap} or {@code Secret}
 */
public interface ObjectApi<T extends HasMetadata> {

    /** The Java type of the objects; an event with an object of another type is skipped (R13). */
    Class<T> type();

    /**
     * Lists with field selector {@code metadata.name} in the key's namespace (S1).
     *
     * @param resourceVersion {@code "0"}, a version ("at least this new") or empty (the newest, by quorum) (R2)
     */
    Call list(ObjectKey key, String resourceVersion, ListHandler<T> handler);

    /** Watches with field selector {@code metadata.name} in the key's namespace (S1, R6). */
    Call watch(ObjectKey key, WatchOptions options, WatchHandler handler);

    /**
     * Gets one object.
     *
     * @param resourceVersion {@code "0"} (the server's cache may answer) or empty (quorum) (S22)
     */
    Call get(ObjectKey key, String resourceVersion, GetHandler<T> handler);

    /**
     * What a watch request carries (R6).
     *
     * @param resourceVersion where to start: every later change is delivered
     * @param allowBookmarks whether the server may send bookmarks
     * @param timeoutSeconds after which the server closes the watch by itself
     * @param sendInitialEvents whether the server first sends the object as it is, not older than the version (empty: the
     *     newest), and a bookmark that ends this (KEP-3157)
     */
    record WatchOptions(String resourceVersion, boolean allowBookmarks, int timeoutSeconds, boolean sendInitialEvents) {

        /** A watch that begins with what changes. */
        public WatchOptions(String resourceVersion, boolean allowBookmarks, int timeoutSeconds) {
            this(resourceVersion, allowBookmarks, timeoutSeconds, false);
        }
    }

    /** Receives the answer to a list. */
    interface ListHandler<T> {

        /** The answer; {@code items} holds the object, or nothing. */
        void listed(String resourceVersion, List<T> items);

        void failed(ApiError error);
    }

    /** Receives what a watch brings. */
    interface WatchHandler {

        /** The next event, in the server's order. After {@link WatchEvent.Failure} a {@code closed} follows. */
        void event(WatchEvent event);

        /**
         * The watch is over: closed by the server, cut, or timed out. A request that was cut or timed out before the
         * server answered it ends so too (R8).
         */
        void closed();

        /**
         * The watch was refused, by the server or by the network, and never opened; {@link ApiError.Transport} is for
         * failures other than a cut or a time-out, such as an unknown host.
         */
        void failed(ApiError error);
    }

    /** Receives the answer to a get. */
    interface GetHandler<T> {

        void found(T object);

        void failed(ApiError error);
    }
}
