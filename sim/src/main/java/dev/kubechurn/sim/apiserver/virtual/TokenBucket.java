package dev.kubechurn.sim.apiserver.virtual;

/**
 * A kubelet's own limit on requests: {@code qps} tokens flow in per second, up to {@code burst}; a request takes one, and
 * waits for its own when there is none. First come, first served; a token that was taken does not come back. Exact: times
 * are whole nanoseconds and, because a token's interval need not be whole, {@code qps}-ths of one.
 */
final class TokenBucket {

    private static final long SECOND = 1_000_000_000L;

    private final Limit limit;

    // When the bucket will be full again if nobody takes more.
    private long fullNanos;
    private int fullFraction;

    TokenBucket(Limit limit) {
        this.limit = limit;
    }

    /**
     * What all buckets of a run share: the interval between tokens, and how long it takes to fill a bucket.
     *
     * @param qps 0: no limit
     */
    record Limit(int qps, long intervalNanos, int intervalFraction, long depthNanos, int depthFraction) {

        static Limit of(int qps, int burst) {
            if (qps == 0) {
                return new Limit(0, 0, 0, 0, 0);
            }
            long depth = burst * SECOND;
            return new Limit(qps, SECOND / qps, (int) (SECOND % qps), depth / qps, (int) (depth % qps));
        }
    }

    /** Takes a token; returns for how many nanoseconds the taker must wait for it, 0: it is there. */
    long take(long nowNanos) {
        int qps = limit.qps();
        if (qps == 0) {
            return 0;
        }
        if (fullNanos < nowNanos) {
            fullNanos = nowNanos;
            fullFraction = 0;
        }
        fullNanos += limit.intervalNanos();
        fullFraction += limit.intervalFraction();
        if (fullFraction >= qps) {
            fullFraction -= qps;
            fullNanos++;
        }
        boolean partOfANano = fullFraction > limit.depthFraction();
        long thereNanos = fullNanos - limit.depthNanos() + (partOfANano ? 1 : 0);
        return Math.max(0, thereNanos - nowNanos);
    }
}
