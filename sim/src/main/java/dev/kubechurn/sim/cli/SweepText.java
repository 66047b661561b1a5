package dev.kubechurn.sim.cli;

import dev.kubechurn.reports.render.SweepReport;
import dev.kubechurn.reports.render.SweepTable;
import dev.kubechurn.reports.result.SweepResult;
import dev.kubechurn.reports.text.Screen;
import dev.kubechurn.sim.sweep.SweepDirectory;
import java.util.List;

/** The result of a sweep as a command prints it: on one screen, or with all its cells and columns. */
final class SweepText {

    private static final int KEY_WIDTH = "report".length();

    /** Lines that a table may take, its header included, beside all else. */
    private static final int TABLE = 9;

    /** Comparisons of two values; the page has them all. */
    private static final int SENTENCES = 2;

    private final Terminal terminal;
    private final boolean details;

    SweepText(Terminal terminal, boolean details) {
        this.terminal = terminal;
        this.details = details;
    }

    void print(SweepResult result, List<SweepTable.Column> columns, SweepDirectory directory) {
        SweepTable table = new SweepTable(columns);
        Screen screen = new Screen(terminal.paint(), KEY_WIDTH, Integer.MAX_VALUE);
        List<String> sentences = SweepReport.sentence(result).lines().toList();
        sentences.stream().limit(details ? sentences.size() : SENTENCES).forEach(screen::sentence);
        if (!sentences.isEmpty()) {
            screen.gap();
        }
        screen.lines(details ? table.render(result).lines().toList() : table.fitted(result, terminal.paint(), TABLE));
        screen.gap();
        screen.path("report", directory.path().resolve(SweepReport.FILE).toString());
        screen.path("result", directory.path().resolve(SweepDirectory.JSON).toString());
        screen.path("csv", directory.path().resolve(SweepDirectory.CSV).toString());
        terminal.out().print(screen.text());
    }
}
