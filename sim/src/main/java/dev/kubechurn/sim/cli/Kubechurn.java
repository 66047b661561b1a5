package dev.kubechurn.sim.cli;

import dev.kubechurn.reports.text.Paint;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.logging.Level;
import java.util.logging.Logger;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;

/** The command {@code kubechurn}: its subcommands, and how failures are told. */
@Command(
        name = "kubechurn",
        description = "Show what ConfigMaps and Secrets cost a Kubernetes cluster, before the cluster does.",
        mixinStandardHelpOptions = true,
        versionProvider = VersionProvider.class,
        synopsisSubcommandLabel = "COMMAND",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:success",
            "1:failed check or regression",
            "2:usage error or unreadable input",
            "3:environment error, such as a port in use or a full disk",
            "130:interrupted (Ctrl-C)"
        })
public final class Kubechurn {

    /** Set by the launcher when standard error is a terminal. */
    private static final String INTERACTIVE = "kubechurn.interactive";

    /** Set by the launcher when standard output is a terminal. */
    private static final String SHOWN = "kubechurn.shown";

    private static final Logger ROOT_LOGGER = Logger.getLogger("");

    @Option(
            names = "--verbose",
            scope = ScopeType.INHERIT,
            description = "Print stack traces of errors, and the log of the libraries.")
    private boolean verbose;

    private Kubechurn() {}

    /** Runs one command and exits with its code. */
    public static void main(String[] args) {
        Terminal terminal = new Terminal(
                writer(FileDescriptor.out),
                writer(FileDescriptor.err),
                Boolean.getBoolean(INTERACTIVE),
                Terminal.paint(System.getenv(), Boolean.getBoolean(SHOWN)));
        System.exit(execute(terminal, args));
    }

    /** Runs one command; for tests and {@link #main}. */
    static int execute(Terminal terminal, String... args) {
        Interruption interruption = new Interruption();
        try {
            int code = commandLine(terminal, interruption).execute(args);
            terminal.out().flush();
            terminal.err().flush();
            return code;
        } finally {
            interruption.over();
        }
    }

    /** The command with all that is below it. */
    static CommandLine commandLine(Terminal terminal, Interruption interruption) {
        Kubechurn root = new Kubechurn();
        return new CommandLine(root)
                .addSubcommand(new RunCommand(terminal, interruption))
                .addSubcommand(new SweepCommand(terminal, interruption))
                .addSubcommand(new MergeCommand(terminal))
                .addSubcommand(new JobCommand(terminal))
                .addSubcommand(new CleanupCommand(terminal))
                .addSubcommand(new ValidateCommand(terminal, interruption))
                .addSubcommand(new ScenariosCommand(terminal))
                .addSubcommand(new ServeCommand(terminal, interruption))
                .addSubcommand(new BenchCommand(terminal, interruption))
                .addSubcommand(new CompareCommand(terminal))
                .addSubcommand(new ReportCommand(terminal))
                .addSubcommand(new HistoryCommand(terminal))
                .addSubcommand(new ChartCommand(terminal))
                .addSubcommand(new ConformCommand(terminal))
                .addSubcommand(new CompletionCommand(terminal))
                .setOut(terminal.out())
                .setErr(terminal.err())
                .setColorScheme(CommandLine.Help.defaultColorScheme(
                        terminal.paint() == Paint.COLOUR ? CommandLine.Help.Ansi.ON : CommandLine.Help.Ansi.OFF))
                .setParameterExceptionHandler((failure, given) -> tellUsage(terminal, failure))
                .setExecutionExceptionHandler((failure, command, parsed) -> root.tell(terminal, failure))
                .setExecutionStrategy(parsed -> {
                    root.setLogLevel();
                    return new CommandLine.RunLast().execute(parsed);
                });
    }

    private static int tellUsage(Terminal terminal, ParameterException failure) {
        String command = failure.getCommandLine().getCommandSpec().qualifiedName();
        terminal.err().println(command + ": " + failure.getMessage() + "; see " + command + " --help");
        return ExitCode.BAD_QUESTION.code();
    }

    private int tell(Terminal terminal, Exception failure) {
        Failure known = Failure.of(failure);
        known.messages().forEach(terminal.err()::println);
        if (verbose) {
            failure.printStackTrace(terminal.err());
        }
        return known.exitCode().code();
    }

    /** Without --verbose the libraries are silent: what matters of their failures is told as ours. */
    private void setLogLevel() {
        ROOT_LOGGER.setLevel(verbose ? Level.INFO : Level.OFF);
    }

    private static PrintWriter writer(FileDescriptor descriptor) {
        return new PrintWriter(new FileOutputStream(descriptor), true, StandardCharsets.UTF_8);
    }
}
