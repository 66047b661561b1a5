package dev.kubechurn.sim.run;

import dev.kubechurn.core.api.ObjectKey;
import dev.kubechurn.core.api.Scheduler;
import dev.kubechurn.core.api.Timer;
import dev.kubechurn.sim.apiserver.ApiStatusException;
import dev.kubechurn.sim.apiserver.ApiStore;
import dev.kubechurn.sim.apiserver.ChangeType;
import dev.kubechurn.sim.apiserver.NamespaceLifecycle;
import dev.kubechurn.sim.apiserver.Resource;
import dev.kubechurn.sim.apiserver.StoredObject;
import dev.kubechurn.sim.engine.Draw;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * Updates of ConfigMaps, each drawn uniformly among those that are there and may change. What is written is a serial number
 * under a key of its own. Safe from any thread.
 */
final class ConfigMapUpdates extends Timer {

    /** The key that is written. */
    static final String KEY = "kubechurn.serial";

    private final ApiStore store;
    private final Scheduler scheduler;
    private final SplittableRandom random;
    private final @Nullable Draw gap;

    // Guarded by this.
    private final List<ObjectKey> keys = new ArrayList<>();
    private final Map<ObjectKey, Integer> places = new HashMap<>();
    private long dueNanos;
    private long written;
    private boolean stopped;

    ConfigMapUpdates(ApiStore store, Scheduler scheduler, SplittableRandom random, double perSecond) {
        this.store = store;
        this.scheduler = scheduler;
        this.random = random;
        this.gap = perSecond > 0 ? Draw.exponential((long) (TimeUnit.SECONDS.toNanos(1) / perSecond)) : null;
        if (gap != null) {
            store.addCommitListener((type, object, nanos) -> committed(type, object));
        }
    }

    private synchronized void committed(ChangeType type, StoredObject object) {
        if (object.resource() != Resource.CONFIGMAPS || object.key().name().equals(NamespaceLifecycle.ROOT_CA)) {
            return;
        }
        if (type == ChangeType.DELETED || object.immutable()) {
            forget(object.key());
        } else if (places.putIfAbsent(object.key(), keys.size()) == null) {
            keys.add(object.key());
        }
    }

    /** The last takes its place. */
    private void forget(ObjectKey key) {
        Integer place = places.remove(key);
        if (place == null) {
            return;
        }
        ObjectKey last = keys.remove(keys.size() - 1);
        if (!last.equals(key)) {
            keys.set(place, last);
            places.put(last, place);
        }
    }

    synchronized void start() {
        if (gap != null) {
            dueNanos = scheduler.nanos();
            scheduleNext(gap);
        }
    }

    synchronized void stop() {
        stopped = true;
        scheduler.cancel(this);
    }

    private void scheduleNext(Draw between) {
        dueNanos += between.next(random);
        scheduler.schedule(this, Math.max(0, dueNanos - scheduler.nanos()));
    }

    @Override
    public void fire() {
        ObjectKey key;
        long serial;
        synchronized (this) {
            if (stopped || gap == null) {
                return;
            }
            scheduleNext(gap);
            if (keys.isEmpty()) {
                return;
            }
            key = keys.get(random.nextInt(keys.size()));
            serial = ++written;
        }
        write(key, serial); // takes the store's lock, under which committed() takes this one's
    }

    private void write(ObjectKey key, long serial) {
        try {
            StoredObject now = store.get(Resource.CONFIGMAPS, key, "");
            ObjectNode tree = store.codec().tree(now);
            ObjectNode data = tree.get("data") instanceof ObjectNode there ? there : tree.putObject("data");
            data.put(KEY, Long.toString(serial));
            store.update(Resource.CONFIGMAPS, key, tree);
        } catch (ApiStatusException somebodyElseWrote) {
            // A client deleted it, made it immutable or was faster: its word stands.
            return;
        }
    }
}
