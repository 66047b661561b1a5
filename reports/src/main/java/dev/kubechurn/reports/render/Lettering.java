package dev.kubechurn.reports.render;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The room that a chart's text takes, in the chart's own units, and where labels go so that none covers another. Widths are
 * estimated on the wide side, because the reader's browser chooses the font.
 */
final class Lettering {

    /** From a line's baseline up and down to the edges of its box. */
    static final double ASCENT = 12;

    static final double DESCENT = 4;

    /** From one baseline to the next. */
    static final double LINE = ASCENT + DESCENT;

    /** Between two labels of one row. */
    private static final double GAP = 8;

    private static final String NARROW = " .,:;'|!()[]{}ijlIft/\u00a0";
    private static final String WIDE = "mwMW%@…→×±";

    private Lettering() {}

    static double width(String text) {
        return text.codePoints().mapToDouble(Lettering::width).sum();
    }

    private static double width(int point) {
        if (NARROW.indexOf(point) >= 0) {
            return 5.3;
        }
        if (WIDE.indexOf(point) >= 0 || point > 0x2fff) {
            return 13.2;
        }
        return Character.isUpperCase(point) ? 10.2 : 8.5;
    }

    /** The text, cut where it would be wider than there is room. */
    static String fitted(String text, double room) {
        if (width(text) <= room) {
            return text;
        }
        int end = text.length();
        while (end > 0 && width(text.substring(0, end) + "…") > room) {
            end = text.offsetByCodePoints(end, -1);
        }
        return text.substring(0, end) + "…";
    }

    /**
     * Baselines of labels in one column: each as near to where it belongs as the others allow, in the same order.
     *
     * @param wanted where each belongs
     * @param lowest the last baseline that there is room for
     */
    static double[] column(double[] wanted, double lowest) {
        List<Integer> downwards = IntStream.range(0, wanted.length)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> wanted[i]))
                .toList();
        double[] placed = new double[wanted.length];
        double free = Double.NEGATIVE_INFINITY;
        for (int i : downwards) {
            placed[i] = Math.max(wanted[i], free);
            free = placed[i] + LINE;
        }
        double limit = lowest;
        for (int at = downwards.size() - 1; at >= 0; at--) {
            int i = downwards.get(at);
            placed[i] = Math.min(placed[i], limit);
            limit = placed[i] - LINE;
        }
        return placed;
    }

    /** A label beside a place on the horizontal axis: from where to where it goes. */
    record Beside(String text, double left, double right) {

        /**
         * To the right of the place, or to its left where that would leave the chart.
         *
         * @param most where the chart ends
         */
        static Beside of(String text, double place, double most) {
            double width = width(text);
            return place + 6 + width <= most
                    ? new Beside(text, place + 6, place + 6 + width)
                    : new Beside(text, place - 6 - width, place - 6);
        }
    }

    /** The row of each label, from 0: the first one in which it covers none before it. */
    static List<Integer> rows(List<Beside> labels) {
        List<Integer> rows = new ArrayList<>();
        for (int i = 0; i < labels.size(); i++) {
            int row = 0;
            while (isTaken(labels, rows, row, labels.get(i))) {
                row++;
            }
            rows.add(row);
        }
        return rows;
    }

    private static boolean isTaken(List<Beside> labels, List<Integer> rows, int row, Beside label) {
        return IntStream.range(0, rows.size())
                .anyMatch(i -> rows.get(i) == row
                        && labels.get(i).left() < label.right() + GAP
                        && label.left() < labels.get(i).right() + GAP);
    }

    /** The height of all rows together. */
    static int height(List<Integer> rows) {
        return (int) (LINE * rows.stream().mapToInt(row -> row + 1).max().orElse(0));
    }

    /** Labels centred below an axis, from left to right: those that would touch the one before are left out. */
    static final class Axis {

        private double free = Double.NEGATIVE_INFINITY;

        boolean takes(String text, double place) {
            double half = width(text) / 2;
            if (place - half < free) {
                return false;
            }
            free = place + half + GAP;
            return true;
        }
    }
}
