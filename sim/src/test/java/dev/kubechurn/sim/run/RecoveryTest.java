package dev.kubechurn.sim.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kubechurn.core.api.ObjectKey;
import dev.kubechurn.reports.result.Breakdown;
import dev.kubechurn.reports.result.Series;
import dev.kubechurn.reports.result.Unit;
import dev.kubechurn.sim.metrics.ObjectId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the report says of watches: how soon they came back, and whose they are. */
final class RecoveryTest {

    private static final long SECOND = 1_000_000_000L;

    private static Series watches(double... everySecond) {
        List<Series.Point> points = new ArrayList<>();
        for (int i = 0; i < everySecond.length; i++) {
            points.add(new Series.Point(i * SECOND, everySecond[i]));
        }
        return new Series("apiserver.watches", Unit.COUNT, points);
    }

    @Test
    void timeIsTakenFromTheBreakToNineteenOfTwenty() {
        assertThat(Recovery.after(watches(100, 100, 0, 50, 94, 95, 100), 2 * SECOND, Long.MAX_VALUE))
                .contains(new Recovery(100, 0, 3 * SECOND));
    }

    @Test
    void whatFallsAgainHasNotComeBack() {
        assertThat(Recovery.after(watches(100, 50, 99, 20, 96), SECOND, Long.MAX_VALUE))
                .contains(new Recovery(100, 20, 3 * SECOND));
        assertThat(Recovery.after(watches(100, 50, 60), SECOND, Long.MAX_VALUE)).contains(new Recovery(100, 50, -1));
    }

    @Test
    void theNextEventEndsIt() {
        assertThat(Recovery.after(watches(100, 50, 60, 100), SECOND, 3 * SECOND))
                .contains(new Recovery(100, 50, -1));
    }

    @Test
    void aSmallLossIsNone() {
        assertThat(Recovery.after(watches(100, 95, 100), SECOND, Long.MAX_VALUE))
                .isEmpty();
        assertThat(Recovery.after(watches(), SECOND, Long.MAX_VALUE)).isEmpty();
    }

    @Test
    void watchesOfOneNameAreOnePart() {
        Map<ObjectId, Integer> open = new HashMap<>();
        for (int i = 0; i < 20; i++) {
            open.put(new ObjectId("configmaps", new ObjectKey("n" + i, "kube-root-ca.crt")), 5);
            open.put(new ObjectId("secrets", new ObjectKey("n0", "s" + i)), i + 1);
        }

        Breakdown held = HeldWatches.of(open).orElseThrow();

        assertThat(held.total()).isEqualTo(20 * 5 + 210);
        assertThat(held.parts())
                .hasSize(10)
                .containsEntry("configmaps/kube-root-ca.crt in 20 namespaces", 100.0)
                .containsEntry("secrets/s19", 20.0)
                .doesNotContainKey("secrets/s10");
        assertThat(HeldWatches.of(Map.of())).isEmpty();
    }
}
