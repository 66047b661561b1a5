package dev.kubechurn.sim.cli;

import dev.kubechurn.reports.render.OutputFormat;
import dev.kubechurn.reports.render.Presentation;
import dev.kubechurn.reports.render.SummaryLine;
import dev.kubechurn.reports.result.RunResult;
import dev.kubechurn.reports.text.Paint;
import dev.kubechurn.sim.run.RunSummary;
import dev.kubechurn.sim.run.RunTable;
import java.util.List;

/** The result of a run as a command prints it: on one screen, or with all its figures. */
final class Printed {

    private Printed() {}

    /** On one screen. */
    static void summary(Terminal terminal, RunResult result, List<String> middle, List<SummaryLine> closing) {
        terminal.out().print(RunSummary.text(result, terminal.paint(), middle, closing));
    }

    /** With all figures. */
    static void details(Terminal terminal, RunResult result, List<SummaryLine> closing) {
        Presentation all = RunTable.of(result, closing);
        terminal.out()
                .print(OutputFormat.TEXT
                        .renderer(terminal.paint() == Paint.COLOUR ? all.coloured() : all)
                        .render(result));
    }
}
