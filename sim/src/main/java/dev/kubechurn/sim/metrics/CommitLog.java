package dev.kubechurn.sim.metrics;

import java.util.concurrent.ConcurrentHashMap;

/** When the server committed each version of each object: the beginning of every propagation. Safe from any thread. */
public final class CommitLog {

    private final ConcurrentHashMap<ObjectId, Commits> objects = new ConcurrentHashMap<>();

    /** Notes a commit; must be called before any watch can bring it. */
    public void committed(ObjectId object, long revision, long nanos, boolean immutable) {
        of(object).add(revision, nanos, immutable);
    }

    /** Notes a version that another process wrote, as soon as anybody here has heard of it; one that is known changes nothing. */
    public void learned(ObjectId object, long revision, long nanos, boolean immutable) {
        of(object).learn(revision, nanos, immutable);
    }

    /** Notes that an object was deleted, likewise. */
    public void deleted(ObjectId object, long revision, long nanos) {
        of(object).delete(revision, nanos);
    }

    /** The commits of one object, now and later. */
    public Commits of(ObjectId object) {
        Commits known = objects.get(object);
        return known != null ? known : objects.computeIfAbsent(object, id -> new Commits());
    }
}
