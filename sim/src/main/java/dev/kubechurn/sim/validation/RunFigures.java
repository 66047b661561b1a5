package dev.kubechurn.sim.validation;

import dev.kubechurn.reports.result.Breakdown;
import dev.kubechurn.reports.result.Labels;
import dev.kubechurn.reports.result.RunResult;
import dev.kubechurn.reports.result.ValueMetric;
import dev.kubechurn.sim.run.HeldWatches;
import dev.kubechurn.sim.run.RunPlan;
import java.util.ArrayList;
import java.util.List;

/** The figures of one round. */
record RunFigures(
        ValidationCase each,
        RunResult predicted,
        RunResult sent,
        Moments moments,
        ServerCounts after,
        WatchEvents events,
        RunPlan plan) {

    /** An update between the predicted and the real moment of a first list comes with that list, or as an event. */
    private static final double BETWEEN_LIST_AND_WATCH = 0.02;

    List<Figure> all() {
        List<Figure> all = new ArrayList<>();
        all.add(requests(Figure.LISTS, "list", "LIST"));
        all.add(requests(Figure.WATCHES, "watch", "WATCH"));
        all.add(requests(Figure.GETS, "get", "GET"));
        all.add(new Figure(
                Figure.OPEN,
                held(predicted),
                held(sent),
                0,
                moments.end().openWatches() - moments.begin().openWatches(),
                each.tolerance(),
                each.tolerance(),
                each.why()));
        if (each.longWatches().isEmpty()) {
            all.add(eventsToWatches());
        }
        return all;
    }

    private Figure requests(String name, String verb, String serverVerb) {
        long counted = serverVerb.equals("WATCH")
                ? after.watchesSince(moments.begin(), each.longWatches())
                : after.requests(serverVerb) - moments.begin().requests(serverVerb);
        Labels labels = Labels.of("verb", verb);
        return new Figure(
                name,
                value(predicted, "apiserver.requests", labels),
                value(sent, "apiserver.requests", labels),
                value(sent, "checks.requests", labels),
                counted,
                each.tolerance(),
                each.tolerance(),
                each.why());
    }

    private Figure eventsToWatches() {
        return new Figure(
                Figure.EVENTS,
                value(predicted, "apiserver.events", Labels.NONE) - predictedBookmarks(),
                value(sent, "apiserver.events", Labels.NONE) - value(sent, "client.bookmarks", Labels.NONE),
                value(sent, "checks.events", Labels.NONE),
                events.count(),
                Math.max(each.tolerance(), BETWEEN_LIST_AND_WATCH),
                each.tolerance(),
                each.why().isEmpty()
                        ? "an update between the predicted and the real moment of a first list comes with that list, or as an event"
                        : each.why());
    }

    /** One ends the list that a watch brings; no watch lives until the next. */
    private long predictedBookmarks() {
        return plan.reflectors().watchList() ? value(predicted, "apiserver.requests", Labels.of("verb", "watch")) : 0;
    }

    private static long held(RunResult result) {
        return result.breakdown(HeldWatches.NAME)
                .map(Breakdown::total)
                .map(Math::round)
                .orElse(0L);
    }

    private static long value(RunResult result, String metric, Labels labels) {
        return result.metric(metric, labels)
                .map(found -> Math.round(((ValueMetric) found).value()))
                .orElse(0L);
    }
}
