package dev.kubechurn.sim.validation;

import static java.util.Objects.requireNonNull;

import dev.kubechurn.sim.run.LoadListener;
import org.jspecify.annotations.Nullable;

/** What the server had counted when the load of a run began, and when it ended. */
final class Moments implements LoadListener {

    private final Server server;
    private @Nullable ServerCounts begin;
    private @Nullable ServerCounts end;

    Moments(Server server) {
        this.server = server;
    }

    @Override
    public void begins() {
        try {
            begin = server.settled(counts -> true, "objects that were made");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            begin = server.counts();
        }
    }

    @Override
    public void ended() {
        end = server.counts();
    }

    ServerCounts begin() {
        return requireNonNull(begin);
    }

    ServerCounts end() {
        return requireNonNull(end);
    }
}
