package dev.kubechurn.sim.cli;

import static java.util.Objects.requireNonNull;

import dev.kubechurn.reports.gate.Comparison;
import dev.kubechurn.reports.gate.Gate;
import dev.kubechurn.reports.gate.Policy;
import dev.kubechurn.reports.render.ComparisonReport;
import dev.kubechurn.reports.result.JmhJson;
import dev.kubechurn.reports.result.RunResult;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.Stack;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The gate: says of each metric whether the candidate is worse than the base. */
@Command(
        name = "compare",
        description = {
            "Compare results: repetitions of the base before --, repetitions of the candidate after it. Each is a run"
                    + " directory, a result.json, or JSON output of JMH.",
            "A measured metric regresses only if the change is statistically significant (corrected for multiple tests)"
                    + " and exceeds the minimum effect; exact metrics must be equal."
        },
        customSynopsis = "kubechurn compare [OPTIONS] BASE… -- CANDIDATE… [OPTIONS]",
        footerHeading = "%nExamples:%n",
        footer = {
            "  kubechurn compare base.json -- candidate.json --markdown comment.md",
            "  kubechurn compare --prediction out/virtual -- out/cluster --html prediction.html"
        },
        mixinStandardHelpOptions = true,
        versionProvider = VersionProvider.class,
        preprocessor = CompareCommand.Delimiter.class)
final class CompareCommand implements Callable<Integer> {

    private static final String CANDIDATES = "--candidate";

    /** What does not depend on how long anything takes. */
    private static final Pattern PREDICTABLE =
            Pattern.compile("^(apiserver\\.requests\\{|apiserver\\.watches\\.(peak|end)$|pods$|references$|entries$)");

    private final Terminal terminal;

    @Spec
    private @Nullable CommandSpec spec;

    @Parameters(arity = "0..*", paramLabel = "BASE", description = "Results of the base (before --).")
    private List<Path> bases = new ArrayList<>();

    @Option(
            names = CANDIDATES,
            arity = "1..*",
            paramLabel = "CANDIDATE",
            description = "Results of the candidate; the same as those after --.")
    private List<Path> candidates = new ArrayList<>();

    @Option(
            names = "--policy",
            paramLabel = "FILE",
            description = "YAML file that defines what counts as a change; see docs/gate.md.")
    private @Nullable Path policy;

    @Option(
            names = "--paired",
            description =
                    "The forks of both sides were measured in pairs, in the same order, so machine drift cancels out.")
    private boolean paired;

    @Option(
            names = "--prediction",
            description =
                    "The base is a run in virtual time, the candidate the same scenario over HTTP or on a real cluster:"
                            + " counts must match, latencies are shown side by side.")
    private boolean prediction;

    @Option(names = "--strict", description = "Also fail (exit code 1) on undecided metrics.")
    private boolean strict;

    @Option(names = "--base-name", paramLabel = "NAME", description = "Name of the base; default: its file.")
    private @Nullable String baseName;

    @Option(names = "--candidate-name", paramLabel = "NAME", description = "Name of the candidate; default: its file.")
    private @Nullable String candidateName;

    @Option(names = "--html", paramLabel = "FILE", description = "Write an HTML report.")
    private @Nullable Path html;

    @Option(names = "--markdown", paramLabel = "FILE", description = "Write a pull request comment.")
    private @Nullable Path markdown;

    @Option(names = "--junit", paramLabel = "FILE", description = "Write JUnit XML, one test case per metric.")
    private @Nullable Path junit;

    @Option(
            names = "--json",
            paramLabel = "FILE",
            description = "Write JSON, as docs/comparison.schema.json describes.")
    private @Nullable Path json;

    @Mixin
    private DetailsOption details = new DetailsOption();

    CompareCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    /** {@code --} parts the two sides, where it would end the options elsewhere. */
    static final class Delimiter implements CommandLine.IParameterPreprocessor {

        @Override
        public boolean preprocess(
                Stack<String> args,
                CommandSpec command,
                @Nullable ArgSpec argument,
                @Nullable Map<String, Object> info) {
            args.replaceAll(each -> each.equals("--") ? CANDIDATES : each);
            return false;
        }
    }

    @Override
    public Integer call() throws IOException {
        if (bases.isEmpty() || candidates.isEmpty()) {
            throw new ParameterException(
                    requireNonNull(spec).commandLine(),
                    "missing results: give the results of the base, then --, then the results of the candidate");
        }
        Comparison comparison = prediction ? predicted() : compared();
        ComparisonReport report = new ComparisonReport(comparison, strict);
        if (html != null) {
            WholeFile.write(html, report.html(PageLinks.of(html, bases), PageLinks.of(html, candidates)));
        }
        write(markdown, report.markdown());
        write(junit, report.junit());
        write(json, report.json());
        terminal.out().print(report.text(terminal.paint(), details.given()));
        return (comparison.failed(strict) ? ExitCode.BAD_ANSWER : ExitCode.FINE).code();
    }

    private Comparison predicted() {
        if (policy != null || paired) {
            throw new ParameterException(
                    requireNonNull(spec).commandLine(), "--prediction cannot be combined with --policy or --paired");
        }
        return Gate.prediction(read(bases), read(candidates), PREDICTABLE, Set.of("transport"));
    }

    private Comparison compared() {
        return Gate.compare(
                baseName == null ? title(bases) : baseName,
                read(bases),
                candidateName == null ? title(candidates) : candidateName,
                read(candidates),
                policy == null ? Policy.DEFAULT : PolicyReader.read(policy),
                paired);
    }

    private static List<RunResult> read(List<Path> files) {
        return files.stream().map(JmhJson::readAny).toList();
    }

    /** The last part of the first path that says something, and how many others there are. */
    private static String title(List<Path> files) {
        Path first = files.get(0).toAbsolutePath().normalize();
        Path name = requireNonNull(first.getFileName() == null ? first : first.getFileName());
        Path parent = first.getParent();
        boolean plain = name.toString().equals("result.json") || name.toString().equals("jmh.json");
        String title = plain && parent != null && parent.getFileName() != null
                ? parent.getFileName().toString()
                : name.toString();
        return files.size() == 1 ? title : title + " and " + (files.size() - 1) + " more";
    }

    private static void write(@Nullable Path file, String text) throws IOException {
        if (file != null) {
            WholeFile.write(file, text);
        }
    }
}
