package dev.kubechurn.sim.apiserver;

import java.util.Arrays;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Watches in no order, each of which knows its place; adding and removing cost O(1). Guarded by the store's lock. */
final class WatchArray {

    private @Nullable Watch[] watches = new @Nullable Watch[2];
    private int size;

    void add(Watch watch) {
        if (size == watches.length) {
            watches = Arrays.copyOf(watches, 2 * size);
        }
        put(watch, size++);
    }

    /** The watch must be in here. */
    void remove(Watch watch) {
        Watch last = Objects.requireNonNull(watches[--size]);
        watches[size] = null;
        if (last != watch) {
            put(last, watch.place);
        }
    }

    /** The action may remove the watch that it is given, and no other. */
    void forEach(Consumer<Watch> action) {
        for (int i = size - 1; i >= 0; i--) {
            action.accept(Objects.requireNonNull(watches[i]));
        }
    }

    private void put(Watch watch, int place) {
        watches[place] = watch;
        watch.place = place;
    }
}
