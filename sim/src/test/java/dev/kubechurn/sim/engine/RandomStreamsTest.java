package dev.kubechurn.sim.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class RandomStreamsTest {

    @Test
    void theSameSeedPurposeAndIndexGiveTheSameStream() {
        long first = new RandomStreams(42).stream("churn", 7).nextLong();
        assertThat(new RandomStreams(42).stream("churn", 7).nextLong()).isEqualTo(first);
        // Fixed for good: results of older versions must be repeatable.
        assertThat(first).isEqualTo(PINNED);
    }

    @Test
    void streamsOfOtherSeedsPurposesAndIndexesDiffer() {
        Set<Long> firsts = new HashSet<>();
        for (long seed = 0; seed < 10; seed++) {
            for (String purpose : new String[] {"churn", "updates", "churm", ""}) {
                for (long index = 0; index < 100; index++) {
                    firsts.add(new RandomStreams(seed).stream(purpose, index).nextLong());
                }
            }
        }
        assertThat(firsts).hasSize(10 * 4 * 100);
    }

    @Test
    void aSharedStreamDrawsWhatTheStreamDraws() {
        RandomStreams streams = new RandomStreams(1);
        assertThat(streams.sharedStream("x", 3).getAsDouble())
                .isEqualTo(streams.stream("x", 3).nextDouble());
    }

    /** The same on every JDK, and for good. */
    @Test
    void theFirstDrawsAreThese() {
        RandomStreams streams = new RandomStreams(42);
        assertThat(draws(streams.stream("pods", 0), 4)).containsExactly(PODS_0);
        assertThat(draws(streams.stream("pods", 4_999), 4)).containsExactly(PODS_4999);
        assertThat(draws(new RandomStreams(-1).stream("update-gaps", 0), 4)).containsExactly(GAPS);
        SplittableRandom random = streams.stream("transforms", 0);
        assertThat(new double[] {random.nextDouble(), random.nextDouble()}).containsExactly(DOUBLES);
        assertThat(new int[] {random.nextInt(10), random.nextInt(1 << 20), random.nextInt(1_000_003)})
                .containsExactly(BOUNDED);
    }

    @Test
    void oneMoreConsumerChangesNobodysDraws() {
        RandomStreams before = new RandomStreams(42);
        RandomStreams after = new RandomStreams(42);
        SplittableRandom newcomer = after.stream("newcomer", 0);
        long unused = 0;
        for (String purpose : List.of("node", "churn", "pods", "configmap-reflector")) {
            for (int node = 0; node < 20; node++) {
                SplittableRandom alone = before.stream(purpose, node);
                SplittableRandom beside = after.stream(purpose, node);
                for (int i = 0; i < 20; i++) {
                    unused += newcomer.nextLong() + after.stream("another", i).nextLong();
                    assertThat(beside.nextLong()).isEqualTo(alone.nextLong());
                }
            }
        }
        assertThat(unused).isNotZero();
    }

    /** Some nodes here, the others elsewhere: each draws what it would draw in one place. */
    @Test
    void aNodesDrawsDependOnNoOtherNode() {
        RandomStreams whole = new RandomStreams(7);
        RandomStreams shard = new RandomStreams(7);
        List<SplittableRandom> all =
                IntStream.range(0, 100).mapToObj(i -> whole.stream("churn", i)).toList();
        for (int i = 3; i < 100; i += 4) {
            assertThat(draws(shard.stream("churn", i), 10)).isEqualTo(draws(all.get(i), 10));
        }
    }

    private static List<Long> draws(SplittableRandom random, int count) {
        return Stream.generate(random::nextLong).limit(count).toList();
    }

    // Worked out apart from the JDK, after the definition of SplitMix64.
    private static final Long[] PODS_0 = {
        2128395102238074164L, 320891185215423810L, 5164252836656371560L, 4116713808878402027L
    };
    private static final Long[] PODS_4999 = {
        -4600216979367831241L, 5549240450612692684L, 9123126522660617043L, -7634465906029832020L
    };
    private static final Long[] GAPS = {
        -1887104743429463982L, 4403417053092142730L, -7762704938604342481L, 1401661936109742803L
    };
    private static final double[] DOUBLES = {0x1.98eb2be0c6b1ep-2, 0x1.c5b0e7da5d257p-1};
    private static final int[] BOUNDED = {1, 711_853, 390_993};
    private static final long PINNED = 2983373622035188093L;
}
