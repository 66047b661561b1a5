package dev.kubechurn.sim.run;

import dev.kubechurn.reports.render.Bytes;
import dev.kubechurn.reports.render.Counts;
import dev.kubechurn.reports.render.Durations;
import dev.kubechurn.reports.render.Page;
import dev.kubechurn.reports.render.PercentileChart;
import dev.kubechurn.reports.render.Presentation;
import dev.kubechurn.reports.render.SeriesChart;
import dev.kubechurn.reports.render.Table;
import dev.kubechurn.reports.render.TableLayout;
import dev.kubechurn.reports.result.CheckResult;
import dev.kubechurn.reports.result.HistogramMetric;
import dev.kubechurn.reports.result.HistogramSnapshot;
import dev.kubechurn.reports.result.Labels;
import dev.kubechurn.reports.result.RangeMetric;
import dev.kubechurn.reports.result.RunResult;
import dev.kubechurn.reports.result.Series;
import dev.kubechurn.reports.result.Unit;
import dev.kubechurn.reports.result.ValueMetric;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What a run found, as a page for a browser, made of its result alone. */
public final class RunReport {

    /** The file of a run directory that holds it. */
    public static final String FILE = "report.html";

    private static final List<String> VERBS = List.of("watch", "list", "get");

    private final RunResult result;

    /** As on a terminal. */
    private final Presentation layout;

    private final List<Table.Link> parents;

    private RunReport(RunResult result, List<Table.Link> parents) {
        this.result = result;
        this.parents = parents;
        this.layout = RunTable.of(result, List.of());
    }

    /** The page. */
    public static String html(RunResult result) {
        return new RunReport(result, List.of()).page().html();
    }

    /** The page of a run that is part of something that has a page too. */
    public static String html(RunResult result, Table.Link whole) {
        return new RunReport(result, List.of(whole)).page().html();
    }

    private Page page() {
        Page page = new Page(result.name(), badge(), tone(), facts());
        page.links("Part of", parents);
        if (!result.title().isEmpty()) {
            page.paragraph(result.title());
        }
        page.sentence(RunSentence.of(result));
        page.tiles(tiles());
        charts(page);
        delays(page);
        held(page);
        latencies(page);
        figures(page);
        checks(page);
        repeat(page);
        return page;
    }

    private String badge() {
        if (result.violations() > 0) {
            return "checks: " + Counts.exact(result.violations())
                    + (result.violations() == 1 ? " violation" : " violations");
        }
        return result.partial() ? "partial" : "checks: 0 violations";
    }

    private Page.Tone tone() {
        if (result.violations() > 0) {
            return Page.Tone.BAD;
        }
        return result.partial() ? Page.Tone.WARNING : Page.Tone.GOOD;
    }

    private String facts() {
        List<String> facts = new ArrayList<>();
        parameter("cluster.nodes").ifPresent(nodes -> facts.add(Counts.exact(Long.parseLong(nodes)) + " nodes"));
        facts.add(Counts.exact(value("pods", Labels.NONE)) + " pods");
        parameter("strategy").ifPresent(strategy -> facts.add("strategy " + strategy));
        parameter("transport")
                .ifPresent(transport -> facts.add(
                        switch (transport) {
                            case "virtual" -> "virtual time";
                            case "cluster" -> "a real cluster";
                            default -> "over HTTP";
                        }));
        facts.add(parameter("duration").orElse("?")
                + wall().map(took -> " simulated in " + took).orElse(""));
        parameter("seed").ifPresent(seed -> facts.add("seed " + seed));
        return String.join(" · ", facts);
    }

    private Optional<String> wall() {
        return result.metric(EngineSpeed.WALL, Labels.NONE)
                .map(metric -> Durations.format(((ValueMetric) metric).value()));
    }

    /** What the checks asked on top of the run. */
    private String ofChecks() {
        long more = RunSentence.requests(result, ServerLoad.OF_CHECKS + "requests");
        return more == 0 ? "" : ", checks " + Counts.exact(more) + " more";
    }

