package dev.kubechurn.sim.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kubechurn.sim.scenario.ReadyMadeScenarios;
import org.junit.jupiter.api.Test;

final class KubechurnTest {

    private final CapturedTerminal terminal = new CapturedTerminal();

    @Test
    void scenariosAreListedOneALine() {
        assertThat(terminal.execute("scenarios")).isZero();
        assertThat(terminal.out().lines()).hasSameSizeAs(ReadyMadeScenarios.names());
        for (String name : ReadyMadeScenarios.names()) {
            assertThat(terminal.out().lines()).anyMatch(line -> line.startsWith(name + "  "));
        }
    }

    @Test
    void helpIsThereForEachCommand() {
        assertThat(terminal.execute("--help")).isZero();
        assertThat(terminal.out()).contains("run", "scenarios", "Exit codes");
        CapturedTerminal run = new CapturedTerminal();
        assertThat(run.execute("run", "--help")).isZero();
        assertThat(run.out())
                .contains("--seed", "--duration", "--set", "--out", "--quiet", "--json", "--manifests")
                .contains("Exit codes", "130");
    }

    @Test
    void theVersionTellsTheJavaItRunsOn() {
        assertThat(terminal.execute("--version")).isZero();
        assertThat(terminal.out())
                .startsWith("kubechurn ")
                .contains("Java " + Runtime.version().feature());
    }

    @Test
    void noCommandIsABadQuestion() {
        assertThat(terminal.execute()).isEqualTo(2);
        assertThat(terminal.err()).contains("kubechurn: ", "--help");
    }
}
