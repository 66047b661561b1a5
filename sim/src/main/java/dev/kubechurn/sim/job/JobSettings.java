package dev.kubechurn.sim.job;

import dev.kubechurn.sim.shard.Shard;
import io.fabric8.kubernetes.api.model.Quantity;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * How a task is divided, and where it runs, as somebody asks for it. Immutable.
 *
 * @param name of the Job, and part of the names of all that belongs to it
 * @param parallelism how many shards run at a time; empty: all
 * @param cpu what a shard asks for; it may use more
 * @param memory what a shard asks for and gets; empty: what it is likely to need
 */
public record JobSettings(
        String namespace,
        String name,
        String image,
        int shards,
        OptionalInt parallelism,
        Quantity cpu,
        Optional<Quantity> memory,
        Storage storage) {

    /** The name of a Job that does this where nobody gives one. */
    public static String name(Task task) {
        return "kubechurn-" + task.id();
    }

    int atATime() {
        return parallelism.orElse(shards);
    }

    Quantity memoryFor(Task task) {
        return memory.orElseGet(() -> JobQuantities.ofBytes(task.memory(shards)));
    }

    /** Refuses what Kubernetes would refuse, and what would not do the task. */
    void require(Task task) throws JobException {
        JobNames.requireNamespace(namespace);
        JobNames.requireJob(name);
        JobNames.requireImage(image);
        requireShards(task);
        requireParallelism(task);
        if (memory.isPresent()) {
            task.requireMemory(JobQuantities.bytes(memory.get()));
        }
    }

    private void requireShards(Task task) throws JobException {
        if (shards < 1 || shards > Shard.MOST) {
            throw new JobException("--shards must be between 1 and " + Shard.MOST + ", not " + shards);
        }
        if (shards > task.divisible()) {
            throw new JobException(
                    "--shards " + shards + " is too many: there are only " + task.parts() + " to divide");
        }
    }

    private void requireParallelism(Task task) throws JobException {
        if (parallelism.isPresent() && task.isTogether()) {
            throw new JobException("--parallelism needs --sweep or --fuzz: the shards of a run wait for each other,"
                    + " so all must run at once");
        }
        if (atATime() < 1 || atATime() > shards) {
            throw new JobException(
                    "--parallelism must be between 1 and the number of shards, " + shards + ", not " + atATime());
        }
    }
}
