package dev.kubechurn.sim.apiserver;

import dev.kubechurn.core.api.ObjectKey;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The watches of one resource, found by what they watch: one object, one namespace, or all. An event looks at those that
 * it may concern and at no others. Guarded by the store's lock.
 */
final class WatchIndex {

    private final Map<ObjectKey, WatchList> byObject = new HashMap<>();
    private final Map<String, WatchList> byNamespace = new HashMap<>();
    private final WatchList all = new WatchList();

    void add(Watch watch) {
        Selection selection = watch.selection();
        @Nullable ObjectKey key = selection.exactKey();
        if (key != null) {
            byObject.computeIfAbsent(key, any -> new WatchList()).add(watch);
        } else if (!selection.scope().isEmpty()) {
            byNamespace
                    .computeIfAbsent(selection.scope(), any -> new WatchList())
                    .add(watch);
        } else {
            all.add(watch);
        }
    }

    void remove(Watch watch) {
        @Nullable WatchList list = watch.list;
        if (list == null) {
            return;
        }
        list.remove(watch);
        if (!list.isEmpty() || list == all) {
            return;
        }
        Selection selection = watch.selection();
        @Nullable ObjectKey key = selection.exactKey();
        if (key != null) {
            byObject.remove(key);
        } else {
            byNamespace.remove(selection.scope());
        }
    }

    /** Visits the watches that an event of the object may concern: those of the object, of its namespace, of all. */
    void forEachConcerned(ObjectKey key, Consumer<Watch> action) {
        visit(byObject.get(key), action);
        visit(byNamespace.get(key.namespace()), action);
        all.forEach(action);
    }

    /** All watches in the order of their opening. */
    List<Watch> watches() {
        List<Watch> watches = new ArrayList<>();
        byObject.values().forEach(list -> list.forEach(watches::add));
        byNamespace.values().forEach(list -> list.forEach(watches::add));
        all.forEach(watches::add);
        watches.sort(Comparator.comparingLong(Watch::id));
        return watches;
    }

    private static void visit(@Nullable WatchList list, Consumer<Watch> action) {
        if (list != null) {
            list.forEach(action);
        }
    }
}
