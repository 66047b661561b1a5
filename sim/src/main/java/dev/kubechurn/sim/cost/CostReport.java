package dev.kubechurn.sim.cost;

import dev.kubechurn.reports.render.Quantity;
import dev.kubechurn.reports.result.Unit;
import dev.kubechurn.reports.text.FittedTable;
import dev.kubechurn.reports.text.Paint;
import dev.kubechurn.reports.text.Paragraph;
import dev.kubechurn.sim.apiserver.virtual.RequestTally.Load;
import dev.kubechurn.sim.cost.ManifestCost.Cost;
import dev.kubechurn.sim.cost.ManifestCost.ObjectRow;
import dev.kubechurn.sim.cost.ManifestCost.Row;
import dev.kubechurn.sim.cost.ManifestCost.Use;
import dev.kubechurn.sim.manifests.WorkloadPods;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** The cost of manifests as text for a terminal, and as CSV. */
public final class CostReport {

    private static final int MOST_EXPENSIVE = 10;
    private static final int TOP_WORKLOADS = 3;
    private static final int TOP_OBJECTS = 2;

    /** What a line of a terminal has left beside the figures. */
    private static final int NAME = 44;

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

    /** Lines for one screen: what costs the most, and what would cost less. */
    public List<String> summary(Paint paint) {
        List<String> lines = new ArrayList<>();
        String head = String.format(Locale.ROOT, "cost on %,d nodes (%s)", cost.nodes(), title);
        lines.addAll(new FittedTable(columns(head, "pods"), topWorkloads()).lines(paint));
        lines.addAll(new FittedTable(columns("most expensive objects", "nodes"), topObjects()).lines(paint));
        briefAdvice().forEach(text -> {
            List<String> wrapped = Paragraph.lines(text, Paragraph.WIDTH - 2, paint);
            wrapped.forEach(line -> lines.add((line.equals(wrapped.get(0)) ? "- " : "  ") + line));
        });
        return lines;
    }

    private static List<FittedTable.Column> columns(String name, String places) {
        return List.of(
                FittedTable.Column.name(name),
                FittedTable.Column.figure(places, 1),
                FittedTable.Column.figure("watches", 0),
                FittedTable.Column.figure("requests", 0),
                FittedTable.Column.figure("events", 2),
                FittedTable.Column.figure("bytes", 0));
    }

    private List<List<String>> topWorkloads() {
        List<List<String>> cells = new ArrayList<>();
        List<Row> sorted = cost.workloads().stream()
                .sorted(Comparator.comparingLong((Row row) -> -row.own().watched()))
                .toList();
        sorted.stream()
                .limit(TOP_WORKLOADS)
                .forEach(row -> cells.add(brief(row.title(), count(row.pods()), row.own())));
        Cost rest = cost.shared().plus(cost.other());
        for (Row row : sorted.subList(Math.min(TOP_WORKLOADS, sorted.size()), sorted.size())) {
            rest = rest.plus(row.own());
        }
        Load shared = rest.load();
        Cost others = new Cost(
                rest.watched(),
                new Load(
                        shared.lists(),
                        shared.gets(),
                        shared.watches(),
                        shared.open(),
                        shared.events() + bookmarks,
                        shared.bytes() + bookmarkBytes));
        int more = sorted.size() - Math.min(TOP_WORKLOADS, sorted.size());
        cells.add(brief(more == 0 ? "shared, bookmarks" : more + " more (--details), shared, bookmarks", "", others));
        cells.add(brief("all", "", all()));
        return cells;
    }

    private List<List<String>> topObjects() {
        return cost.objects().stream()
                .limit(TOP_OBJECTS)
                .map(row -> brief(row.id().toString(), count(row.onNodes()), row.cost()))
                .toList();
    }

    private static List<String> brief(String name, String places, Cost of) {
        Load load = of.load();
        return List.of(
                Paragraph.cutWithin(name, NAME),
                places,
                count(of.watched()),
                count(load.lists() + load.watches() + load.gets()),
                count(load.events()),
                bytes(load.bytes()));
    }

