package dev.kubechurn.sim.run;

import static dev.kubechurn.sim.scenario.Durations.parse;

import dev.kubechurn.reports.render.Counts;
import dev.kubechurn.reports.render.Durations;
import dev.kubechurn.reports.render.SeriesChart;
import dev.kubechurn.reports.result.HistogramMetric;
import dev.kubechurn.reports.result.HistogramSnapshot;
import dev.kubechurn.reports.result.Labels;
import dev.kubechurn.reports.result.RunResult;
import dev.kubechurn.reports.result.Series;
import dev.kubechurn.reports.result.ValueMetric;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a run found, in a few sentences; what matters stands between pairs of asterisks. */
final class RunSentence {

    private static final Pattern FAULT = Pattern.compile("\\{at: ([0-9.hms]+), (\\w+)");
    private static final double NANOS = 1e9;
    private static final List<String> VERBS = List.of("watch", "list", "get");

    private final RunResult result;

    private RunSentence(RunResult result) {
        this.result = result;
    }

    /** The sentences. */
    static String of(RunResult result) {
        return new RunSentence(result).text();
    }

    /** The first time of each fault, with its name. */
    static List<SeriesChart.Mark> faults(RunResult result) {
        List<SeriesChart.Mark> marks = new ArrayList<>();
        Matcher fault = FAULT.matcher(result.parameters().getOrDefault("faults", ""));
        while (fault.find()) {
            marks.add(new SeriesChart.Mark(parse(fault.group(1)).toNanos() / NANOS, fault.group(2)));
        }
        return marks;
    }

    /** The sum of a metric over the verbs. */
    static long requests(RunResult result, String metric) {
        return VERBS.stream()
                .mapToLong(verb -> value(result, metric, Labels.of("verb", verb)))
                .sum();
    }

    private String text() {
        StringBuilder text = new StringBuilder();
        long watches = value(result, "apiserver.watches.peak", Labels.NONE);
        text.append("ConfigMaps and Secrets hold ")
                .append(
                        watches > 0
                                ? "**" + Counts.exact(watches) + " open watches** at the peak."
                                : "no open watches.");
        text.append(" Kubelets send **")
                .append(Counts.exact(requests(result, "apiserver.requests")))
                .append(" requests**, at most **")
                .append(Counts.exact(value(result, "apiserver.requests.peak", Labels.NONE)))
                .append(" in one second**.");
        visible()
                .ifPresent(visible -> text.append(" Half of the updates reach their pods within ")
                        .append(Durations.format(visible.p50()))
                        .append(", 99\u00a0% within **")
                        .append(Durations.format(visible.p99()))
                        .append("**."));
        recovery().ifPresent(text::append);
        long mounts = value(result, "mount.failed", Labels.NONE);
        if (mounts > 0) {
            text.append(" **")
                    .append(Counts.exact(mounts))
                    .append(mounts == 1 ? " mount** fails and is retried." : " mounts** fail and are retried.");
        }
        if (result.violations() > 0) {
            text.append(" **The run breaks a guarantee of the kubelet**: see Checks.");
        }
        return text.toString();
    }

    private Optional<HistogramSnapshot> visible() {
        return result.metric("visible.latency", Labels.NONE)
                .filter(HistogramMetric.class::isInstance)
                .map(found -> ((HistogramMetric) found).histogram())
                .filter(values -> !values.isEmpty());
    }

    /** Of the fault that the watches took longest to come back from. */
    private Optional<String> recovery() {
        Optional<Series> watches = result.series().stream()
                .filter(each ->
                        each.name().equals("apiserver.watches") && each.labels().equals(Labels.NONE))
                .filter(each -> !each.points().isEmpty())
                .findFirst();
        List<SeriesChart.Mark> marks = faults(result);
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
                worst = described(marks.get(i), recovery.orElseThrow());
            }
        }
        return Optional.ofNullable(worst);
    }

    private static long nanos(SeriesChart.Mark mark) {
        return Math.round(mark.seconds() * NANOS);
    }

    private static String described(SeriesChart.Mark mark, Recovery recovery) {
        String when = " After " + mark.name() + " at " + Durations.format(mark.seconds() * NANOS)
                + ", open watches fall from " + Counts.exact(recovery.before()) + " to "
                + Counts.exact(recovery.lowest());
        return recovery.nanos() < 0
                ? when + " and **do not recover** before the next fault or the end of the run."
                : when + " and recover within **" + Durations.format(recovery.nanos()) + "**.";
    }

    private static long value(RunResult result, String metric, Labels labels) {
        return result.metric(metric, labels)
                .filter(ValueMetric.class::isInstance)
                .map(found -> Math.round(((ValueMetric) found).value()))
                .orElse(0L);
    }
}
