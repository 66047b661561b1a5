package dev.kubechurn.sim.run;

import static dev.kubechurn.sim.scenario.Durations.parse;

import dev.kubechurn.reports.render.Bytes;
import dev.kubechurn.reports.render.Counts;
import dev.kubechurn.reports.render.Durations;
import dev.kubechurn.reports.render.Page;
import dev.kubechurn.reports.render.PercentileChart;
import dev.kubechurn.reports.render.Presentation;
import dev.kubechurn.reports.render.SeriesChart;
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
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a run found, as a page for a browser, made of its result alone. */
public final class RunReport {

    /** The file of a run directory that holds it. */
    public static final String FILE = "report.html";

    private static final Pattern FAULT = Pattern.compile("\\{at: ([0-9.hms]+), (\\w+)");
    private static final double NANOS = 1e9;
    private static final List<String> VERBS = List.of("watch", "list", "get");

    private final RunResult result;

    /** As on a terminal. */
    private final Presentation layout;

    private RunReport(RunResult result) {
        this.result = result;
        this.layout = RunTable.of(result, List.of());
    }

    /** The page. */
    public static String html(RunResult result) {
        return new RunReport(result).page().html();
    }

    /** What the run found, in a few sentences; what matters stands between pairs of asterisks. */
    static String sentence(RunResult result) {
        return new RunReport(result).sentence();
    }

