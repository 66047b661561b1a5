package dev.kubechurn.sim.cli;

import dev.kubechurn.sim.run.LiveFigures;
import java.io.PrintWriter;
import me.tongfei.progressbar.DelegatingProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressState;
import org.jspecify.annotations.Nullable;

/** Progress as one line that a terminal draws over again. Safe from any thread. */
final class ProgressBarView implements Progress {

    private static final int BAR = 38;

    private final PrintWriter out;
    private final long durationNanos;
    private final LiveText text;

    // Guarded by this.
    private @Nullable ProgressBar bar;
    private boolean closed;

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
                    .setRenderer(ProgressBarView::render)
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

    private static String render(ProgressState state, int maxLength) {
        int filled = (int) (BAR * Math.min(1, state.getNormalizedProgress()));
        String line = "  " + "━".repeat(filled) + "─".repeat(BAR - filled) + "  " + state.getExtraMessage();
        return line.length() > maxLength ? line.substring(0, maxLength) : line;
    }
}
