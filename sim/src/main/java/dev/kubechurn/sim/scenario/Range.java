package dev.kubechurn.sim.scenario;

/** A span of whole numbers, both ends included, where a single figure would claim more than is known. */
public record Range(long min, long max) {

    public Range {
        if (min < 0 || max < min) {
            throw new IllegalArgumentException("is not a range; write the smaller end first, as in 1..2");
        }
    }
}
