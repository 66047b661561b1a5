package dev.kubechurn.sim.apiserver.http;

import dev.kubechurn.sim.apiserver.Resource;
import dev.kubechurn.sim.apiserver.Verb;
import io.prometheus.metrics.core.datapoints.CounterDataPoint;
import io.prometheus.metrics.core.datapoints.DistributionDataPoint;
import io.prometheus.metrics.core.datapoints.GaugeDataPoint;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Gauge;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What a server does, under the names that a kube-apiserver has for it. Safe from any thread. */
final class ServerMetrics {

    /** Of {@link #text}. */
    static final String CONTENT_TYPE = PrometheusTextFormatWriter.CONTENT_TYPE;

    private static final double[] SECONDS = {
        0.005, 0.025, 0.05, 0.1, 0.2, 0.4, 0.6, 0.8, 1, 1.25, 1.5, 2, 3, 4, 5, 6, 8, 10, 15, 20, 30, 45, 60
    };
    private static final double[] BYTES = {1024, 2048, 4096, 8192, 16384, 32768, 65536, 131072};

    private final PrometheusRegistry registry = new PrometheusRegistry();
    private final Counter requests = Counter.builder()
            .name("apiserver_request_total")
            .help("Requests by verb, resource and HTTP status.")
            .labelNames("code", "group", "resource", "scope", "verb", "version")
            .register(registry);
    private final Histogram durations = Histogram.builder()
            .name("apiserver_request_duration_seconds")
            .help("Time from the last byte of a request to its response; for a watch, until it ends.")
            .labelNames("group", "resource", "scope", "verb", "version")
            .classicOnly()
            .classicUpperBounds(SECONDS)
            .register(registry);
    private final Gauge longRunning = Gauge.builder()
            .name("apiserver_longrunning_requests")
            .help("Open watches.")
            .labelNames("group", "resource", "scope", "verb", "version")
            .register(registry);
    private final Map<Resource, CounterDataPoint> events = new EnumMap<>(Resource.class);
    private final Map<Resource, DistributionDataPoint> sizes = new EnumMap<>(Resource.class);

    ServerMetrics() {
        Counter total = Counter.builder()
                .name("apiserver_watch_events_total")
                .help("Events sent to watches.")
                .labelNames("group", "resource", "version")
                .register(registry);
        Histogram bytes = Histogram.builder()
                .name("apiserver_watch_events_sizes")
                .help("Bytes of the events sent to watches.")
                .labelNames("group", "resource", "version")
                .classicOnly()
                .classicUpperBounds(BYTES)
                .register(registry);
        for (Resource resource : Resource.values()) {
            events.put(resource, total.labelValues("", resource.plural(), "v1"));
            sizes.put(resource, bytes.labelValues("", resource.plural(), "v1"));
        }
    }

    /**
     * A request was answered, or a watch was opened.
     *
     * @param place what it was about; null: discovery and what is like it
     */
    void answered(Verb verb, @Nullable ObjectPath place, int code) {
        requests.labelValues(
                        Integer.toString(code), "", resource(place), scope(place), verb(verb, place), version(place))
                .inc();
    }

    /** It took so long, from its last byte to the last of its answer. */
    void took(Verb verb, @Nullable ObjectPath place, double seconds) {
        durations
                .labelValues("", resource(place), scope(place), verb(verb, place), version(place))
                .observe(seconds);
    }

    void watchOpened(ObjectPath place) {
        watches(place).inc();
    }

    void watchEnded(ObjectPath place) {
        watches(place).dec();
    }

    private GaugeDataPoint watches(ObjectPath place) {
        return longRunning.labelValues("", resource(place), scope(place), verb(Verb.WATCH, place), version(place));
    }

    void eventSent(Resource resource, int bytes) {
        Objects.requireNonNull(events.get(resource)).inc();
        Objects.requireNonNull(sizes.get(resource)).observe(bytes);
    }

    private static String verb(Verb verb, @Nullable ObjectPath place) {
        return switch (verb) {
            case CREATE -> "POST";
            case UPDATE -> "PUT";
            case DELETE -> place != null && place.isCollection() ? "DELETECOLLECTION" : "DELETE";
            case OTHER -> place == null ? "GET" : "other";
            default -> verb.name();
        };
    }

    private static String resource(@Nullable ObjectPath place) {
        return place == null ? "" : place.resource().plural();
    }

    private static String version(@Nullable ObjectPath place) {
        return place == null ? "" : "v1";
    }

    private static String scope(@Nullable ObjectPath place) {
        if (place == null) {
            return "";
        }
        if (!place.isCollection()) {
            return "resource";
        }
        return place.namespace().isEmpty() ? "cluster" : "namespace";
    }

    /** All of it, as Prometheus reads it. */
    byte[] text() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            PrometheusTextFormatWriter.create().write(out, registry.scrape());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }
}