    private List<Page.Tile> tiles() {
        List<Page.Tile> tiles = new ArrayList<>();
        tiles.add(new Page.Tile(
                "open watches, peak", Counts.exact(value("apiserver.watches.peak", Labels.NONE)), memory()));
        tiles.add(new Page.Tile(
                "requests",
                Counts.exact(RunSentence.requests(result, "apiserver.requests")),
                "peak " + Counts.exact(value("apiserver.requests.peak", Labels.NONE)) + "/s" + ofChecks()));
        tiles.add(new Page.Tile(
                "events",
                Counts.exact(value("apiserver.events", Labels.NONE)),
                result.metric("apiserver.bytes", Labels.NONE).isEmpty()
                        ? ""
                        : Bytes.format(value("apiserver.bytes", Labels.NONE)) + " sent"));
        tile(tiles, "update → kubelet, p99", "propagation.latency");
        tile(tiles, "update → pod, p99", "visible.latency");
        return tiles;
    }

    private String memory() {
        return result.metric("memory.watches", Labels.NONE)
                .filter(RangeMetric.class::isInstance)
                .map(RangeMetric.class::cast)
                .filter(range -> range.high() > 0)
                .map(range ->
                        "≈ " + Bytes.format(range.low()) + " to " + Bytes.format(range.high()) + " in the API server")
                .orElse("");
    }

    private void tile(List<Page.Tile> tiles, String title, String metric) {
        histogram(metric)
                .ifPresent(values -> tiles.add(
                        new Page.Tile(title, Durations.format(values.p99()), "p50 " + Durations.format(values.p50()))));
    }

    private void charts(Page page) {
        series("apiserver.watches", Labels.NONE).ifPresent(watches -> {
            page.section("Open watches", "over the whole run, warm-up included");
            page.chart(new SeriesChart(
                    "Open watches over time",
                    List.of(new SeriesChart.Line("open watches", watches)),
                    RunSentence.faults(result),
                    List.of()));
        });
        List<SeriesChart.Line> rates = new ArrayList<>();
        for (String verb : VERBS) {
            series("apiserver.requests.rate", Labels.of("verb", verb))
                    .filter(series -> series.points().stream().anyMatch(point -> point.value() > 0))
                    .ifPresent(series -> rates.add(new SeriesChart.Line(verb, series)));
        }
        if (!rates.isEmpty()) {
            page.section(
                    "Requests per second",
                    "by verb; verbs without requests are left out. The strips below show updates of objects and relists"
                            + " by kubelets");
            page.chart(new SeriesChart(
                    "Requests per second by verb over time", rates, RunSentence.faults(result), strips()));
        }
    }

    private List<SeriesChart.Line> strips() {
        List<SeriesChart.Line> strips = new ArrayList<>();
        risen("updates.rate").ifPresent(updates -> strips.add(new SeriesChart.Line("updates", updates)));
        risen("reflector.relists.rate").ifPresent(relists -> strips.add(new SeriesChart.Line("relists", relists)));
        return strips;
    }

    /** A series that is not 0 all the time. */
    private Optional<Series> risen(String name) {
        return series(name, Labels.NONE)
                .filter(series -> series.points().stream().anyMatch(each -> each.value() > 0));
    }

    private void held(Page page) {
        result.breakdown(HeldWatches.NAME).ifPresent(held -> {
            page.section(
                    "Which objects hold the most watches?",
                    "open watches by object when the load ended, objects of one name together; all others: "
                            + Counts.exact(Math.round(held.total()
                                    - held.parts().values().stream()
                                            .mapToDouble(Double::doubleValue)
                                            .sum())));
            page.bars("Open watches by object, the most first", held);
        });
    }