    private Page page() {
        Page page = new Page(result.name(), badge(), tone(), facts());
        if (!result.title().isEmpty()) {
            page.paragraph(result.title());
        }
        page.sentence(sentence());
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
            return "checks: " + Counts.exact(result.violations()) + " violated";
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

    private String sentence() {
        StringBuilder text = new StringBuilder();
        long watches = value("apiserver.watches.peak", Labels.NONE);
        if (watches > 0) {
            text.append("ConfigMaps and Secrets held **")
                    .append(Counts.exact(watches))
                    .append(" watches** open at the peak.");
        } else {
            text.append("ConfigMaps and Secrets held no watch.");
        }
        text.append(" The kubelets sent **")
                .append(Counts.exact(requests("apiserver.requests")))
                .append(" requests**, at most **")
                .append(Counts.exact(value("apiserver.requests.peak", Labels.NONE)))
                .append(" in a second**.");
        histogram("visible.latency")
                .ifPresent(visible -> text.append(" Half of the updates were visible in their pods within ")
                        .append(Durations.format(visible.p50()))
                        .append(", 99 % within **")
                        .append(Durations.format(visible.p99()))
                        .append("**."));
        recovery().ifPresent(text::append);
        long mounts = value("mount.failed", Labels.NONE);
        if (mounts > 0) {
            text.append(" **").append(Counts.exact(mounts)).append(" mounts** failed and were tried again.");
        }
        if (result.violations() > 0) {
            text.append(" **The run broke a promise of the kubelet**: see Checks.");
        }
        return text.toString();
    }

    /** Of the fault that the watches took longest to come back from. */
    private Optional<String> recovery() {
        Optional<Series> watches = series("apiserver.watches", Labels.NONE);
        List<SeriesChart.Mark> marks = marks();
        if (watches.isEmpty() || marks.isEmpty()) {
            return Optional.empty();
        }
        String worst = null;
        long longest = -1;
        for (int i = 0; i < marks.size(); i++) {
            long at = nanos(marks.get(i));
            long until = i + 1 < marks.size() ? nanos(marks.get(i + 1)) : Long.MAX_VALUE;
            Optional<Recovery> recovery = Recovery.after(watches.get(), at, until);
            long took = recovery.map(found -> found.nanos() < 0 ? Long.MAX_VALUE : found.nanos())
                    .orElse(-1L);
            if (took > longest) {
                longest = took;
                worst = told(marks.get(i), recovery.orElseThrow());
            }
        }
        return Optional.ofNullable(worst);
    }

    private static long nanos(SeriesChart.Mark mark) {
        return Math.round(mark.seconds() * NANOS);
    }

    private static String told(SeriesChart.Mark mark, Recovery recovery) {
        String when = " After " + mark.name() + " at " + Durations.format(mark.seconds() * NANOS) + " "
                + Counts.exact(recovery.lowest()) + " of " + Counts.exact(recovery.before())
                + " watches were left; they ";
        return recovery.nanos() < 0
                ? when + "**did not come back** before the next event or the end."
                : when + "were whole again after **" + Durations.format(recovery.nanos()) + "**.";
    }

    private long requests(String metric) {
        return VERBS.stream()
                .mapToLong(verb -> value(metric, Labels.of("verb", verb)))
                .sum();
    }

    /** What the checks asked on top of the run. */
    private String ofChecks() {
        long more = requests(ServerLoad.OF_CHECKS + "requests");
        return more == 0 ? "" : ", checks " + Counts.exact(more) + " more";
    }

    private List<Page.Tile> tiles() {
        List<Page.Tile> tiles = new ArrayList<>();
        tiles.add(new Page.Tile(
                "open watches, peak", Counts.exact(value("apiserver.watches.peak", Labels.NONE)), memory()));
        tiles.add(new Page.Tile(
                "requests",
                Counts.exact(requests("apiserver.requests")),
                "peak " + Counts.exact(value("apiserver.requests.peak", Labels.NONE)) + "/s" + ofChecks()));
        tiles.add(new Page.Tile(
                "watch events",
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
            page.section("Open watches", "over the time of the run, warm-up included");
            page.chart(new SeriesChart(
                    "Open watches over time",
                    List.of(new SeriesChart.Line("open watches", watches)),
                    marks(),
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
                    "Requests per second at the API server",
                    "by verb; a verb that was never sent is left out. Below: when objects were updated, and when kubelets"
                            + " listed anew");
            page.chart(new SeriesChart("Requests per second by verb over time", rates, marks(), strips()));
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
                    "What costs the most?",
                    "watches held open by object when the load ended; those of one name together, all others: "
                            + Counts.exact(Math.round(held.total()
                                    - held.parts().values().stream()
                                            .mapToDouble(Double::doubleValue)
                                            .sum())));
            page.bars("Watches by object, the largest", held);
        });
    }

    /** When faults struck first. */
    private List<SeriesChart.Mark> marks() {
        List<SeriesChart.Mark> marks = new ArrayList<>();
        Matcher fault = FAULT.matcher(parameter("faults").orElse(""));
        while (fault.find()) {
            marks.add(new SeriesChart.Mark(parse(fault.group(1)).toNanos() / NANOS, fault.group(2)));
        }
        return marks;
    }

    private void delays(Page page) {
        List<PercentileChart.Line> lines = new ArrayList<>();
        histogram("visible.latency").ifPresent(values -> lines.add(new PercentileChart.Line("in the pod", values)));
        histogram("propagation.latency").ifPresent(values -> lines.add(new PercentileChart.Line("kubelet", values)));
        if (!lines.isEmpty()) {
            page.section("How late is an update?", "delay against the share of updates that were no later");
            page.chart(new PercentileChart("Delay of updates by percentile", Unit.NANOSECONDS, lines));
        }
        risen("propagation.p99").ifPresent(delay -> {
            page.section(
                    "Delay until the kubelet over time",
                    "of the updates that arrived in a second all but the last percent");
            page.chart(new SeriesChart(
                    "Delay of updates until the kubelet over time",
                    List.of(new SeriesChart.Line("p99", delay)),
                    marks(),
                    List.of()));
        });
    }

    private void latencies(Page page) {
        List<List<String>> lines = new ArrayList<>();
        for (TableLayout.Row row : layout.table().rows()) {
            histogram(row.metric(), row.labels())
                    .ifPresent(values -> lines.add(List.of(
                            row.title().replace("  ", "\u00a0\u00a0"),
                            Durations.format(values.p50()),
                            Durations.format(values.p90()),
                            Durations.format(values.p95()),
                            Durations.format(values.p99()),
                            Durations.format(values.max()),
                            Counts.exact(values.count()))));
        }
        if (!lines.isEmpty()) {
            page.section("Latencies", "");
            page.table(List.of("what", "p50", "p90", "p95", "p99", "max", "count"), lines);
        }
    }

    private void figures(Page page) {
        page.section("Figures", "");
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
        page.section("Checks", "what a kubelet promises, looked at during the run");
        List<List<String>> lines = new ArrayList<>();
        List<String> messages = new ArrayList<>();
        for (CheckResult check : result.checks()) {
            lines.add(List.of(
                    check.name(),
                    check.outcome().name().toLowerCase(Locale.ROOT).replace('_', ' '),
                    Counts.exact(check.violations())));
            messages.addAll(check.messages());
        }
        page.table(List.of("check", "outcome", "violations"), lines);
        if (!messages.isEmpty()) {
            page.list(messages);
        }
    }

    private void repeat(Page page) {
        page.section("Repeat this run", "its directory holds the effective scenario");
        String digest = result.digest();
        page.command("./kubechurn run DIRECTORY/scenario.yaml"
                + (digest == null ? "" : "   # digest " + digest.substring(0, 12) + "…, the same on any machine"));
        List<List<String>> facts = new ArrayList<>();
        result.environment().forEach((name, value) -> {
            if (!name.equals("jvmArguments")) {
                facts.add(List.of(name, value));
            }
        });
        page.table(List.of("measured on", ""), facts);
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
