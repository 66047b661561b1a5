package dev.kubechurn.sim.workload;

import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;

/** How unequally objects are chosen; keeps one table for each number of objects. Safe from any thread. */
final class Popularity {

    private final double exponent;
    private final ConcurrentHashMap<Integer, Zipf> byCount = new ConcurrentHashMap<>();

    /** Zipf with this exponent; 0 is uniform. */
    Popularity(double exponent) {
        this.exponent = exponent;
    }

    /** A rank from 0 to {@code count - 1}; lower ranks are more popular. */
    int next(int count, SplittableRandom random) {
        return byCount.computeIfAbsent(count, n -> new Zipf(n, exponent)).next(random);
    }
}
