package dev.kubechurn.sim.job;

import dev.kubechurn.sim.run.RunPlan;
import dev.kubechurn.sim.run.Simulation;
import dev.kubechurn.sim.scenario.Scenario;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * One run against the cluster that the Job is in: each shard has some of the nodes. Immutable.
 *
 * @param given the scenario, its transport the cluster
 * @param runId of the run, the same for all shards
 * @param qps requests a second of all shards together
 */
public record RunTask(Scenario given, RunPlan plan, String runId, int qps) implements Task {

    @Override
    public String id() {
        return runId;
    }

    @Override
    public String parts() {
        return String.format(Locale.ROOT, "%,d nodes", plan.nodes());
    }

    @Override
    public long divisible() {
        return plan.nodes();
    }

    @Override
    public Optional<Scenario> scenario() {
        return Optional.of(given);
    }

    @Override
    public List<String> arguments(String results) {
        return List.of(
                "run",
                JobManifests.SCENARIO_FILE,
                "--transport=cluster",
                "--yes",
                "--run-id=" + runId,
                "--qps=" + qps,
                "--out=" + results);
    }

    @Override
    public String directory(String job) {
        return runId;
    }

    @Override
    public boolean needsCluster() {
        return true;
    }

    @Override
    public boolean isTogether() {
        return true;
    }

    /** Before the shards have met, one that was lost is missed by nobody; after that it comes too late. */
    @Override
    public int retries() {
        return 1;
    }

    /** What is left of a run without one of its shards is the load of another scenario. */
    @Override
    public OptionalInt expendable() {
        return OptionalInt.of(0);
    }

    @Override
    public long memory(int shards) {
        return JobMemory.ofRun(Simulation.objectsHeld(plan), shards);
    }

    /** The default is an assumption; who knows better may say so. */
    @Override
    public void requireMemory(long memory) {}

    @Override
    public List<String> description(String job, int shards) {
        return List.of(
                String.format(
                        Locale.ROOT,
                        "The scenario %s, seed %d, in %,d shards of the Job %s, against the cluster that runs the Job.",
                        plan.name(),
                        plan.seed(),
                        shards,
                        job),
                String.format(
                        Locale.ROOT,
                        "It creates %,d namespaces kubechurn-%s-… with %,d ConfigMaps and Secrets, and deletes them at the end.",
                        plan.workload().objectNamespaces().size(),
                        runId,
                        plan.workload().objectCount()),
                "Use a test cluster. If the run is killed, clean up with: kubechurn cleanup --run " + runId);
    }

    @Override
    public List<String> afterwards(String local, int shards) {
        return shards == 1 ? List.of() : List.of("kubechurn merge " + local + " --out " + local + "/merged");
    }
}
