package dev.kubechurn.sim.apiserver.virtual;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Schedules of tokens, worked out by hand. */
final class TokenBucketTest {

    private static final long SECOND = 1_000_000_000L;

    @Test
    void aFullBucketGivesItsBurstAtOnceAndThenOneTokenPerInterval() {
        TokenBucket bucket = bucket(50, 3);
        assertThat(take(bucket, 0, 6)).containsExactly(0L, 0L, 0L, 20_000_000L, 40_000_000L, 60_000_000L);
    }

    @Test
    void waitsShortenAsTimePasses() {
        TokenBucket bucket = bucket(10, 1);
        assertThat(bucket.take(0)).isZero();
        assertThat(bucket.take(30_000_000))
                .as("the next token is there at 100 ms")
                .isEqualTo(70_000_000);
        assertThat(bucket.take(150_000_000)).as("the one after that at 200 ms").isEqualTo(50_000_000);
        assertThat(bucket.take(SECOND)).isZero();
    }

    @Test
    void itFillsUpToItsBurstAndNoFurther() {
        TokenBucket bucket = bucket(10, 2);
        assertThat(take(bucket, 0, 2)).containsExactly(0L, 0L);
        assertThat(take(bucket, 3_600 * SECOND, 3)).containsExactly(0L, 0L, 100_000_000L);
    }

    /** A third of a second is no whole number of nanoseconds: the third token is there after exactly one second. */
    @Test
    void noPartOfANanosecondIsLost() {
        TokenBucket bucket = bucket(3, 1);
        assertThat(take(bucket, 0, 7))
                .containsExactly(0L, 333_333_334L, 666_666_667L, SECOND, 1_333_333_334L, 1_666_666_667L, 2 * SECOND);
        TokenBucket deep = bucket(7, 3);
        List<Long> waits = take(deep, 0, 3 + 7_000_000);
        assertThat(waits.get(waits.size() - 1))
                .as("the 7,000,000th after the burst")
                .isEqualTo(1_000_000 * SECOND);
    }

    @Test
    void withoutALimitNobodyWaits() {
        assertThat(take(new TokenBucket(TokenBucket.Limit.of(0, 0)), 5, 1_000)).containsOnly(0L);
    }

    private static TokenBucket bucket(int qps, int burst) {
        return new TokenBucket(TokenBucket.Limit.of(qps, burst));
    }

    private static List<Long> take(TokenBucket bucket, long nanos, int times) {
        List<Long> waits = new ArrayList<>();
        for (int i = 0; i < times; i++) {
            waits.add(bucket.take(nanos));
        }
        return waits;
    }
}
