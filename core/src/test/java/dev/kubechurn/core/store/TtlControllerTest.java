package dev.kubechurn.core.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Rule S30: the TTL that the controller writes, as nodes come and go one by one. */
class TtlControllerTest {

    private static final int MANY = 5_000;

    private final TtlController controller = new TtlController();

    @Test
    @DisplayName("S30: on the way up each step begins with the first node above the one before")
    void stepsUp() {
        assertThat(changes(0, MANY))
                .isEqualTo(new TreeMap<>(Map.of(0, 0L, 101, 15L, 501, 30L, 1_001, 60L, 2_001, 300L)));
    }

    @Test
    @DisplayName("S30: on the way down each step ends with the first node below its own bound: hysteresis")
    void stepsDown() {
        assertThat(controller.ttlSeconds(MANY)).isEqualTo(300);

        assertThat(changes(MANY, 0))
                .isEqualTo(new TreeMap<>(Map.of(MANY, 300L, 1_799, 60L, 899, 30L, 449, 15L, 89, 0L)));
    }

    @Test
    @DisplayName("S30: between the bounds the TTL is what it was")
    void hysteresis() {
        assertThat(controller.ttlSeconds(95)).isZero();
        assertThat(controller.ttlSeconds(101)).isEqualTo(15);
        assertThat(controller.ttlSeconds(95)).isEqualTo(15);
        assertThat(controller.ttlSeconds(90)).isEqualTo(15);
        assertThat(controller.ttlSeconds(89)).isZero();
        assertThat(controller.ttlSeconds(100)).isZero();
    }

    @Test
    @DisplayName("S30: a jump is as many steps as the nodes would have made one by one")
    void jumps() {
        assertThat(controller.ttlSeconds(Integer.MAX_VALUE)).isEqualTo(300);
        assertThat(controller.ttlSeconds(0)).isZero();
    }

    @Test
    @DisplayName("A number of nodes below zero is refused")
    void negativeIsRefused() {
        assertThatThrownBy(() -> controller.ttlSeconds(-1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("-1");
    }

    /** The TTL at the first number of nodes, and at each number where it changes. */
    private Map<Integer, Long> changes(int from, int to) {
        Map<Integer, Long> changes = new TreeMap<>();
        long before = Long.MIN_VALUE;
        int step = Integer.signum(to - from);
        for (int nodes = from; nodes != to + step; nodes += step) {
            long ttl = controller.ttlSeconds(nodes);
            if (ttl != before) {
                changes.put(nodes, ttl);
                before = ttl;
            }
        }
        return changes;
    }
}
