package dev.kubechurn.reports.render;

import dev.kubechurn.reports.gate.Row;
import java.util.Locale;

/** What a row of a comparison says, in words and figures for people. */
final class RowText {

    private RowText() {}

    static String base(Row row) {
        return figure(row, row.base());
    }

    static String candidate(Row row) {
        return figure(row, row.candidate());
    }

    static String change(Row row) {
        if (row.measured() != null) {
            return ForestPlot.percent(row.measured().change(), 1);
        }
        return row.base() == row.candidate() ? "equal" : ForestPlot.percent(row.candidate() / row.base() - 1, 1);
    }

    static String interval(Row row) {
        return row.measured() == null
                ? ""
                : ForestPlot.percent(row.measured().low(), 1) + " to "
                        + ForestPlot.percent(row.measured().high(), 1);
    }

    /** Corrected for all that were tested. */
    static String p(Row row) {
        if (row.measured() == null) {
            return "";
        }
        double adjusted = row.measured().adjusted();
        return adjusted < 0.001 ? "< 0.001" : String.format(Locale.ROOT, "%.3f", adjusted);
    }

    /** The command that measures a row again. */
    static String repeat(Row row) {
        String name = row.metric().replaceFirst("\\{.*", "").replaceFirst("\\.alloc$", "");
        return row.kind() == Row.Kind.EXACT
                ? "kubechurn run SCENARIO --seed SEED   # " + row.metric() + " is exact: the same on any machine"
                : "kubechurn bench '" + name.replace(".", "\\.") + "$'";
    }

    static String percent(double fraction) {
        return String.format(Locale.ROOT, "%.1f\u00a0%%", 100 * fraction);
    }

    private static String figure(Row row, double value) {
        return Quantity.format(value, row.unit());
    }
}
