package dev.kubechurn.sim.cli;

import dev.kubechurn.sim.scenario.ReadyMadeScenarios;
import dev.kubechurn.sim.scenario.Scenario;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** Lists the ready-made scenarios. */
@Command(
        name = "scenarios",
        description = "List the ready-made scenarios, one line each.",
        footerHeading = "%nExample:%n",
        footer = {"  kubechurn scenarios"},
        mixinStandardHelpOptions = true,
        versionProvider = VersionProvider.class)
final class ScenariosCommand implements Callable<Integer> {

    private final Terminal terminal;

    ScenariosCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws Exception {
        List<Scenario> scenarios = ReadyMadeScenarios.all();
        int width = scenarios.stream()
                .mapToInt(scenario -> scenario.metadata().name().length())
                .max()
                .orElse(0);
        for (Scenario scenario : scenarios) {
            String name = scenario.metadata().name();
            terminal.out()
                    .println(name
                            + " ".repeat(width - name.length() + 2)
                            + scenario.metadata().description());
        }
        return ExitCode.FINE.code();
    }
}
