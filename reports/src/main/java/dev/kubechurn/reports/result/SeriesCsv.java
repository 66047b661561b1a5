package dev.kubechurn.reports.result;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The series of a result as CSV after RFC 4180: the first column is the time in seconds since the start, then one
 * column for each series; where a series has no point at a time, its field is empty.
 */
final class SeriesCsv {

    private SeriesCsv() {}

    static String write(RunResult result) {
        List<Series> series = result.series();
        List<String> header = new ArrayList<>(List.of("time (s)"));
        series.forEach(one -> header.add(one.id() + " (" + one.unit() + ")"));
        StringBuilder csv = new StringBuilder(CsvText.line(header));
        rows(series).forEach((offsetNanos, fields) -> {
            List<String> line = new ArrayList<>(List.of(CsvText.plain(BigDecimal.valueOf(offsetNanos, 9))));
            line.addAll(List.of(fields));
            csv.append(CsvText.line(line));
        });
        return csv.toString();
    }

    private static SortedMap<Long, String[]> rows(List<Series> series) {
        SortedMap<Long, String[]> rows = new TreeMap<>();
        for (int column = 0; column < series.size(); column++) {
            for (Series.Point point : series.get(column).points()) {
                String[] row = rows.computeIfAbsent(point.offsetNanos(), offset -> emptyRow(series.size()));
                row[column] = CsvText.number(point.value());
            }
        }
        return rows;
    }

    private static String[] emptyRow(int columns) {
        String[] row = new String[columns];
        Arrays.fill(row, "");
        return row;
    }
}
