package dev.kubechurn.sim.job;

import dev.kubechurn.sim.scenario.Overrides;
import dev.kubechurn.sim.scenario.Scenario;
import dev.kubechurn.sim.scenario.ScenarioException;
import dev.kubechurn.sim.scenario.ScenarioReader;
import dev.kubechurn.sim.scenario.Variation;
import dev.kubechurn.sim.sweep.SweepPlan;
import dev.kubechurn.sim.sweep.SweepRun;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A sweep in virtual time: each shard makes some of the runs. Immutable.
 *
 * @param vary the options {@code --vary}, as the shards get them
 */
public record SweepTask(SweepPlan plan, List<String> vary) implements Task {

    public SweepTask {
        vary = List.copyOf(vary);
    }

    /**
     * Plans what the shards will plan: from the text that they get, with all defaults written out.
     *
     * @throws ScenarioException if a combination is no scenario
     * @throws dev.kubechurn.sim.run.UnsupportedScenarioException if one cannot be run
     */
    public static SweepTask of(Scenario base, List<String> vary, int seeds) throws ScenarioException {
        String text = base.toYaml();
        SweepPlan.Source source = overrides -> ScenarioReader.read(Scenario.FILE, text, overrides);
        return new SweepTask(SweepPlan.of(source, Overrides.none(), Variation.of(vary), seeds), vary);
    }

    @Override
    public String id() {
        return "sweep-"
                + JobNames.id(plan.base().metadata().name(), plan.base().spec().seed());
    }

    @Override
    public String parts() {
        return String.format(Locale.ROOT, "%,d runs", plan.runs().size());
    }

    @Override
    public long divisible() {
        return plan.runs().size();
    }

    @Override
    public Optional<Scenario> scenario() {
        return Optional.of(plan.base());
    }

    @Override
    public List<String> arguments(String results) {
        List<String> arguments = new ArrayList<>(List.of("sweep", JobManifests.SCENARIO_FILE));
        vary.forEach(option -> arguments.add("--vary=" + option));
        arguments.add("--seeds=" + plan.seeds().size());
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

    /** It goes on where it was, so that a lost pod costs little. */
    @Override
    public int retries() {
        return 6;
    }

    @Override
    public OptionalInt expendable() {
        return OptionalInt.empty();
    }

    private long largest() {
        return plan.runs().stream().mapToLong(SweepRun::bytes).max().orElse(0);
    }

    @Override
    public long memory(int shards) {
        return JobMemory.ofSweep(largest());
    }

    @Override
    public void requireMemory(long memory) throws JobException {
        JobMemory.requireHeap(memory, largest());
    }

    @Override
    public List<String> description(String job, int shards) {
        return List.of(
                String.format(
                        Locale.ROOT,
                        "A sweep over the scenario %s, %,d runs in virtual time, in %,d shards of the Job %s.",
                        plan.base().metadata().name(),
                        plan.runs().size(),
                        shards,
                        job),
                "A restarted index resumes where it stopped.");
    }

    @Override
    public List<String> afterwards(String local, int shards) {
        return shards == 1 ? List.of() : List.of("kubechurn merge " + local + " --out " + local + "/merged");
    }
}
