package dev.kubechurn.sim.cli;

import static java.util.Objects.requireNonNull;

import dev.kubechurn.reports.result.ResultJson;
import dev.kubechurn.reports.result.RunResult;
import dev.kubechurn.sim.run.RunReport;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Renders a result again. */
@Command(
        name = "report",
        description = "Create the HTML report of a run: one self-contained file that works offline.",
        footerHeading = "%nExample:%n",
        footer = {"  kubechurn report out/steady-churn-42 -o report.html"},
        mixinStandardHelpOptions = true,
        versionProvider = VersionProvider.class)
final class ReportCommand implements Callable<Integer> {

    private final Terminal terminal;

    @Spec
    private @Nullable CommandSpec spec;

    @Parameters(paramLabel = "RESULT", description = "Run directory or result.json.")
    private @Nullable Path result;

    @Option(
            names = {"-o", "--out"},
            paramLabel = "FILE",
            required = true,
            description = "Output file.")
    private @Nullable Path out;

    ReportCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws IOException {
        RunResult read = ResultJson.read(requireNonNull(result));
        if (!read.kind().equals(RunResult.RUN)) {
            throw new ParameterException(
                    requireNonNull(spec).commandLine(),
                    result + " is the result of a " + read.kind() + ", not of a run; see kubechurn compare");
        }
        WholeFile.write(requireNonNull(out), RunReport.html(read));
        terminal.out().println(out);
        return ExitCode.FINE.code();
    }
}
