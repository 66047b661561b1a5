package dev.kubechurn.sim.cli;

import dev.kubechurn.reports.text.Tone;
import dev.kubechurn.sim.conform.Conformance;
import dev.kubechurn.sim.conform.Outcome;
import dev.kubechurn.sim.conform.VectorException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Plays conformance vectors. */
@Command(
        name = "conform",
        description = "Check the kubelet logic against conformance vectors, in virtual time.",
        footerHeading = "%nExample:%n",
        footer = {"  kubechurn conform vectors/"},
        mixinStandardHelpOptions = true,
        versionProvider = VersionProvider.class)
final class ConformCommand implements Callable<Integer> {

    private final Terminal terminal;

    @Parameters(
            arity = "1..*",
            paramLabel = "PATH",
            description = "Vector files, or directories that are searched for *.json files.")
    private List<Path> paths = new ArrayList<>();

    @Option(names = "--json", description = "Print the outcome as JSON.")
    private boolean json;

    ConformCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws VectorException {
        Outcome outcome = Conformance.run(paths);
        if (json) {
            terminal.out().println(json(outcome));
        } else {
            print(outcome);
        }
        return (outcome.failures().isEmpty() ? ExitCode.FINE : ExitCode.BAD_ANSWER).code();
    }

    private void print(Outcome outcome) {
        for (Outcome.Failed failed : outcome.failures()) {
            terminal.out()
                    .println(terminal.paint().tone(Tone.BAD, "FAILED") + " " + failed.title() + "\n  " + failed.diff());
        }
        int failures = outcome.failures().size();
        terminal.out()
                .println(terminal.paint()
                        .tone(
                                failures == 0 ? Tone.GOOD : Tone.BAD,
                                outcome.passed() + " passed, " + failures + " failed"));
    }

    private static String json(Outcome outcome) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("passed", outcome.passed());
        document.put("failed", outcome.failures().size());
        document.put("failures", outcome.failures());
        return JsonMapper.builder()
                .enable(SerializationFeature.INDENT_OUTPUT)
                .build()
                .writeValueAsString(document);
    }
}
