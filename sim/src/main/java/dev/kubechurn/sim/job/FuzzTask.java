package dev.kubechurn.sim.job;

import dev.kubechurn.sim.scenario.Scenario;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * A fuzz campaign: each shard tries some of the seeds. Immutable.
 *
 * @param seed the first
 * @param count of all seeds
 * @param minutes after which each shard ends; empty: when it is through
 */
public record FuzzTask(long seed, long count, OptionalLong minutes) implements Task {

    @Override
    public String id() {
        return "fuzz-" + seed;
    }

    @Override
    public String parts() {
        return String.format(Locale.ROOT, "%,d scenarios", count);
    }

    @Override
    public long divisible() {
        return count;
    }

    @Override
    public Optional<Scenario> scenario() {
        return Optional.empty();
    }

    @Override
    public List<String> arguments(String results) {
        List<String> arguments = new ArrayList<>(List.of("run", "--fuzz=" + count, "--seed=" + seed));
        minutes.ifPresent(limit -> arguments.add("--minutes=" + limit));
        arguments.add("--out=" + results);
        return List.copyOf(arguments);
    }

    @Override
    public String directory(String job) {
        return job;
    }

    @Override
    public boolean needsCluster() {
        return false;
    }

    @Override
    public boolean isTogether() {
        return false;
    }

    @Override
    public int retries() {
        return 6;
    }

    @Override
    public OptionalInt expendable() {
        return OptionalInt.empty();
    }

    @Override
    public long memory(int shards) {
        return JobMemory.OF_FUZZ;
    }

    /** What will be drawn nobody knows. */
    @Override
    public void requireMemory(long memory) {}

    @Override
    public List<String> description(String job, int shards) {
        return List.of(
                String.format(
                        Locale.ROOT,
                        "%,d random scenarios, from seed %d on, in %,d shards of the Job %s.",
                        count,
                        seed,
                        shards,
                        job),
                "The Job fails if a check fails; each shard with a failure then writes " + Scenario.FILE + ".");
    }

    @Override
    public List<String> afterwards(String local, int shards) {
        return shards == 1
                ? List.of("kubechurn run " + local + "/" + Scenario.FILE + "   (the failure, minimised)")
                : List.of("kubechurn merge " + local + " --out " + local + "/merged");
    }
}
