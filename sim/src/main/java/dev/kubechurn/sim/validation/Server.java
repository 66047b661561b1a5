package dev.kubechurn.sim.validation;

import dev.kubechurn.sim.run.ClusterNamespaces;
import dev.kubechurn.sim.run.EnvironmentException;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A real API server as its own witness. For one thread. */
final class Server {

    /** Between two looks at a page of another process, which tells nobody when it changes. */
    private static final long PAUSE_MILLIS = 100;

    /** A minute and a half: namespaces take their time. */
    private static final int MOST_LOOKS = 900;

    private static final int WRITES = 10;
    private static final String CALIBRATION = "calibration";

    private final KubernetesClient client;

    /** @param client stays its owner's */
    Server(KubernetesClient client) {
        this.client = client;
    }

    KubernetesClient client() {
        return client;
    }

    String version() {
        return client.getKubernetesVersion().getGitVersion();
    }

    ServerCounts counts() {
        try {
            return ServerCounts.of(client.raw("/metrics"));
        } catch (KubernetesClientException refusal) {
            throw new EnvironmentException(
                    "the API server did not show /metrics (" + refusal.getMessage()
                            + "): log in as one who may get it, such as cluster-admin",
                    refusal);
        }
    }

    /** Creates an object, unless the cluster has one of that name, such as {@code kube-root-ca.crt}. */
    HasMetadata create(HasMetadata object) {
        HasMetadata there = client.resource(object).get();
        return there == null ? client.resource(object).create() : there;
    }

    /** Writes an object once more, with an annotation that it did not have: a controller would put back those that it set. */
    void update(HasMetadata object) {
        Map<String, String> annotations = new TreeMap<>();
        if (object.getMetadata().getAnnotations() != null) {
            annotations.putAll(object.getMetadata().getAnnotations());
        }
        annotations.put("kubechurn.dev/update", "1");
        object.getMetadata().setAnnotations(annotations);
        client.resource(object).update();
    }

    /** The counts, once all that was sent so far is in them and the given holds. */
    ServerCounts settled(Predicate<ServerCounts> condition, String what) throws InterruptedException {
        ServerCounts last = counts();
        for (int i = 0; i < MOST_LOOKS; i++) {
            TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
            ServerCounts now = counts();
            if (condition.test(now)
                    && now.events().equals(last.events())
                    && now.writes().equals(last.writes())) {
                return now;
            }
            last = now;
        }
        throw new EnvironmentException(
                "the API server did not come to rest within " + MOST_LOOKS * PAUSE_MILLIS / 1000 + " s: " + what);
    }

    /** Waits until no namespace of any run is left, whose end would be counted with the next. */
    void awaitNoNamespaces() throws InterruptedException {
        List<String> runs = runs();
        for (int i = 0; i < MOST_LOOKS && !runs.isEmpty(); i++) {
            TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
            runs = runs();
        }
        if (!runs.isEmpty()) {
            throw new EnvironmentException(
                    "namespaces of other runs are still there, labelled " + ClusterNamespaces.LABEL
                            + "=" + String.join(", ", runs) + ": wait for their end, or say kubechurn cleanup --run "
                            + runs.get(0));
        }
    }

    private List<String> runs() {
        return client.namespaces().withLabel(ClusterNamespaces.LABEL).list().getItems().stream()
                .map(namespace -> namespace.getMetadata().getLabels().get(ClusterNamespaces.LABEL))
                .distinct()
                .toList();
    }

    /**
     * What others see of each write: controllers watch all namespaces.
     *
     * @param events for each write, by resource
     * @param bytes for each write, by resource
     */
    record Others(Map<String, Double> events, Map<String, Double> bytes) {

        long eventsOf(Map<String, Long> writes) {
            return Math.round(writes.entrySet().stream()
                    .mapToDouble(each -> each.getValue() * events.getOrDefault(each.getKey(), 0.0))
                    .sum());
        }

        double bytesOf(Map<String, Long> writes) {
            return writes.entrySet().stream()
                    .mapToDouble(each -> each.getValue() * bytes.getOrDefault(each.getKey(), 0.0))
                    .sum();
        }
    }

    /** Writes a few objects that no kubelet watches, and counts the events. */
    Others others(String runId, int bytes) throws InterruptedException {
        ClusterNamespaces namespaces = new ClusterNamespaces(client, runId);
        namespaces.create(CALIBRATION);
        try {
            return calibrated(namespaces.nameOf(CALIBRATION), bytes);
        } finally {
            namespaces.delete();
        }
    }

    private Others calibrated(String namespace, int bytes) throws InterruptedException {
        Map<String, Double> events = new TreeMap<>();
        Map<String, Double> sizes = new TreeMap<>();
        for (String kind : new String[] {"configmaps", "secrets"}) {
            ServerCounts before = settled(counts -> true, "events of another's");
            for (int i = 0; i < WRITES; i++) {
                HasMetadata object = object(kind, namespace, bytes, i);
                if (i == 0) {
                    client.resource(object).create();
                } else {
                    client.resource(object).update();
                }
            }
            ServerCounts after = settled(counts -> true, "events of ten writes");
            events.put(kind, of(after.events(), before.events(), kind) / WRITES);
            sizes.put(kind, of(after.eventBytes(), before.eventBytes(), kind) / WRITES);
        }
        return new Others(events, sizes);
    }

    private static double of(Map<String, ? extends Number> after, Map<String, ? extends Number> before, String kind) {
        return value(after.get(kind)) - value(before.get(kind));
    }

    private static double value(@Nullable Number number) {
        return number == null ? 0 : number.doubleValue();
    }

    private static HasMetadata object(String kind, String namespace, int bytes, int version) {
        String text = String.valueOf(version).repeat(bytes);
        return kind.equals("secrets")
                ? new SecretBuilder()
                        .withNewMetadata()
                        .withNamespace(namespace)
                        .withName(CALIBRATION)
                        .endMetadata()
                        .addToStringData("key-0", text)
                        .build()
                : new ConfigMapBuilder()
                        .withNewMetadata()
                        .withNamespace(namespace)
                        .withName(CALIBRATION)
                        .endMetadata()
                        .addToData("key-0", text)
                        .build();
    }
}
