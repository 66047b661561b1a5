package dev.kubechurn.sim.cli;

import dev.kubechurn.sim.job.JobException;
import dev.kubechurn.sim.job.JobQuantities;
import dev.kubechurn.sim.job.JobSettings;
import dev.kubechurn.sim.job.Storage;
import dev.kubechurn.sim.job.Task;
import io.fabric8.kubernetes.api.model.Quantity;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How a Job is divided, and where it runs. */
final class JobOptions {

    @Option(names = "--shards", required = true, paramLabel = "N", description = "Number of pods that share the work.")
    private int shards;

    @Option(
            names = "--image",
            required = true,
            paramLabel = "IMAGE",
            description = "Container image of Kubechurn; build one with deploy/Dockerfile.")
    private String image = "";

    @Option(
            names = "--namespace",
            paramLabel = "NAME",
            description = "Namespace of the Job, created with restricted pod security; default: kubechurn.")
    private String namespace = "kubechurn";

    @Option(
            names = "--name",
            paramLabel = "NAME",
            description = "Name of the Job; default: kubechurn- plus the scenario and the seed.")
    private @Nullable String name;

    @Option(
            names = "--parallelism",
            paramLabel = "P",
            description =
                    "With --sweep and --fuzz: pods at a time; default: all. The pods of a run always run together.")
    private @Nullable Integer parallelism;

    @Option(names = "--cpu", paramLabel = "AMOUNT", description = "CPU request of a pod; default: 1.")
    private String cpu = "1";

    @Option(
            names = "--memory",
            paramLabel = "SIZE",
            description = "Memory request and limit of a pod; default: estimated from its work.")
    private @Nullable String memory;

    @Option(
            names = "--storage",
            paramLabel = "SIZE",
            description = "Size of the ReadWriteMany volume claim for the results; default: 1Gi.")
    private @Nullable String storage;

    @Option(
            names = "--storage-class",
            paramLabel = "NAME",
            description = "Storage class of the claim; default: the default class of the cluster.")
    private @Nullable String storageClass;

    @Option(
            names = "--claim",
            paramLabel = "NAME",
            description = "Use an existing claim for the results instead of creating one.")
    private @Nullable String claim;

    /** @throws JobException if one of them cannot be what it says */
    JobSettings settings(Task task) throws JobException {
        String job = name == null ? JobSettings.name(task) : name;
        Quantity processors = JobQuantities.cpu(cpu);
        Optional<Quantity> most = memory == null ? Optional.empty() : Optional.of(JobQuantities.memory(memory));
        OptionalInt atATime = parallelism == null ? OptionalInt.empty() : OptionalInt.of(parallelism);
        return new JobSettings(namespace, job, image, shards, atATime, processors, most, storage(job));
    }

    private Storage storage(String job) throws JobException {
        if (claim == null) {
            Quantity size = JobQuantities.storage(storage == null ? "1Gi" : storage);
            return Storage.Claimed.of(job, size, Optional.ofNullable(storageClass));
        }
        if (storage != null || storageClass != null) {
            throw new JobException(
                    "--claim cannot be combined with --storage or --storage-class: it uses an existing claim");
        }
        return Storage.Existing.of(claim);
    }
}
