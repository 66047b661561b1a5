package dev.kubechurn.sim.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kubechurn.sim.run.LiveFigures;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** What is shown of a run in virtual time; wall time is the test's. */
final class VirtualProgressTest {

    private final AtomicLong wall = new AtomicLong(17);

    @Test
    void tellsTheSpeedSinceTheLineBefore() {
        VirtualText text = new VirtualText(wall::get);
        pass(2_000);
        assertThat(text.of(figures(824, 3_000_000)))
                .isEqualTo("824 s of 3600 s simulated · 1,500,000 events/s · ×412 · 600 pods · 1,090 watches");
        pass(1_000);
        assertThat(text.of(figures(828, 3_000_100))).contains(" · 100 events/s · ×4.0 · ");
        assertThat(text.of(figures(828, 3_000_100))).as("no time has passed").contains(" · - events/s · ×- · ");
    }

    /** An hour may be over in a second: lines come by the wall's clock. */
    @Test
    void linesComeEveryFiveSecondsOfWallTime() {
        StringWriter out = new StringWriter();
        ProgressLines lines = ProgressLines.inVirtualTime(new PrintWriter(out), wall::get);
        for (int i = 1; i <= 120; i++) {
            pass(100);
            lines.show(figures(10 * i, i));
        }
        assertThat(out.toString().lines())
                .hasSize(2)
                .satisfiesExactly(
                        first -> assertThat(first)
                                .startsWith("  500 s of 3600 s simulated")
                                .contains("×100"),
                        second -> assertThat(second)
                                .startsWith("  1000 s of 3600 s simulated")
                                .contains("×100"));
    }

    private void pass(long millis) {
        wall.addAndGet(TimeUnit.MILLISECONDS.toNanos(millis));
    }

    private static LiveFigures figures(int seconds, long events) {
        return new LiveFigures(TimeUnit.SECONDS.toNanos(seconds), TimeUnit.HOURS.toNanos(1), 600, 1_090, 5, 0, events);
    }
}
