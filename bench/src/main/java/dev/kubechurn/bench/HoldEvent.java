package dev.kubechurn.bench;

import dev.kubechurn.core.api.Timer;
import org.jspecify.annotations.Nullable;

/** An event of the hold model: schedules itself again when it fires. */
final class HoldEvent extends Timer {

    @Nullable
    HoldEvent next;

    @Nullable
    HoldEvent previous;

    int place;
    private final HoldModel model;

    HoldEvent(HoldModel model) {
        this.model = model;
    }

    @Override
    public void fire() {
        model.fired(this);
    }
}
