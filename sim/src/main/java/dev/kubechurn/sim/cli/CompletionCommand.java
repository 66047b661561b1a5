package dev.kubechurn.sim.cli;

import static java.util.Objects.requireNonNull;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Prints what makes a shell complete commands and options. */
@Command(
        name = "completion",
        description = "Print the completion script for bash and zsh.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  source <(kubechurn completion)                       # bash, this session",
            "  kubechurn completion > ~/.kubechurn-completion       # then source it from .bashrc or .zshrc"
        },
        mixinStandardHelpOptions = true,
        versionProvider = VersionProvider.class)
final class CompletionCommand implements Callable<Integer> {

    private final Terminal terminal;

    @Spec
    private @Nullable CommandSpec spec;

    CompletionCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        terminal.out()
                .print(AutoComplete.bash(
                        "kubechurn", requireNonNull(spec).root().commandLine()));
        return ExitCode.FINE.code();
    }
}
