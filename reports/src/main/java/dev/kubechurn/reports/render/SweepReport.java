package dev.kubechurn.reports.render;

import dev.kubechurn.reports.result.SweepResult;
import dev.kubechurn.reports.result.SweepResult.Cell;
import dev.kubechurn.reports.result.SweepResult.Spread;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** A sweep as a page: for each chosen figure which values make it least and most, a bar for each cell, and the table. */
public final class SweepReport {

    /** The file of a sweep's directory that holds it. */
    public static final String FILE = "report.html";

    /** More bars are no picture any more; the table has them all. */
    private static final int MOST_BARS = 40;

    private final SweepResult sweep;
    private final List<SweepTable.Column> columns;

    private SweepReport(SweepResult sweep, List<SweepTable.Column> columns) {
        this.sweep = sweep;
        this.columns = columns;
    }

    /** The page of the chosen figures. */
    public static String html(SweepResult sweep, List<SweepTable.Column> columns) {
        return new SweepReport(sweep, columns).page().html();
    }

    private Page page() {
        boolean held = sweep.checksHeld();
        Page page = new Page(
                "Sweep of " + sweep.name(),
                held ? "checks: 0 violations" : "checks: " + Counts.exact(sweep.violations()) + " violated",
                held ? Page.Tone.GOOD : Page.Tone.BAD,
                facts());
        if (!sweep.title().isEmpty()) {
            page.paragraph(sweep.title());
        }
        page.sentence(sentence());
        for (SweepTable.Column column : columns) {
            chart(page, column);
        }
        table(page);
        return page;
    }

    /** What the sweep found, in a few sentences; what matters stands between pairs of asterisks. */
    public static String sentence(SweepResult sweep, List<SweepTable.Column> columns) {
        return new SweepReport(sweep, columns).sentence();
    }

    private String sentence() {
        return columns.stream()
                .limit(3)
                .map(this::extremes)
                .flatMap(Optional::stream)
                .collect(Collectors.joining(" "));
    }

    private String facts() {
        return Counts.exact(sweep.cells().size()) + " cells · "
                + Counts.exact(sweep.seeds().size())
                + (sweep.seeds().size() == 1 ? " seed" : " seeds") + " each · virtual time · varied: "
                + String.join(", ", sweep.varied().keySet());
    }

    private record Figure(Cell cell, Spread spread) {}

    private List<Figure> figures(SweepTable.Column column) {
        List<Figure> figures = new ArrayList<>();
        sweep.cells()
                .forEach(cell ->
                        cell.spread(column.figure()).ifPresent(spread -> figures.add(new Figure(cell, spread))));
        return figures;
    }

    private Optional<String> extremes(SweepTable.Column column) {
        List<Figure> figures = figures(column);
        if (figures.isEmpty()) {
            return Optional.empty();
        }
        Comparator<Figure> bySize =
                Comparator.comparingDouble(figure -> figure.spread().median());
        Figure least = figures.stream().min(bySize).orElseThrow();
        Figure most = figures.stream().max(bySize).orElseThrow();
        String name = "**" + named(column) + "**";
        return Optional.of(
                least.spread().median() == most.spread().median()
                        ? name + " is " + shown(least) + " in all cells."
                        : name + " is least with " + title(least.cell()) + " (" + shown(least) + ") and most with "
                                + title(most.cell()) + " (**" + shown(most) + "**).");
    }

    /** A short title of a table says too little here. */
    private static String named(SweepTable.Column column) {
        return column.title().equals(column.figure()) ? column.title() : column.title() + " (" + column.figure() + ")";
    }

    private static String shown(Figure figure) {
        return Quantity.format(figure.spread().median(), figure.spread().unit());
    }

    private static String title(Cell cell) {
        return cell.values().entrySet().stream()
                .map(value -> value.getKey().substring(value.getKey().lastIndexOf('.') + 1) + " " + value.getValue())
                .collect(Collectors.joining(", "));
    }

    private void chart(Page page, SweepTable.Column column) {
        List<Figure> figures = figures(column);
        if (figures.isEmpty() || figures.size() > MOST_BARS) {
            return;
        }
        page.section(
                named(column),
                sweep.seeds().size() == 1 ? "" : "the median of the seeds; the line is what they lie between");
        page.chart(new BarChart(
                        column.title() + " by cell",
                        figures.get(0).spread().unit(),
                        figures.stream()
                                .map(figure -> new BarChart.Bar(
                                        title(figure.cell()),
                                        figure.spread().median(),
                                        figure.spread().min(),
                                        figure.spread().max()))
                                .toList())
                .element("bars-" + columns.indexOf(column)));
    }

    private void table(Page page) {
        List<String> header = new ArrayList<>(List.of("cell"));
        columns.forEach(column -> header.add(column.title()));
        header.add("violations");
        List<List<String>> lines = new ArrayList<>();
        for (Cell cell : sweep.cells()) {
            List<String> line = new ArrayList<>(List.of(title(cell)));
            columns.forEach(column -> line.add(cell.spread(column.figure())
                    .map(spread -> Quantity.format(spread.median(), spread.unit()))
                    .orElse(Ladder.NOTHING)));
            line.add(Counts.exact(cell.violations()));
            lines.add(line);
        }
        page.section("All cells", "every exact figure of every run is in sweep.csv")
                .table(header, lines);
    }
}
