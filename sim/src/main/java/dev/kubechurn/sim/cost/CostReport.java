package dev.kubechurn.sim.cost;

import dev.kubechurn.reports.render.Quantity;
import dev.kubechurn.reports.result.Unit;
import dev.kubechurn.sim.apiserver.virtual.RequestTally.Load;
import dev.kubechurn.sim.cost.ManifestCost.Cost;
import dev.kubechurn.sim.cost.ManifestCost.ObjectRow;
import dev.kubechurn.sim.cost.ManifestCost.Row;
import dev.kubechurn.sim.cost.ManifestCost.Use;
import dev.kubechurn.sim.manifests.WorkloadPods;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** The cost of manifests as text for a terminal, and as CSV. */
public final class CostReport {

    private static final int DEAREST = 10;
    private static final String LINE_END = "\r\n";

    private static final List<String> LOAD =
            List.of("watches", "at the end", "lists", "watch requests", "gets", "events", "bytes");

    private final ManifestCost cost;
    private final String title;
    private final long bookmarks;
    private final long bookmarkBytes;

    /**
     * @param title how long and how the run was, for people: {@code 1h, Watch}
     * @param events that the server sent in all, bookmarks among them
     * @param bytes that the server sent in all
     */
    public CostReport(ManifestCost cost, String title, long events, long bytes) {
        this.cost = cost;
        this.title = title;
        this.bookmarks = events - cost.total().load().events();
        this.bookmarkBytes = bytes - cost.total().load().bytes();
    }

