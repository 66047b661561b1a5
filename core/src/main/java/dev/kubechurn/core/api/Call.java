package dev.kubechurn.core.api;

/** A request under way, or an open watch. */
@FunctionalInterface
public interface Call {

    /**
     * Gives the request up or closes the watch; idempotent, never blocks, safe from any thread. A callback that is
     * already running may still finish after this returns: handlers that must not see it check for themselves. From within
     * this, and with nothing else, a watch may tell the version that it has come to: {@link WatchEvent.Bookmark}.
     */
    void cancel();
}
