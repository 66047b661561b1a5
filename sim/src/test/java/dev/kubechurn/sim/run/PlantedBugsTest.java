package dev.kubechurn.sim.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kubechurn.core.manager.ObjectManager;
import dev.kubechurn.core.manager.ObjectManagers;
import dev.kubechurn.core.store.ObjectStore;
import dev.kubechurn.sim.cluster.EnvironmentMaker;
import dev.kubechurn.sim.cluster.ManagerMaker;
import dev.kubechurn.sim.engine.RandomStreams;
import dev.kubechurn.sim.fuzz.Fuzzer;
import dev.kubechurn.sim.fuzz.Fuzzer.Finding;
import dev.kubechurn.sim.fuzz.Outcome;
import dev.kubechurn.sim.fuzz.Trial;
import dev.kubechurn.sim.fuzz.VirtualTrial;
import dev.kubechurn.sim.scenario.ScenarioSpec;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PodSpec;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The checks bite: each bug that one of them is for is found by the fuzzer, and what is left of its scenario is small. */
final class PlantedBugsTest {

    /** How many seeds before that which is known to show a bug are tried again; with a property all of them are. */
    private static final long BEFORE = Boolean.getBoolean("kubechurn.allSeeds") ? 1000 : 3;

    private static final int MOST_SCENARIOS = 1000;

    /** Chance that needs no luck: each second run is so late, many times what hides between two looks of a waiting read. */
    private static final long LATE_NANOS = 150_000_000;

    private int runs;

    @ParameterizedTest
    @EnumSource(Bug.class)
    void theFuzzerFindsIt(Bug bug) throws Exception {
        Trial buggy = new VirtualTrial(plan -> simulation(plan, bug), bug == Bug.CHANCE);
        Finding finding = new Fuzzer(buggy, held -> {}, failure -> {})
                .run(Math.max(1, bug.seed() - BEFORE), MOST_SCENARIOS, () -> true)
                .orElseThrow(() -> new AssertionError(bug + " was not found"));

        ScenarioSpec left = finding.smallest().spec();
        System.getLogger("fuzz")
                .log(
                        System.Logger.Level.INFO,
                        "{0}: {1}, seed {2}; left are {3} nodes of {4} pods, {5} faults, {6}; {7} trials",
                        bug,
                        finding.broken().what(),
                        finding.seed(),
                        left.cluster().nodes(),
                        left.pods().perNode(),
                        left.faults().size(),
                        left.duration(),
                        finding.trials());
        assertThat(finding.seed()).isEqualTo(bug.seed());
        assertThat(finding.broken().what()).as("%s", finding.broken().message()).isIn(bug.checks());
        if (bug != Bug.CHANCE) {
            assertThat(finding.broken().message()).as("it says when").matches("at [0-9]+\\.[0-9]{3} s: .*");
        }
        assertThat(buggy.run(finding.smallest()))
                .isInstanceOfSatisfying(
                        Outcome.Broken.class,
                        broken -> assertThat(broken.what())
                                .as("it still fails the same way")
                                .isEqualTo(finding.broken().what()));
        assertThat(VirtualTrial.of(true).run(finding.smallest()))
                .as("without the bug it holds")
                .isEqualTo(new Outcome.Held());
        assertThat(left.cluster().nodes()).isLessThanOrEqualTo(3);
        assertThat(left.faults()).hasSizeLessThanOrEqualTo(2);
        assertThat(left.duration())
                .isLessThanOrEqualTo(finding.scenario().spec().duration());
    }

    private Simulation simulation(RunPlan plan, Bug bug) {
        Ground real = Ground.virtual(new RandomStreams(plan.seed()), plan.serverModel(), plan.watchCache());
        Ground buggy = new Ground(
                real.passage(),
                real.instants(),
                new BuggyTransport(real.transport(), real.passage().scheduler(), bug, runs++ % 2 * LATE_NANOS),
                real.commitLog(),
                real.failures(),
                real.fileWork());
        ManagerMaker managers =
                bug == Bug.FORGOTTEN_POD || bug == Bug.STUCK_VALUE ? new Buggy(bug) : ObjectManagers::of;
        EnvironmentMaker environments = bug == Bug.TWO_READS ? new TwiceReadEnvironment() : EnvironmentMaker.ofCore();
        return new Simulation(plan, buggy, figures -> {}, managers, environments);
    }

    private record Buggy(Bug bug) implements ManagerMaker {
        @Override
        public <T extends HasMetadata> ObjectManager<T> of(
                ObjectStore<T> store, Function<PodSpec, List<String>> names) {
            ObjectManager<T> real = ObjectManagers.of(store, names);
            return bug == Bug.FORGOTTEN_POD ? new ForgetfulManager<>(real) : new StuckManager<>(real);
        }
    }
}