    /** Lines for a terminal. */
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add(String.format(Locale.ROOT, "cost on %,d nodes (%s), by workload", cost.nodes(), title));
        lines.addAll(table(workloadCells()));
        lines.add("");
        lines.add("most expensive objects");
        lines.addAll(table(objectCells()));
        lines.add("");
        lines.addAll(advice());
        return lines;
    }

    private List<List<String>> workloadCells() {
        List<List<String>> cells = new ArrayList<>();
        cells.add(line("", List.of("pods", "nodes", "objects", "shared"), LOAD));
        for (Row row : cost.workloads()) {
            cells.add(line(
                    row.title(),
                    List.of(count(row.pods()), count(row.onNodes()), count(row.objects()), count(row.sharedPlaces())),
                    shown(row.own())));
        }
        List<String> none = List.of("", "", "", "");
        cells.add(line("shared on one node", none, shown(cost.shared())));
        if (cost.other().load().bytes() > 0) {
            cells.add(line("of deleted pods", none, shown(cost.other())));
        }
        List<String> bookmark = List.of("", "", "", "", "", count(bookmarks), bytes(bookmarkBytes));
        cells.add(line("bookmarks, one per minute and watch", none, bookmark));
        Load all = cost.total().load();
        Load sent = new Load(
                all.lists(),
                all.gets(),
                all.watches(),
                all.open(),
                all.events() + bookmarks,
                all.bytes() + bookmarkBytes);
        cells.add(line("all", none, shown(new Cost(cost.total().watched(), sent))));
        return cells;
    }

    private List<List<String>> objectCells() {
        List<List<String>> cells = new ArrayList<>();
        cells.add(line("", List.of("nodes", "used"), LOAD));
        cost.objects().stream()
                .limit(DEAREST)
                .forEach(row -> cells.add(line(
                        row.id().toString(),
                        List.of(count(row.onNodes()), row.use() == Use.MOUNTED ? "in a volume" : "at the start"),
                        shown(row.cost()))));
        return cells;
    }

    /** What would cost less, and why; only what follows from the manifests and from this run. */
    private List<String> advice() {
        List<String> lines = new ArrayList<>();
        List<ObjectRow> mounted =
                given(row -> row.use() == Use.MOUNTED && row.cost().load().open() > 0);
        if (!mounted.isEmpty()) {
            lines.add(String.format(
                    Locale.ROOT,
                    "could be immutable: %s; each node watches a mounted object for as long as a pod runs, so immutable: true"
                            + " saves %,d of %,d watches (only if changes always get a new name)",
                    named(mounted),
                    open(mounted),
                    cost.total().load().open()));
        }
        List<ObjectRow> once =
                given(row -> row.use() == Use.READ_ONCE && row.cost().watched() > 0);
        if (!once.isEmpty()) {
            lines.add(String.format(
                    Locale.ROOT,
                    "need no watch: %s; read only when a container starts: %,d watches until the kubelet stops them as idle,"
                            + " none after the first read if immutable",
                    named(once),
                    once.stream().mapToLong(row -> row.cost().watched()).sum()));
        }
        List<ObjectRow> rootCa = cost.objects().stream()
                .filter(row -> row.id().key().name().equals(WorkloadPods.ROOT_CA)
                        && row.cost().watched() > 0)
                .toList();
        if (!rootCa.isEmpty()) {
            lines.add(String.format(
                    Locale.ROOT,
                    "%s: %,d watches, one per node and namespace; pods that do not call the API server can opt out"
                            + " (automountServiceAccountToken: false)",
                    WorkloadPods.ROOT_CA,
                    rootCa.stream().mapToLong(row -> row.cost().watched()).sum()));
        }
        return lines;
    }

    private List<ObjectRow> given(Predicate<ObjectRow> which) {
        return cost.objects().stream()
                .filter(row -> row.given() && !row.immutable())
                .filter(which)
                .toList();
    }

    private static long open(List<ObjectRow> rows) {
        return rows.stream().mapToLong(row -> row.cost().load().open()).sum();
    }

    private static String named(List<ObjectRow> rows) {
        String first = rows.stream().limit(3).map(row -> row.id().toString()).collect(Collectors.joining(", "));
        return rows.size() <= 3 ? first : first + " and " + (rows.size() - 3) + " more";
    }

    private static List<String> shown(Cost of) {
        Load load = of.load();
        return List.of(
                count(of.watched()),
                count(load.open()),
                count(load.lists()),
                count(load.watches()),
                count(load.gets()),
                count(load.events()),
                bytes(load.bytes()));
    }

    private static List<String> line(String title, List<String> first, List<String> then) {
        List<String> line = new ArrayList<>(List.of(title));
        line.addAll(first);
        line.addAll(then);
        return line;
    }

    private static String count(long value) {
        return Quantity.format(value, Unit.COUNT);
    }

    private static String bytes(long value) {
        return Quantity.format(value, Unit.BYTES);
    }

    private static List<String> table(List<List<String>> cells) {
        int[] widths = new int[cells.get(0).size()];
        cells.forEach(line ->
                Arrays.setAll(widths, i -> Math.max(widths[i], line.get(i).length())));
        List<String> lines = new ArrayList<>();
        for (List<String> line : cells) {
            StringBuilder text = new StringBuilder("  ").append(line.get(0));
            text.append(" ".repeat(widths[0] - line.get(0).length()));
            for (int i = 1; i < widths.length; i++) {
                text.append("   ")
                        .append(" ".repeat(widths[i] - line.get(i).length()))
                        .append(line.get(i));
            }
            lines.add(text.toString());
        }
        return lines;
    }

    /** A line for each workload and for each object, the same figures as plain numbers (RFC 4180). */
    public String csv() {
        StringBuilder csv = new StringBuilder(
                "sort,name,pods,nodes,objects,shared,use,immutable,watched,open,lists,watchRequests,gets,events,bytes");
        csv.append(LINE_END);
        for (Row row : cost.workloads()) {
            append(
                    csv,
                    "workload",
                    row.title(),
                    row.pods(),
                    row.onNodes(),
                    row.objects(),
                    row.sharedPlaces(),
                    "",
                    "",
                    row.own());
        }
        append(csv, "shared", "", "", "", "", "", "", "", cost.shared());
        append(csv, "other", "", "", "", "", "", "", "", cost.other());
        append(
                csv,
                "bookmarks",
                "",
                "",
                "",
                "",
                "",
                "",
                "",
                new Cost(0, new Load(0, 0, 0, 0, bookmarks, bookmarkBytes)));
        for (ObjectRow row : cost.objects()) {
            String use = row.use() == Use.MOUNTED ? "mounted" : "readOnce";
            append(csv, "object", row.id(), "", row.onNodes(), "", "", use, row.immutable(), row.cost());
        }
        return csv.toString();
    }

    private static void append(StringBuilder csv, Object... fields) {
        for (Object field : fields) {
            if (field instanceof Cost of) {
                Load load = of.load();
                csv.append(of.watched());
                for (long figure :
                        new long[] {load.open(), load.lists(), load.watches(), load.gets(), load.events(), load.bytes()
                        }) {
                    csv.append(',').append(figure);
                }
            } else {
                csv.append(field).append(','); // kinds, names and numbers: nothing that needs quotes
            }
        }
        csv.append(LINE_END);
    }
}
