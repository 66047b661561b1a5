package dev.kubechurn.sim.validation;

import dev.kubechurn.sim.metrics.PrometheusText;
import dev.kubechurn.sim.metrics.PrometheusText.Sample;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What an API server says of ConfigMaps and Secrets under {@code /metrics} at one moment. Requests and watches of one namespace or
 * object are told from those of all namespaces, which controllers make and kubelets do not. Immutable.
 */
record ServerCounts(PrometheusText page) {

    /** Bookmarks are smaller; the objects of every case are larger. */
    private static final String SMALL = "1024";

    /** The largest bound that the server has for how long requests take, in seconds. */
    private static final String LONG = "60";

    private static final List<String> KINDS = List.of("configmaps", "secrets");

    static ServerCounts of(String page) {
        return new ServerCounts(PrometheusText.parse(page));
    }

    /** Requests with a verb that were answered, of one namespace or object; a watch counts when it ends. */
    long requests(String verb) {
        return whole("apiserver_request_total", KINDS, verb);
    }

    /** Watches that ended after more than a minute. */
    long longWatches(Collection<String> resources) {
        return whole("apiserver_request_duration_seconds_count", resources, "WATCH")
                - Math.round(page.sum(
                        "apiserver_request_duration_seconds_bucket",
                        sample -> isOfOne(sample, resources, "WATCH")
                                && sample.label("le").equals(LONG)));
    }

    /**
     * Watches that ended since, but for those of others: where a kubelet's watches live for less than a minute, longer ones are
     * not its own.
     *
     * @param longLived resources of which a kubelet's watches may live longer
     */
    long watchesSince(ServerCounts before, Collection<String> longLived) {
        List<String> shortLived =
                KINDS.stream().filter(kind -> !longLived.contains(kind)).toList();
        return requests("WATCH")
                - before.requests("WATCH")
                - (longWatches(shortLived) - before.longWatches(shortLived));
    }

    /** Watches of one namespace or object that are open. */
    long openWatches() {
        return whole("apiserver_longrunning_requests", KINDS, "WATCH");
    }

    private long whole(String metric, Collection<String> resources, String verb) {
        return Math.round(page.sum(metric, sample -> isOfOne(sample, resources, verb)));
    }

    private static boolean isOfOne(Sample sample, Collection<String> resources, String verb) {
        return sample.label("group").isEmpty()
                && resources.contains(sample.label("resource"))
                && sample.label("verb").equals(verb)
                && !sample.label("scope").equals("cluster");
    }

    /** Objects written, each of which is an event to every watch of it. */
    Map<String, Long> writes() {
        Map<String, Long> writes = new TreeMap<>();
        for (String kind : KINDS) {
            writes.put(
                    kind,
                    Math.round(page.sum(
                            "apiserver_request_total",
                            sample -> sample.label("group").isEmpty()
                                    && sample.label("resource").equals(kind)
                                    && List.of("POST", "PUT", "PATCH").contains(sample.label("verb"))
                                    && sample.label("code").startsWith("2"))));
        }
        return writes;
    }

    /** Events that brought an object to watches, whoever watches: bookmarks are left out by their size. */
    Map<String, Long> events() {
        Map<String, Long> events = new TreeMap<>();
        for (String kind : KINDS) {
            double all = page.sum("apiserver_watch_events_sizes_count", sample -> isOf(sample, kind));
            double small = page.sum(
                    "apiserver_watch_events_sizes_bucket",
                    sample -> isOf(sample, kind) && sample.label("le").equals(SMALL));
            events.put(kind, Math.round(all - small));
        }
        return events;
    }

    /** Bytes of all events, bookmarks among them. */
    Map<String, Double> eventBytes() {
        Map<String, Double> bytes = new TreeMap<>();
        for (String kind : KINDS) {
            bytes.put(kind, page.sum("apiserver_watch_events_sizes_sum", sample -> isOf(sample, kind)));
        }
        return bytes;
    }

    private static boolean isOf(Sample sample, String resource) {
        return sample.label("group").isEmpty() && sample.label("resource").equals(resource);
    }
}
