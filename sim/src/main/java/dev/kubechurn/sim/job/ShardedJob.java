package dev.kubechurn.sim.job;

import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodSpecBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.SecurityContext;
import io.fabric8.kubernetes.api.model.SecurityContextBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.PodFailurePolicy;
import io.fabric8.kubernetes.api.model.batch.v1.PodFailurePolicyBuilder;
import java.util.List;

/**
 * The Indexed Job: one pod for each shard.
 *
 * @param task of all shards together
 */
record ShardedJob(Task task, JobSettings settings) {

    private static final String CONTAINER = "kubechurn";
    private static final String RESULTS = "/results";
    private static final long USER = 65_532;
    private static final int DAY_SECONDS = 86_400;

    /** Longer than a run takes to clean up after SIGTERM. */
    private static final long GRACE_SECONDS = 90;

    // What kubechurn's exit codes mean to the Job. The others, those of signals among them, count as a try.
    private static final int BAD_ANSWER = 1;
    private static final int BAD_QUESTION = 2;

    /** Of the ConfigMap that holds the scenario. */
    static String scenarioName(JobSettings settings) {
        return settings.name() + "-scenario";
    }

    /** Where the shards of this task write, as they see it. */
    static String results(Task task, JobSettings settings) {
        return RESULTS + "/" + task.directory(settings.name());
    }

    Job job() {
        var spec = new JobBuilder()
                .withMetadata(JobLabels.metadata(settings, settings.name()))
                .withNewSpec()
                .withCompletionMode("Indexed")
                .withCompletions(settings.shards())
                .withParallelism(settings.atATime())
                .withBackoffLimitPerIndex(task.retries())
                .withPodFailurePolicy(failures())
                .withTtlSecondsAfterFinished(DAY_SECONDS);
        task.expendable().ifPresent(spec::withMaxFailedIndexes);
        return spec.withNewTemplate()
                .withNewMetadata()
                .withLabels(JobLabels.of(settings))
                .endMetadata()
                .withSpec(pod())
                .endTemplate()
                .endSpec()
                .build();
    }

    /** The cluster's own doing costs no try; a bad answer is no better the next time; a bad question is bad for all. */
    private static PodFailurePolicy failures() {
        return new PodFailurePolicyBuilder()
                .addNewRule()
                .withAction("Ignore")
                .addNewOnPodCondition()
                .withType("DisruptionTarget")
                .withStatus("True")
                .endOnPodCondition()
                .endRule()
                .addNewRule()
                .withAction("FailIndex")
                .withNewOnExitCodes()
                .withContainerName(CONTAINER)
                .withOperator("In")
                .withValues(BAD_ANSWER)
                .endOnExitCodes()
                .endRule()
                .addNewRule()
                .withAction("FailJob")
                .withNewOnExitCodes()
                .withContainerName(CONTAINER)
                .withOperator("In")
                .withValues(BAD_QUESTION)
                .endOnExitCodes()
                .endRule()
                .build();
    }

    private PodSpec pod() {
        PodSpecBuilder pod = new PodSpecBuilder()
                .withServiceAccountName(settings.name())
                .withRestartPolicy("Never")
                .withTerminationGracePeriodSeconds(GRACE_SECONDS)
                .withNewSecurityContext()
                .withRunAsNonRoot(true)
                .withRunAsUser(USER)
                .withRunAsGroup(USER)
                .withFsGroup(USER)
                .withNewSeccompProfile()
                .withType("RuntimeDefault")
                .endSeccompProfile()
                .endSecurityContext()
                .addNewVolume()
                .withName("results")
                .withNewPersistentVolumeClaim()
                .withClaimName(settings.storage().claim())
                .endPersistentVolumeClaim()
                .endVolume()
                .addNewVolume()
                .withName("tmp")
                .withNewEmptyDir()
                .withSizeLimit(new Quantity("1", "Gi"))
                .endEmptyDir()
                .endVolume();
        ContainerBuilder container = container();
        if (task.scenario().isPresent()) {
            addScenario(pod, container);
        }
        return pod.withContainers(container.build()).build();
    }

    private ContainerBuilder container() {
        Quantity memory = settings.memoryFor(task);
        return new ContainerBuilder()
                .withName(CONTAINER)
                .withImage(settings.image())
                .withArgs(arguments())
                .addNewEnv()
                .withName("KUBECHURN_SHARDS")
                .withValue(Integer.toString(settings.shards()))
                .endEnv()
                .withNewResources()
                .addToRequests("cpu", settings.cpu())
                .addToRequests("memory", memory)
                .addToLimits("memory", memory)
                .endResources()
                .withSecurityContext(restricted())
                .addNewVolumeMount()
                .withName("results")
                .withMountPath(RESULTS)
                .endVolumeMount()
                .addNewVolumeMount()
                .withName("tmp")
                .withMountPath("/tmp")
                .endVolumeMount();
    }

    /** The kubelet takes {@code $(NAME)} for a variable; a doubled dollar is a dollar. */
    private List<String> arguments() {
        return task.arguments(results(task, settings)).stream()
                .map(argument -> argument.replace("$", "$$"))
                .toList();
    }

    private void addScenario(PodSpecBuilder pod, ContainerBuilder container) {
        pod.addNewVolume()
                .withName("scenario")
                .withNewConfigMap()
                .withName(scenarioName(settings))
                .endConfigMap()
                .endVolume();
        container
                .addNewVolumeMount()
                .withName("scenario")
                .withMountPath("/scenario")
                .withReadOnly(true)
                .endVolumeMount();
    }

    private static SecurityContext restricted() {
        return new SecurityContextBuilder()
                .withAllowPrivilegeEscalation(false)
                .withReadOnlyRootFilesystem(true)
                .withNewCapabilities()
                .withDrop("ALL")
                .endCapabilities()
                .build();
    }
}
