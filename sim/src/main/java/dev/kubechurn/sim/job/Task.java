package dev.kubechurn.sim.job;

import dev.kubechurn.sim.scenario.Scenario;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** What the shards of a Job do together. */
public sealed interface Task permits RunTask, SweepTask, FuzzTask {

    /** Tells it from others: part of the Job's name where none is given. */
    String id();

    /** Among how many things it is divided, for people: {@code 20 nodes}. */
    String parts();

    /** How many things those are: more shards would have nothing to do. */
    long divisible();

    /** What each shard is given; empty: it needs no scenario. */
    Optional<Scenario> scenario();

    /**
     * What each shard is started with.
     *
     * @param results where all of them write
     */
    List<String> arguments(String results);

    /** The directory of its results, for a Job of this name. */
    String directory(String job);

    /** Whether its shards talk to the API server of the cluster that they are in. */
    boolean needsCluster();

    /** Whether the shards need each other, so that all must be there at once. */
    boolean isTogether();

    /** How often an index is tried again that was lost, not answered. */
    int retries();

    /** How many indexes may be lost before the others are ended; empty: whatever happens they go on. */
    OptionalInt expendable();

    /** How much memory a shard takes, in bytes. */
    long memory(int shards);

    /**
     * Refuses a shard that could not do its part.
     *
     * @param memory of its container, in bytes
     */
    void requireMemory(long memory) throws JobException;

    /** What it is, for the head of the manifests: lines without a mark. */
    List<String> description(String job, int shards);

    /** What becomes of the results once they are at hand, for the head: lines without a mark. */
    List<String> afterwards(String local, int shards);
}
