package dev.kubechurn.sim.cli;

import dev.kubechurn.sim.run.LiveFigures;

/** Shows a run that is going on. */
sealed interface Progress extends AutoCloseable permits Progress.Silent, ProgressBarView, ProgressLines {

    void show(LiveFigures figures);

    /** Ends the display; what is printed next begins on a line of its own, and what is shown later is ignored. */
    @Override
    void close();

    /** Shows nothing. */
    record Silent() implements Progress {
        @Override
        public void show(LiveFigures figures) {}

        @Override
        public void close() {}
    }
}
