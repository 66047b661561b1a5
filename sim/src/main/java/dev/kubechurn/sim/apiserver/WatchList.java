package dev.kubechurn.sim.apiserver;

import java.util.function.Consumer;
import java.util.function.ObjIntConsumer;
import org.jspecify.annotations.Nullable;

/** Watches in the order of their opening; adding and removing cost O(1) and no memory. Guarded by the store's lock. */
final class WatchList {

    private @Nullable Watch first;
    private @Nullable Watch last;

    boolean isEmpty() {
        return first == null;
    }

    void add(Watch watch) {
        if (first != null && first.selection().equals(watch.selection())) {
            watch.share(first.selection());
        }
        watch.list = this;
        watch.before = last;
        if (last == null) {
            first = watch;
        } else {
            last.behind = watch;
        }
        last = watch;
    }

    void remove(Watch watch) {
        if (watch.before == null) {
            first = watch.behind;
        } else {
            watch.before.behind = watch.behind;
        }
        if (watch.behind == null) {
            last = watch.before;
        } else {
            watch.behind.before = watch.before;
        }
        watch.list = null;
        watch.before = null;
        watch.behind = null;
    }

    /** Tells how many watches share each selection; a selection may come up again. */
    @SuppressWarnings("ReferenceEquality") // those of one object share the very same instance
    void countBySelection(ObjIntConsumer<Selection> action) {
        @Nullable Watch watch = first;
        while (watch != null) {
            Selection shared = watch.selection();
            int count = 0;
            do {
                count++;
                watch = watch.behind;
            } while (watch != null && watch.selection() == shared);
            action.accept(shared, count);
        }
    }

    void forEach(Consumer<Watch> action) {
        @Nullable Watch watch = first;
        while (watch != null) {
            @Nullable Watch next = watch.behind;
            action.accept(watch);
            watch = next;
        }
    }
}
