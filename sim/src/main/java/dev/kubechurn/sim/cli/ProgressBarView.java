package dev.kubechurn.sim.cli;

import dev.kubechurn.reports.text.Paragraph;
import dev.kubechurn.sim.run.LiveFigures;
import java.io.PrintWriter;
import me.tongfei.progressbar.DelegatingProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressState;
import org.jspecify.annotations.Nullable;

/** Progress as one line that a terminal draws over again. Safe from any thread. */
final class ProgressBarView implements Progress {

    private static final int LONGEST_BAR = 38;
    private static final int SHORTEST_BAR = 6;
    private static final int MARGINS = 4;

    /** A line as wide as the terminal would go on in the next, and stay there. */
    private static final int WIDTH = Paragraph.WIDTH - 1;

    private final PrintWriter out;
    private final long durationNanos;
    private final LiveText text;

    // Guarded by this.
    private @Nullable ProgressBar bar;
    private boolean closed;

    /** Of the bar's own thread, which must not wait for this: whoever holds this may wait for that thread. */
    private int length = LONGEST_BAR;

    ProgressBarView(PrintWriter out, long durationNanos, LiveText text) {
        this.out = out;
        this.durationNanos = durationNanos;
        this.text = text;
    }

    @Override
    public synchronized void show(LiveFigures figures) {
        if (closed) {
            return; // a bar of its own would draw for ever
        }
        if (bar == null) {
            bar = new ProgressBarBuilder()
                    .setInitialMax(durationNanos)
                    .setRenderer(this::render)
                    .setConsumer(new DelegatingProgressBarConsumer(this::draw, Integer.MAX_VALUE))
                    .setUpdateIntervalMillis(250)
                    .build();
        }
        bar.setExtraMessage(text.of(figures));
        bar.stepTo(Math.min(durationNanos, figures.elapsedNanos()));
    }

    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        if (bar != null) {
            bar.close();
            out.println();
            out.flush();
        }
    }

    private void draw(String line) {
        out.print(Terminal.OVER + line);
        out.flush();
    }

    /** The bar never grows again: it would jump with each figure. */
    private String render(ProgressState state, int maxLength) {
        String figures = state.getExtraMessage();
        length = Math.max(SHORTEST_BAR, Math.min(length, WIDTH - MARGINS - figures.length()));
        int filled = (int) (length * Math.min(1, state.getNormalizedProgress()));
        String line = "  " + "━".repeat(filled) + "─".repeat(length - filled) + "  " + figures;
        return Paragraph.cut(line, Math.min(WIDTH, maxLength));
    }
}
