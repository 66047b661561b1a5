package dev.kubechurn.sim.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/**
 * docs/commands.md is what the commands say of themselves. To write it anew:
 * {@code mvn -pl sim -am test -Dtest=ManualTest -Dkubechurn.writeManual -Dsurefire.failIfNoSpecifiedTests=false}.
 */
final class ManualTest {

    private static final Path FILE = Path.of("..", "docs", "commands.md");

    @TempDir
    private Path directory;

    private static CommandLine root() {
        return Kubechurn.commandLine(new CapturedTerminal().terminal(), new Interruption());
    }

    private static List<CommandLine> all(CommandLine command) {
        List<CommandLine> commands = new ArrayList<>(List.of(command));
        command.getSubcommands().values().forEach(each -> commands.addAll(all(each)));
        return commands;
    }

    private static String manual() {
        StringBuilder text = new StringBuilder(
                "# Commands\n\nThe `--help` of each command. This page is generated from the commands, and a test keeps it up to date.\n");
        for (CommandLine command : all(root())) {
            command.getCommandSpec().usageMessage().width(110);
            text.append("\n## `")
                    .append(command.getCommandSpec().qualifiedName())
                    .append("`\n\n```\n");
            text.append(command.getUsageMessage(CommandLine.Help.Ansi.OFF)).append("```\n");
        }
        return text.toString();
    }

    @Test
    void isWhatTheCommandsSay() throws Exception {
        if (System.getProperty("kubechurn.writeManual") != null) {
            Files.writeString(FILE, manual());
        }
        assertThat(FILE).hasContent(manual());
    }

    @Test
    void everyCommandGivesAnExample() {
        assertThat(all(root()).stream()
                        .skip(1)
                        .filter(each -> each.getSubcommands().isEmpty()))
                .allSatisfy(command -> assertThat(command.getUsageMessage(CommandLine.Help.Ansi.OFF))
                        .as(command.getCommandSpec().qualifiedName())
                        .containsPattern("\nExamples?:\n  (kubechurn|kubectl|source) "));
    }

    /** In bash, where there is one. */
    @Test
    void theShellCompletesCommandsAndOptions() throws Exception {
        CapturedTerminal terminal = new CapturedTerminal();
        assertThat(terminal.execute("completion")).isZero();
        Path script = Files.writeString(directory.resolve("completion"), terminal.out());
        Process bash = new ProcessBuilder(
                        "bash",
                        "-c",
                        "compopt() { :; }; source " + script
                                + "; COMP_WORDS=(kubechurn ser); COMP_CWORD=1; _complete_kubechurn;"
                                + " echo \"${COMPREPLY[@]}\"; COMP_WORDS=(kubechurn run --transp); COMP_CWORD=2;"
                                + " _complete_kubechurn; echo \"${COMPREPLY[@]}\"")
                .redirectErrorStream(true)
                .start();
        String said = new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(bash.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(said.lines().toList()).containsExactly("serve", "--transport");
    }
}
