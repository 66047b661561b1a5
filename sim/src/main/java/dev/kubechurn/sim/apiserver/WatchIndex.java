package dev.kubechurn.sim.apiserver;

import dev.kubechurn.core.api.ObjectKey;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.ObjIntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The watches of one resource, found by what they watch: one object, one namespace, or all. An event looks at those that
 * it may concern and at no others. Guarded by the store's lock.
 */
final class WatchIndex {

    private final ObjectTable objects;
    private final Map<String, WatchList> byNamespace = new HashMap<>();
    private final WatchList all = new WatchList();

    /** @param objects keeps the lists of watches of one object */
    WatchIndex(ObjectTable objects) {
        this.objects = objects;
    }

    void add(Watch watch) {
        Selection selection = watch.selection();
        @Nullable ObjectKey key = selection.exactKey();
        if (key != null) {
            ObjectPlace place = objects.find(selection, key);
            (place == null ? objects.place(key) : place).watches().add(watch);
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
            ObjectPlace place = objects.find(selection, key);
            if (place != null) {
                objects.tidy(place);
            }
        } else {
            byNamespace.remove(selection.scope());
        }
    }

    /** Visits the watches that an event of the object may concern: those of the object, of its namespace, of all. */
    void forEachConcerned(ObjectKey key, Consumer<Watch> action) {
        ObjectPlace place = objects.find(key);
        visit(place == null ? null : place.watches(), action);
        visit(byNamespace.get(key.namespace()), action);
        all.forEach(action);
    }

    /** All watches in the order of their opening. */
    List<Watch> watches() {
        List<Watch> watches = new ArrayList<>();
        objects.places().forEach(place -> place.watches().forEach(watches::add));
        byNamespace.values().forEach(list -> list.forEach(watches::add));
        all.forEach(watches::add);
        watches.sort(Comparator.comparingLong(Watch::id));
        return watches;
    }

    /** Tells how many watches there are with each selection; a selection may come up again. */
    void countBySelection(ObjIntConsumer<Selection> action) {
        objects.places().forEach(place -> place.watches().countBySelection(action));
        byNamespace.values().forEach(list -> list.countBySelection(action));
        all.countBySelection(action);
    }

    private static void visit(@Nullable WatchList list, Consumer<Watch> action) {
        if (list != null) {
            list.forEach(action);
        }
    }
}
