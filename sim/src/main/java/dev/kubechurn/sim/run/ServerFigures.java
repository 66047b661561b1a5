package dev.kubechurn.sim.run;

import dev.kubechurn.reports.result.Metric;
import dev.kubechurn.reports.result.MetricDescriptor;
import dev.kubechurn.reports.result.Unit;
import dev.kubechurn.reports.result.ValueMetric;
import dev.kubechurn.sim.metrics.PrometheusText;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * What {@code kubechurn serve} tells of itself under {@code /metrics}, from the beginning of the load on. It counts what all of
 * its clients do, this run or not. For one thread.
 */
final class ServerFigures {

    /** Of every metric here: of the one server, so that shards of a run tell the same and nobody adds them. */
    static final String PREFIX = "server.";

    private final KubernetesClient client;
    private Map<String, Double> before = Map.of();

    ServerFigures(KubernetesClient client) {
        this.client = client;
    }

    /** The load begins now. */
    void begin() {
        before = read();
    }

    /** What came since, and how many watches are open. */
    List<Metric> sinceBegin() {
        List<Metric> figures = new ArrayList<>();
        read().forEach((key, value) -> figures.add(metric(key, value)));
        return figures;
    }

    private Metric metric(String key, double now) {
        String[] nameAndVerb = key.split(":", 2);
        Unit unit = nameAndVerb[0].equals("bytes") ? Unit.BYTES : Unit.COUNT;
        MetricDescriptor descriptor =
                MetricDescriptor.of(PREFIX + nameAndVerb[0], unit).lowerIsBetter();
        return new ValueMetric(
                nameAndVerb.length == 1 ? descriptor : descriptor.label("verb", nameAndVerb[1]),
                nameAndVerb[0].equals("watches") ? now : now - before.getOrDefault(key, 0.0));
    }

    private Map<String, Double> read() {
        try {
            return parse(client.raw("/metrics"));
        } catch (KubernetesClientException refusal) {
            throw ClusterFailures.told("get", "/metrics", refusal);
        }
    }

    /** Sums by {@code watches}, {@code events}, {@code bytes} and {@code requests:VERB}. */
    static Map<String, Double> parse(String text) {
        Map<String, Double> sums = new TreeMap<>();
        for (PrometheusText.Sample sample : PrometheusText.parse(text).samples()) {
            String key = key(sample);
            if (!key.isEmpty()) {
                sums.merge(key, sample.value(), Double::sum);
            }
        }
        return sums;
    }

    /** Empty: of no interest here. */
    private static String key(PrometheusText.Sample sample) {
        return switch (sample.name()) {
            case "apiserver_longrunning_requests" -> "watches";
            case "apiserver_watch_events_total" -> "events";
            case "apiserver_watch_events_sizes_sum" -> "bytes";
            case "apiserver_request_total" -> "requests:" + sample.label("verb").toLowerCase(Locale.ROOT);
            default -> "";
        };
    }
}
