package dev.kubechurn.reports.render;

import dev.kubechurn.reports.result.SweepResult;
import dev.kubechurn.reports.result.SweepResult.Cell;
import dev.kubechurn.reports.result.SweepResult.Spread;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** A sweep as a page: what was varied and what that changed, the table with the pages of all runs, and a bar for each cell. */
public final class SweepReport {

    /** The file of a sweep's directory that holds it. */
    public static final String FILE = "report.html";

    /** More bars are no picture any more; the table has them all. */
    private static final int MOST_BARS = 40;

    private final SweepResult sweep;
    private final List<SweepTable.Column> columns;

    private final RunPages runPages;

    /** Where the pages of a sweep's runs are, seen from the sweep's own. */
    @FunctionalInterface
    public interface RunPages {

        /**
         * The address of one run's page.
         *
         * @param cell its place in the grid, from 0
         */
        String of(int cell, long seed);
    }

    private SweepReport(SweepResult sweep, List<SweepTable.Column> columns, RunPages runPages) {
        this.sweep = sweep;
        this.columns = columns;
        this.runPages = runPages;
    }

    /** The page of the chosen figures. */
    public static String html(SweepResult sweep, List<SweepTable.Column> columns, RunPages runPages) {
        return new SweepReport(sweep, columns, runPages).page().html();
    }

    private Page page() {
        boolean held = sweep.checksHeld();
        Page page = new Page(
                "Sweep of " + sweep.name(),
                held
                        ? "checks: 0 violations"
                        : "checks: " + Counts.exact(sweep.violations())
                                + (sweep.violations() == 1 ? " violation" : " violations"),
                held ? Page.Tone.GOOD : Page.Tone.BAD,
                facts());
        if (!sweep.title().isEmpty()) {
            page.paragraph(sweep.title());
        }
        page.sentence(sentence(sweep));
        table(page);
        columns.forEach(column -> chart(page, column));
        return page;
    }

    /** What was varied and what that changed, a line for each comparison; what matters stands between pairs of asterisks. */
    public static String sentence(SweepResult sweep) {
        return SweepSentence.of(sweep);
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

    private String title(Cell cell) {
        return cell.values().isEmpty()
                ? sweep.name()
                : cell.values().entrySet().stream()
                        .map(value -> FieldWords.with(value.getKey(), value.getValue()))
                        .collect(Collectors.joining(", "));
    }

    private void chart(Page page, SweepTable.Column column) {
        List<Figure> figures = figures(column);
        if (figures.isEmpty() || figures.size() > MOST_BARS) {
            return;
        }
        BarChart chart = new BarChart(
                heading(column) + " by cell",
                figures.get(0).spread().unit(),
                figures.stream()
                        .map(figure -> new BarChart.Bar(
                                title(figure.cell()),
                                figure.spread().median(),
                                figure.spread().min(),
                                figure.spread().max()))
                        .toList());
        if (chart.isFlat()) {
            page.section("No " + heading(column), "every value is 0 in every cell");
            return;
        }
        page.section(
                capitalized(heading(column)),
                sweep.seeds().size() == 1 ? "" : "median over the seeds; the line shows their range");
        page.chart(chart);
    }

    /** A figure in the words of the other pages; a short title of a table says too little here. */
    private static String heading(SweepTable.Column column) {
        return switch (column.figure()) {
            case "apiserver.watches.peak" -> "open watches, peak";
            case "apiserver.requests{verb=list}" -> "list requests";
            case "apiserver.requests{verb=watch}" -> "watch requests";
            case "apiserver.requests{verb=get}" -> "get requests";
            case "apiserver.requests.peak" -> "requests per second, peak";
            case "apiserver.events" -> "events";
            case "apiserver.bytes" -> "bytes sent";
            case "propagation.latency:p99" -> "update → kubelet, p99";
            case "visible.latency:p99" -> "update → pod, p99";
            default -> column.title();
        };
    }

    /** As a heading begins; what is a metric's name stays as it is. */
    private static String capitalized(String words) {
        return words.contains(".") ? words : words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
    }

    /** A cell's name leads to its run's page, or has those of all its seeds below it. */
    private void table(Page page) {
        List<String> header = new ArrayList<>(List.of("cell"));
        columns.forEach(column -> header.add(heading(column)));
        boolean violated = !sweep.checksHeld();
        if (violated) {
            header.add("violations");
        }
        Table table = new Table(header);
        for (int at = 0; at < sweep.cells().size(); at++) {
            Cell cell = sweep.cells().get(at);
            List<Table.Cell> row = new ArrayList<>(List.of(name(at, cell)));
            columns.forEach(column -> row.add(cell.spread(column.figure())
                    .map(spread -> Table.Cell.of(Quantity.format(spread.median(), spread.unit()), spread.median()))
                    .orElse(Table.Cell.of(Ladder.NOTHING))));
            if (violated) {
                row.add(Table.Cell.count(cell.violations()));
            }
            table.row(row);
        }
        page.section("All cells", "each run has a page of its own; sweep.csv holds every exact figure of every run")
                .table(table);
    }

    private Table.Cell name(int at, Cell cell) {
        boolean single = cell.runs().size() == 1;
        return Table.Cell.of(
                single ? "" : title(cell),
                cell.runs().stream()
                        .map(run -> new Table.Link(
                                single ? title(cell) : "seed " + run.seed(), runPages.of(at, run.seed())))
                        .toList());
    }
}
