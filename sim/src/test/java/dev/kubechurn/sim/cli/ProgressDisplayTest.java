package dev.kubechurn.sim.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kubechurn.sim.run.LiveFigures;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.Writer;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Live figures on a terminal that does not keep up, and after the end. */
@Timeout(60)
final class ProgressDisplayTest {

    private final PausedTerminal terminal = new PausedTerminal();

    /** Were a figure shown by the thread that offers it, this test would stand at the first offer. */
    @Test
    void aPausedTerminalHoldsUpNobodyAndShowsTheNewestAfterwards() throws InterruptedException {
        try (ProgressDisplay display = ProgressDisplay.of(ProgressLines.inWallTime(new PrintWriter(terminal)))) {
            display.offer(figures(5));
            terminal.reached.await();
            for (int seconds = 10; seconds <= 100; seconds += 5) {
                display.offer(figures(seconds));
            }
            terminal.resumed.countDown();
            terminal.twoLines.await();
        }
        assertThat(terminal.text().lines())
                .hasSize(2)
                .satisfiesExactly(
                        first -> assertThat(first).startsWith("  5 s of"),
                        second -> assertThat(second).startsWith("  100 s of"));
    }

    @Test
    void closingWaitsForTheLineThatIsBeingPrintedAndShowsNoMore() throws InterruptedException {
        ProgressDisplay display = ProgressDisplay.of(ProgressLines.inWallTime(new PrintWriter(terminal)));
        display.offer(figures(5));
        terminal.reached.await();
        display.offer(figures(10));
        Thread closing = new Thread(display::close);
        closing.start();
        while (closing.getState() != Thread.State.WAITING) {
            Thread.onSpinWait();
        }
        terminal.resumed.countDown();
        closing.join();
        display.offer(figures(15));
        assertThat(terminal.text().lines()).singleElement().asString().startsWith("  5 s of");
    }

    @Test
    void aBarThatIsClosedStaysSo() {
        StringWriter out = new StringWriter();
        ProgressBarView shown =
                new ProgressBarView(new PrintWriter(out), TimeUnit.HOURS.toNanos(1), LiveText::inWallTime);
        shown.show(figures(1));
        shown.close();
        String atTheEnd = out.toString();
        assertThat(atTheEnd).contains("1 s of 3600 s").endsWith("\n");
        shown.show(figures(2));
        shown.close();
        assertThat(out).hasToString(atTheEnd);
    }

    @Test
    void aBarThatIsClosedBeforeTheFirstFiguresNeverAppears() {
        StringWriter out = new StringWriter();
        ProgressBarView view =
                new ProgressBarView(new PrintWriter(out), TimeUnit.HOURS.toNanos(1), LiveText::inWallTime);
        view.close();
        view.show(figures(1));
        view.close();
        assertThat(out.toString()).isEmpty();
    }

    private static LiveFigures figures(int seconds) {
        return new LiveFigures(TimeUnit.SECONDS.toNanos(seconds), TimeUnit.HOURS.toNanos(1), 1, 1, 1, 1, 0);
    }

    /** Takes nothing until it is resumed. */
    private static final class PausedTerminal extends Writer {

        final CountDownLatch reached = new CountDownLatch(1);
        final CountDownLatch resumed = new CountDownLatch(1);
        final CountDownLatch twoLines = new CountDownLatch(2);
        private final StringWriter taken = new StringWriter();

        @Override
        public void write(char[] buffer, int from, int length) {
            reached.countDown();
            try {
                resumed.await();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
            taken.write(buffer, from, length);
        }

        @Override
        public void flush() {
            twoLines.countDown();
        }

        @Override
        public void close() {}

        String text() {
            return taken.toString();
        }
    }
}
