package dev.kubechurn.sim.run;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Takes what must not happen in a run, keeps the first of it, and ends the load. Safe from any thread. */
final class RunFailure implements Consumer<Throwable> {

    private final AtomicReference<@Nullable Throwable> first = new AtomicReference<>();
    private volatile @Nullable Passage passage;

    /** Says whose load is to be ended. */
    void ends(Passage load) {
        passage = load;
    }

    @Override
    public void accept(Throwable failure) {
        first.compareAndSet(null, failure);
        Passage load = passage;
        if (load != null) {
            load.end();
        }
    }

    Optional<Throwable> first() {
        return Optional.ofNullable(first.get());
    }
}
