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

    @Option(names = "--shards", required = true, paramLabel = "N", description = "Into how many pods it is divided.")
    private int shards;

    @Option(
            names = "--image",
            required = true,
            paramLabel = "IMAGE",
            description = "Kubechurn as an image; deploy/Dockerfile makes one.")
    private String image = "";

    @Option(
            names = "--namespace",
            paramLabel = "NAME",
            description = "The namespace of the Job, which it makes and restricts; default: kubechurn.")
    private String namespace = "kubechurn";

    @Option(
            names = "--name",
            paramLabel = "NAME",
            description = "The name of the Job; default: kubechurn- and what says the scenario and the seed.")
    private @Nullable String name;

    @Option(
            names = "--parallelism",
            paramLabel = "P",
            description =
                    "With --sweep and --fuzz: how many pods at a time; default: all. Those of a run must all be there.")
    private @Nullable Integer parallelism;

    @Option(names = "--cpu", paramLabel = "AMOUNT", description = "How many processors a pod asks for; default: 1.")
    private String cpu = "1";

    @Option(
            names = "--memory",
            paramLabel = "SIZE",
            description = "How much memory a pod asks for and gets; default: worked out from what it is to do.")
    private @Nullable String memory;

    @Option(
            names = "--storage",
            paramLabel = "SIZE",
            description = "The size of the claim that is made for the results, ReadWriteMany; default: 1Gi.")
    private @Nullable String storage;

    @Option(
            names = "--storage-class",
            paramLabel = "NAME",
            description = "The storage class of that claim; default: the cluster's own.")
    private @Nullable String storageClass;

    @Option(
            names = "--claim",
            paramLabel = "NAME",
            description = "Takes a claim that is there for the results, and makes none.")
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
                    "--storage and --storage-class say what claim to make, and --claim that there is one");
        }
        return Storage.Existing.of(claim);
    }
}
