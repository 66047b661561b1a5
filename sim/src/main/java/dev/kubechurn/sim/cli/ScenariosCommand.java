package dev.kubechurn.sim.cli;

import dev.kubechurn.reports.text.Paragraph;
import dev.kubechurn.sim.scenario.ReadyMadeScenarios;
import dev.kubechurn.sim.scenario.Scenario;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

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

    @Mixin
    private DetailsOption details = new DetailsOption();

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
            String question = scenario.metadata().description();
            int room = details.given() ? Integer.MAX_VALUE : Paragraph.WIDTH - width - 2;
            terminal.out()
                    .println(terminal.paint().strong(name)
                            + " ".repeat(width - name.length() + 2)
                            + Paragraph.cut(question, room));
        }
        return ExitCode.FINE.code();
    }
}