    private void delays(Page page) {
        List<PercentileChart.Line> lines = new ArrayList<>();
        histogram("visible.latency").ifPresent(values -> lines.add(new PercentileChart.Line("update → pod", values)));
        histogram("propagation.latency")
                .ifPresent(values -> lines.add(new PercentileChart.Line("update → kubelet", values)));
        if (!lines.isEmpty()) {
            page.section(
                    "How long do updates take?", "delay by percentile: 99 % of updates take at most the value at 99 %");
            page.chart(new PercentileChart("Delay of updates by percentile", Unit.NANOSECONDS, lines));
        }
        risen("propagation.p99").ifPresent(delay -> {
            page.section(
                    "Delay of updates over time",
                    "update → kubelet: 99 % of the updates that arrive in each second take at most this long");
            page.chart(new SeriesChart(
                    "Delay from update to kubelet over time, p99",
                    List.of(new SeriesChart.Line("p99", delay)),
                    RunSentence.faults(result),
                    List.of()));
        });
    }

    private void latencies(Page page) {
        Table table = new Table(List.of("operation", "p50", "p90", "p95", "p99", "max", "count"));
        for (TableLayout.Row row : layout.table().rows()) {
            histogram(row.metric(), row.labels())
                    .ifPresent(values -> table.row(List.of(
                            Table.Cell.of(row.title().replace("  ", "\u00a0\u00a0")),
                            duration(values.p50()),
                            duration(values.p90()),
                            duration(values.p95()),
                            duration(values.p99()),
                            duration(values.max()),
                            Table.Cell.count(values.count()))));
        }
        if (layout.table().rows().stream()
                .anyMatch(row -> histogram(row.metric(), row.labels()).isPresent())) {
            page.section("Latencies", "");
            page.table(table);
        }
    }

    private static Table.Cell duration(long nanos) {
        return Table.Cell.of(Durations.format(nanos), (double) nanos);
    }

    private void figures(Page page) {
        page.section("Counts", "");
        List<String> lines = new ArrayList<>();
        layout.blocks()
                .forEach(block -> block.stream()
                        .filter(line -> !line.key().startsWith("check"))
                        .forEach(line -> lines.add((line.key().isBlank() ? "" : line.key() + ": ") + line.text())));
        page.list(lines);
    }

    private void checks(Page page) {
        if (result.checks().isEmpty()) {
            return;
        }
        page.section("Checks", "what every kubelet must guarantee, verified during the run");
        Table table = new Table(List.of("check", "outcome", "violations"));
        List<String> messages = new ArrayList<>();
        for (CheckResult check : result.checks()) {
            table.row(List.of(
                    Table.Cell.of(check.name()),
                    Table.Cell.of(
                            check.outcome().name().toLowerCase(Locale.ROOT).replace('_', ' ')),
                    Table.Cell.count(check.violations())));
            messages.addAll(check.messages());
        }
        page.table(table);
        if (!messages.isEmpty()) {
            page.list(messages);
        }
    }

    private void repeat(Page page) {
        page.section("Reproduce this run", "scenario.yaml in the directory of the run holds every setting");
        String digest = result.digest();
        page.command("./kubechurn run DIRECTORY/scenario.yaml"
                + (digest == null ? "" : "   # digest " + digest.substring(0, 12) + "…, the same on every machine"));
        Table table = new Table(List.of("environment", "value"));
        result.environment().forEach((name, value) -> {
            if (!name.equals("jvmArguments")) {
                table.words(List.of(name, value));
            }
        });
        page.table(table);
    }

    private Optional<String> parameter(String name) {
        return Optional.ofNullable(result.parameters().get(name));
    }

    private long value(String metric, Labels labels) {
        return result.metric(metric, labels)
                .filter(ValueMetric.class::isInstance)
                .map(found -> Math.round(((ValueMetric) found).value()))
                .orElse(0L);
    }

    private Optional<HistogramSnapshot> histogram(String metric) {
        return histogram(metric, Labels.NONE);
    }

    private Optional<HistogramSnapshot> histogram(String metric, Labels labels) {
        return result.metric(metric, labels)
                .filter(HistogramMetric.class::isInstance)
                .map(found -> ((HistogramMetric) found).histogram())
                .filter(values -> !values.isEmpty());
    }

    private Optional<Series> series(String name, Labels labels) {
        return result.series().stream()
                .filter(each -> each.name().equals(name) && each.labels().equals(labels))
                .filter(each -> !each.points().isEmpty())
                .findFirst();
    }
}
