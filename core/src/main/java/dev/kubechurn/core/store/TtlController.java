package dev.kubechurn.core.store;

import java.util.List;

/**
 * The TTL that a cluster's controller writes on its nodes, from their number, with hysteresis (S30). Starts at the
 * lowest step. For one thread.
 */
public final class TtlController {

    private static final List<Step> STEPS = List.of(
            new Step(0, 100, 0),
            new Step(90, 500, 15),
            new Step(450, 1_000, 30),
            new Step(900, 2_000, 60),
            new Step(1_800, Integer.MAX_VALUE, 300));

    private int step;

    /**
     * @param lower fewer nodes lead one step down
     * @param upper more nodes lead one step up
     */
    private record Step(int lower, int upper, long ttlSeconds) {}

    /**
     * The TTL in seconds, once the number of nodes has come from what it was at the last call to this.
     *
     * @throws IllegalArgumentException if the number is negative
     */
    public long ttlSeconds(int nodes) {
        if (nodes < 0) {
            throw new IllegalArgumentException("the number of nodes must not be negative, but is " + nodes);
        }
        while (nodes > STEPS.get(step).upper) {
            step++;
        }
        while (nodes < STEPS.get(step).lower) {
            step--;
        }
        return STEPS.get(step).ttlSeconds;
    }
}
