package dev.kubechurn.sim.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kubechurn.core.manager.ObjectManagers;
import dev.kubechurn.reports.result.CheckResult;
import dev.kubechurn.reports.result.RunResult;
import dev.kubechurn.sim.cluster.EnvironmentMaker;
import dev.kubechurn.sim.engine.RandomStreams;
import dev.kubechurn.sim.scenario.Overrides;
import dev.kubechurn.sim.scenario.ReadyMadeScenarios;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What comes after a violation would only hide it: the run ends there, and says what it did not look at. */
final class ViolationEndsRunTest {

    @Test
    void theLoadEndsAtTheFirstViolation() throws Exception {
        RunResult result = run(new TwiceReadEnvironment());
        assertThat(Duration.ofNanos(result.durationNanos())).isLessThan(Duration.ofMinutes(2));
        assertThat(result.partialReason()).contains("ended at its first violation");
        assertThat(result.digest()).isNull();
        CheckResult truth = check(result, "truth");
        assertThat(truth.violations()).isPositive();
        assertThat(truth.messages().get(0))
                .matches("at [0-9.]+ s: node-[0-9]+, pod ns-[0-9]+/.*, container main: made from"
                        + " (configmap|secret) (\\S+) in version [0-9]+ and \\1 \\2 in version [0-9]+");
        assertThat(check(result, "no-leak").outcome()).isEqualTo(CheckResult.Outcome.NOT_CHECKED);
        assertThat(check(result, "convergence").messages().toString()).contains("ended at its first violation");
    }

    @Test
    void withoutTheBugItGoesOnToItsEnd() throws Exception {
        RunResult result = run(EnvironmentMaker.ofCore());
        assertThat(Duration.ofNanos(result.durationNanos())).isEqualTo(Duration.ofMinutes(2));
        assertThat(result.checks()).allMatch(check -> check.outcome() == CheckResult.Outcome.HELD);
    }

    private static CheckResult check(RunResult result, String name) {
        return result.checks().stream()
                .filter(check -> check.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    /** Gets take so long that an update falls between two reads soon. */
    private static RunResult run(EnvironmentMaker environments) throws Exception {
        RunPlan plan = Plans.of(ReadyMadeScenarios.read(
                ReadyMadeScenarios.DEFAULT,
                Overrides.of(List.of(
                        "transport=virtual",
                        "duration=2m",
                        "strategy=Get",
                        "cluster={nodes: 3, namespaces: 1}",
                        "pods.perNode=5",
                        "apiServer.latency.get=1s",
                        "updates.rate=20/s"))));
        Ground ground = Ground.virtual(new RandomStreams(plan.seed()), plan.serverModel(), plan.watchCache());
        try (Simulation simulation = new Simulation(plan, ground, figures -> {}, ObjectManagers::of, environments)) {
            return simulation.run();
        }
    }
}
