package dev.kubechurn.sim.run;

import dev.kubechurn.sim.shard.Shard;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The namespaces of one run in a real cluster: created with a label, and deleted by it. One without the label is never touched.
 * Blocks on the network. Safe from any thread.
 */
public final class ClusterNamespaces {

    /** On every namespace of a run; its value is the run's id. */
    public static final String LABEL = "kubechurn.dev/run";

    private static final String PREFIX = "kubechurn-";

    private final KubernetesClient client;
    private final String runId;

    /** @param client stays its owner's */
    public ClusterNamespaces(KubernetesClient client, String runId) {
        this.client = client;
        this.runId = runId;
    }

    /** What a namespace of the scenario is called in the cluster. */
    public String nameOf(String scenarioNamespace) {
        return PREFIX + runId + "-" + scenarioNamespace;
    }

    /** The scenario's own name of a namespace of this run. */
    String scenarioName(String namespace) {
        return namespace.substring((PREFIX + runId + "-").length());
    }

    /** Where the shards of a run meet. */
    String meeting() {
        return PREFIX + runId;
    }

    /**
     * Creates {@link #meeting}, unless it is there.
     *
     * @throws EnvironmentException if it may not, or if it is not this run's
     */
    void createMeeting() {
        createNamed(meeting());
    }

    /**
     * Creates those that are not there.
     *
     * @param part which shard it is: all create what is missing, and each begins elsewhere
     * @throws EnvironmentException as {@link #create}
     */
    void create(Collection<String> scenarioNamespaces, Shard part) {
        List<String> missing = new ArrayList<>(scenarioNamespaces);
        if (!part.isWhole()) {
            Set<String> there = Set.copyOf(names());
            missing.removeIf(namespace -> there.contains(nameOf(namespace)));
            Collections.rotate(missing, -(int) ((long) missing.size() * part.index() / part.count()));
        }
        missing.forEach(this::create);
    }

    /**
     * Creates one.
     *
     * @throws EnvironmentException if it may not, or if there is one of that name that is not this run's
     */
    public void create(String scenarioNamespace) {
        createNamed(nameOf(scenarioNamespace));
    }

    private void createNamed(String name) {
        Namespace namespace = new NamespaceBuilder()
                .withNewMetadata()
                .withName(name)
                .withLabels(Map.of(LABEL, runId))
                .endMetadata()
                .build();
        try {
            client.namespaces().resource(namespace).create();
        } catch (KubernetesClientException refusal) {
            if (refusal.getCode() != 409) {
                throw ClusterFailures.told("create", "namespaces", refusal);
            }
            if (!isOurs(Optional.ofNullable(client.namespaces().withName(name).get()))) {
                throw new EnvironmentException(
                        "namespace " + name + " already exists without the label " + LABEL + "=" + runId
                                + ": choose another --run-id",
                        refusal);
            }
        }
    }

    private boolean isOurs(Optional<Namespace> namespace) {
        return namespace
                .map(found -> found.getMetadata().getLabels())
                .filter(labels -> runId.equals(labels.get(LABEL)))
                .isPresent();
    }

    /**
     * Deletes all namespaces of the run, with all that is in them.
     *
     * @return their names
     * @throws EnvironmentException if it may not
     */
    public List<String> delete() {
        try {
            List<String> names = names();
            names.forEach(name -> client.namespaces().withName(name).delete());
            return names;
        } catch (KubernetesClientException refusal) {
            throw ClusterFailures.told("delete", "namespaces", refusal);
        }
    }

    private List<String> names() {
        return client.namespaces().withLabel(LABEL, runId).list().getItems().stream()
                .filter(namespace -> isOurs(Optional.of(namespace)))
                .map(namespace -> namespace.getMetadata().getName())
                .filter(name -> name.startsWith(PREFIX))
                .toList();
    }
}
