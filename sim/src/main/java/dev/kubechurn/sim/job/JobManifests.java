package dev.kubechurn.sim.job;

import dev.kubechurn.sim.scenario.Scenario;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimBuilder;
import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** All that Kubernetes needs to do a task in shards, in the order in which it needs it. Immutable. */
public final class JobManifests {

    /** Where a shard finds its scenario. */
    static final String SCENARIO_FILE = "/scenario/" + Scenario.FILE;

    private static final int MOST_BYTES = 1 << 20;

    private final Task task;
    private final JobSettings settings;
    private final List<HasMetadata> objects;

    private JobManifests(Task task, JobSettings settings, List<HasMetadata> objects) {
        this.task = task;
        this.settings = settings;
        this.objects = List.copyOf(objects);
    }

    /**
     * Makes them.
     *
     * @param rules what a shard that needs the cluster may do there
     * @throws JobException if Kubernetes would not take them, or they would not do the task
     */
    public static JobManifests of(Task task, JobSettings settings, List<PolicyRule> rules) throws JobException {
        settings.require(task);
        List<HasMetadata> objects = new ArrayList<>();
        objects.add(namespace(settings));
        objects.addAll(new JobAccount(settings).objects(task, rules));
        if (task.scenario().isPresent()) {
            objects.add(scenario(settings, task.scenario().get()));
        }
        if (settings.storage() instanceof Storage.Claimed claimed) {
            objects.add(claim(settings, claimed));
        }
        objects.add(new ShardedJob(task, settings).job());
        return new JobManifests(task, settings, objects);
    }

    /** As {@code kubectl apply -f -} takes them, with what to do with them as a comment. */
    public String yaml() {
        KubernetesSerialization serialization = new KubernetesSerialization();
        StringBuilder text = new StringBuilder();
        new JobHead(task, settings)
                .lines()
                .forEach(line ->
                        text.append(line.isEmpty() ? "#" : "# ").append(line).append('\n'));
        objects.forEach(object -> text.append(serialization.asYaml(object)));
        return text.toString();
    }

    /** Without the Job's label, or whoever deletes all of one Job would delete the results of the others. */
    private static Namespace namespace(JobSettings settings) {
        return new NamespaceBuilder()
                .withNewMetadata()
                .withName(settings.namespace())
                .addToLabels(JobLabels.NAME, JobLabels.KUBECHURN)
                .addToLabels("pod-security.kubernetes.io/enforce", "restricted")
                .endMetadata()
                .build();
    }

    /** Immutable: a shard that starts late, or again, reads what the others have read. */
    private static ConfigMap scenario(JobSettings settings, Scenario scenario) throws JobException {
        String text = scenario.toYaml();
        int bytes = text.getBytes(StandardCharsets.UTF_8).length;
        if (bytes > MOST_BYTES) {
            throw new JobException("the scenario has " + bytes
                    + " bytes with all defaults, but a ConfigMap holds at most " + MOST_BYTES + "; make it smaller");
        }
        return new ConfigMapBuilder()
                .withMetadata(JobLabels.metadata(settings, ShardedJob.scenarioName(settings)))
                .withImmutable(true)
                .addToData(Scenario.FILE, text)
                .build();
    }

    private static PersistentVolumeClaim claim(JobSettings settings, Storage.Claimed claimed) {
        var spec = new PersistentVolumeClaimBuilder()
                .withMetadata(JobLabels.metadata(settings, claimed.claim()))
                .withNewSpec()
                .withAccessModes("ReadWriteMany");
        claimed.storageClass().ifPresent(spec::withStorageClassName);
        return spec.withNewResources()
                .addToRequests("storage", claimed.size())
                .endResources()
                .endSpec()
                .build();
    }
}
