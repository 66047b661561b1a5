package dev.kubechurn.sim.cli;

import dev.kubechurn.reports.gate.GateException;
import dev.kubechurn.reports.gate.History;
import dev.kubechurn.reports.render.HistoryReport;
import dev.kubechurn.reports.result.JmhJson;
import dev.kubechurn.reports.result.ResultJson;
import dev.kubechurn.reports.result.RunResult;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Results over time: a folder that only ever grows. */
@Command(
        name = "history",
        description = "Collect results of one scenario or suite over time, and find lasting changes of a metric.",
        mixinStandardHelpOptions = true,
        versionProvider = VersionProvider.class)
final class HistoryCommand {

    /** On one screen, where metrics take lines of their own. */
    private static final int CHANGES = 8;

    private final Terminal terminal;

    HistoryCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Command(
            name = "add",
            description = "Add results; a result that is already there is skipped.",
            footerHeading = "%nExample:%n",
            footer = "  kubechurn history add history/ out/steady-churn-42",
            mixinStandardHelpOptions = true,
            versionProvider = VersionProvider.class)
    int add(
            @Parameters(paramLabel = "DIR", description = "Directory of the history; created if missing.")
                    Path directory,
            @Parameters(
                            paramLabel = "RESULT",
                            arity = "1..*",
                            description = "Run directories, result.json files, or JSON output of JMH.")
                    List<Path> results)
            throws IOException {
        List<RunResult> read = results.stream().map(JmhJson::readAny).toList();
        Stream<RunResult> all = Stream.concat(read(directory).stream(), read.stream());
        History.of(all.toList()); // refuses what does not belong together, before anything is written
        for (RunResult result : read) {
            String text = ResultJson.write(result);
            Path file = directory.resolve(Stamp.of(result.started()) + "-" + digest(text) + ".json");
            if (Files.exists(file)) {
                terminal.err().println(file + " is already in the history");
            } else {
                WholeFile.write(file, text);
                terminal.out().println(file);
            }
        }
        return ExitCode.FINE.code();
    }

    @Command(
            name = "show",
            description = "Show which metrics changed for good, when, and by how much.",
            footerHeading = "%nExample:%n",
            footer = "  kubechurn history show history/ --html history.html",
            mixinStandardHelpOptions = true,
            versionProvider = VersionProvider.class)
    int show(
            @Parameters(paramLabel = "DIR", description = "Directory of the history.") Path directory,
            @Option(names = "--html", paramLabel = "FILE", description = "Write an HTML report with the trends.")
                    @Nullable
                    Path html,
            @Mixin DetailsOption details)
            throws IOException {
        List<RunResult> results = read(directory);
        if (results.isEmpty()) {
            throw new GateException(
                    directory + " holds no results: add some with kubechurn history add " + directory + " RESULT");
        }
        HistoryReport report = new HistoryReport(History.of(results));
        if (html != null) {
            WholeFile.write(html, report.html());
        }
        terminal.out().print(report.text(terminal.paint(), details.given() ? Integer.MAX_VALUE : CHANGES));
        return ExitCode.FINE.code();
    }

    private static List<RunResult> read(Path directory) throws IOException {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.getFileName().toString().endsWith(".json"))
                    .sorted()
                    .map(ResultJson::read)
                    .toList();
        }
    }

    private static String digest(String text) {
        try {
            byte[] sum = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(sum, 0, 4);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
