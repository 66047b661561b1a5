package dev.kubechurn.sim.run;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Takes what must not happen in a run, keeps the first of it, and ends the load. Safe from any thread. */
final class RunFailure implements Consumer<Throwable> {

    private final AtomicReference<@Nullable Throwable> first = new AtomicReference<>();
    private volatile @Nullable Runnable end;

    /** Says what ends the load; at once if something has failed already. */
    void ends(Runnable load) {
        end = load;
        if (first.get() != null) {
            load.run();
        }
    }

    @Override
    public void accept(Throwable failure) {
        first.compareAndSet(null, failure);
        Runnable load = end;
        if (load != null) {
            load.run();
        }
    }

    Optional<Throwable> first() {
        return Optional.ofNullable(first.get());
    }
}
