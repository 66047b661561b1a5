package dev.kubechurn.bench;

import dev.kubechurn.core.api.Timer;

/** An event of the hold model: schedules itself again when it fires. */
final class HoldEvent extends Timer {

    private final HoldModel model;

    HoldEvent(HoldModel model) {
        this.model = model;
    }

    @Override
    public void fire() {
        model.fired(this);
    }
}
