package dev.kubechurn.reports.render;

import dev.kubechurn.reports.result.HistogramMetric;
import dev.kubechurn.reports.result.HistogramSnapshot;
import dev.kubechurn.reports.result.Metric;
import dev.kubechurn.reports.result.RunResult;
import dev.kubechurn.reports.result.Unit;
import dev.kubechurn.reports.text.Columns;
import dev.kubechurn.reports.text.Paint;
import dev.kubechurn.reports.text.Tone;
import java.util.ArrayList;
import java.util.List;

/** A result as a table of percentiles for a terminal, with lines of text below it. */
final class TerminalTable implements Renderer {

    private static final String INDENT = "  ";
    private static final String GAP = "   ";
    private static final int MIN_WIDTH = 7;
    private static final List<String> HEADER = List.of("", "p50", "p90", "p95", "p99", "max", "count");

    private final Presentation presentation;

    TerminalTable(Presentation presentation) {
        this.presentation = presentation;
    }

    @Override
    public String render(RunResult result) {
        List<String> parts = new ArrayList<>();
        parts.add(table(result));
        List<List<SummaryLine>> blocks = blocks(result);
        int keyWidth = blocks.stream()
                .flatMap(List::stream)
                .mapToInt(line -> Columns.width(shown(line.key())))
                .max()
                .orElse(0);
        blocks.forEach(block -> parts.add(block(block, keyWidth)));
        parts.removeIf(String::isEmpty);
        return String.join("\n", parts);
    }

    /** That a run was cut short is said first and always: its figures mean something else then. */
    private List<List<SummaryLine>> blocks(RunResult result) {
        List<List<SummaryLine>> blocks = new ArrayList<>();
        if (result.partialReason() != null) {
            blocks.add(List.of(SummaryLine.alarm("partial", result.partialReason())));
        }
        blocks.addAll(presentation.blocks());
        return blocks;
    }

    private String table(RunResult result) {
        List<List<String>> lines = new ArrayList<>();
        for (TableLayout.Row row : presentation.table().rows()) {
            Metric metric = result.metric(row.metric(), row.labels()).orElse(null);
            if (metric instanceof HistogramMetric histogram) {
                lines.add(cells(row.title(), histogram.histogram(), metric.unit()));
            }
        }
        if (lines.isEmpty()) {
            return "";
        }
        lines.add(0, HEADER);
        int[] widths = Columns.widths(lines, MIN_WIDTH);
        StringBuilder table = new StringBuilder();
        for (List<String> line : lines) {
            String text = tableLine(line, widths);
            table.append(line == HEADER ? paint().dim(text) : text).append('\n');
        }
        return table.toString();
    }

    private List<String> cells(String title, HistogramSnapshot histogram, Unit unit) {
        List<String> cells = new ArrayList<>();
        cells.add(shown(title));
        long[] figures = {histogram.p50(), histogram.p90(), histogram.p95(), histogram.p99(), histogram.max()};
        for (long figure : figures) {
            cells.add(histogram.isEmpty() ? Ladder.NOTHING : shown(Quantity.format(figure, unit)));
        }
        cells.add(Counts.exact(histogram.count()));
        return cells;
    }

    /** The title to the left, everything else to the right. */
    private static String tableLine(List<String> cells, int[] widths) {
        StringBuilder line = new StringBuilder(INDENT);
        line.append(cells.get(0)).append(Columns.padding(cells.get(0), widths[0]));
        Columns.right(line, cells, 1, widths);
        return line.toString();
    }

    private String block(List<SummaryLine> lines, int keyWidth) {
        StringBuilder block = new StringBuilder();
        for (SummaryLine line : lines) {
            String key = shown(line.key());
            String text = shown(line.text());
            block.append(INDENT).append(paint().dim(key)).append(Columns.padding(key, keyWidth));
            block.append(GAP)
                    .append(line.alarm() ? paint().tone(Tone.BAD, text) : text)
                    .append('\n');
        }
        return block.toString();
    }

    private String shown(String text) {
        return presentation.glyphs().apply(text);
    }

    private Paint paint() {
        return Paint.of(presentation.colour());
    }
}