    private Cost all() {
        Load all = cost.total().load();
        return new Cost(
                cost.total().watched(),
                new Load(
                        all.lists(),
                        all.gets(),
                        all.watches(),
                        all.open(),
                        all.events() + bookmarks,
                        all.bytes() + bookmarkBytes));
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
        cells.add(line("all", none, shown(all())));
        return cells;
    }

    private List<List<String>> objectCells() {
        List<List<String>> cells = new ArrayList<>();
        cells.add(line("", List.of("nodes", "used"), LOAD));
        cost.objects().stream()
                .limit(MOST_EXPENSIVE)
                .forEach(row -> cells.add(line(
                        row.id().toString(),
                        List.of(count(row.onNodes()), row.use() == Use.MOUNTED ? "in a volume" : "at the start"),
                        shown(row.cost()))));
        return cells;
    }

    /** The same as the advice, in a line or two each. */
    private List<String> briefAdvice() {
        List<String> lines = new ArrayList<>();
        List<ObjectRow> mounted = mounted();
        if (!mounted.isEmpty()) {
            lines.add(String.format(
                    Locale.ROOT,
                    "%s could be immutable, which saves %,d of %,d watches",
                    brief(mounted),
                    open(mounted),
                    cost.total().load().open()));
        }
        List<ObjectRow> once = once();
        if (!once.isEmpty()) {
            lines.add(String.format(
                    Locale.ROOT,
                    "%s: read only when a container starts, so %,d watches serve nothing",
                    brief(once),
                    watched(once)));
        }
        List<ObjectRow> rootCa = rootCa();
        if (!rootCa.isEmpty()) {
            lines.add(String.format(
                    Locale.ROOT,
                    "%s: %,d watches; pods that never call the API server can do without it"
                            + " (automountServiceAccountToken: false)",
                    WorkloadPods.ROOT_CA,
                    watched(rootCa)));
        }
        return lines;
    }

    private static String brief(List<ObjectRow> rows) {
        String first = Paragraph.cutWithin(rows.get(0).id().toString(), NAME);
        return rows.size() == 1 ? first : first + " and " + (rows.size() - 1) + " more";
    }

    private List<ObjectRow> mounted() {
        return given(row -> row.use() == Use.MOUNTED && row.cost().load().open() > 0);
    }

    private List<ObjectRow> once() {
        return given(row -> row.use() == Use.READ_ONCE && row.cost().watched() > 0);
    }

    private List<ObjectRow> rootCa() {
        return cost.objects().stream()
                .filter(row -> row.id().key().name().equals(WorkloadPods.ROOT_CA)
                        && row.cost().watched() > 0)
                .toList();
    }

    private static long watched(List<ObjectRow> rows) {
        return rows.stream().mapToLong(row -> row.cost().watched()).sum();
    }

    /** What would cost less, and why; only what follows from the manifests and from this run. */
    private List<String> advice() {
        List<String> lines = new ArrayList<>();
        List<ObjectRow> mounted = mounted();
        if (!mounted.isEmpty()) {
            lines.add(String.format(
                    Locale.ROOT,
                    "could be immutable: %s; each node watches a mounted object for as long as a pod runs, so immutable: true"
                            + " saves %,d of %,d watches (only if changes always get a new name)",
                    named(mounted),
                    open(mounted),
                    cost.total().load().open()));
        }
        List<ObjectRow> once = once();
        if (!once.isEmpty()) {
            lines.add(String.format(
                    Locale.ROOT,
                    "need no watch: %s; read only when a container starts: %,d watches until the kubelet stops them as idle,"
                            + " none after the first read if immutable",
                    named(once),
                    watched(once)));
        }
        List<ObjectRow> rootCa = rootCa();
        if (!rootCa.isEmpty()) {
            lines.add(String.format(
                    Locale.ROOT,
                    "%s: %,d watches, one per node and namespace; pods that do not call the API server can opt out"
                            + " (automountServiceAccountToken: false)",
                    WorkloadPods.ROOT_CA,
                    watched(rootCa)));
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
