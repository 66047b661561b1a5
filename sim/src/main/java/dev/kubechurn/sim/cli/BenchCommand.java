package dev.kubechurn.sim.cli;

import static java.util.Objects.requireNonNull;

import dev.kubechurn.reports.gate.Comparison;
import dev.kubechurn.reports.gate.Policy;
import dev.kubechurn.reports.render.BenchmarkTable;
import dev.kubechurn.reports.render.ComparisonReport;
import dev.kubechurn.reports.result.HostEnvironment;
import dev.kubechurn.reports.result.JmhJson;
import dev.kubechurn.reports.result.ResultJson;
import dev.kubechurn.reports.result.RunDirectory;
import dev.kubechurn.reports.result.RunResult;
import dev.kubechurn.sim.run.Build;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Runs benchmarks in JVMs of their own, and shows and keeps what they found. */
@Command(
        name = "bench",
        description = {
            "Run the benchmarks whose names match, one after another, each in several fresh JVMs.",
            "Next to each, shows its floor (the bare minimum of the same work) and the usual alternative."
        },
        footerHeading = "%nExamples:%n",
        footer = {"  kubechurn bench Lookup --quick", "  kubechurn bench 'RegistrationBenchmark.known' --against main"},
        mixinStandardHelpOptions = true,
        versionProvider = VersionProvider.class)
final class BenchCommand implements Callable<Integer> {

    static final String JMH_JSON = "jmh.json";
    static final String JMH_LOG = "jmh.log";

    /** Short measurements in one JVM: a first look, and no base for a decision. */
    private static final List<String> QUICK = List.of("-wi", "5", "-i", "3", "-w", "300ms", "-r", "300ms");

    private static final double QUICK_SECONDS = 2.4;

    /** Of most benchmarks: four iterations of a second to warm up, and five that count. */
    private static final double SECONDS = 9;

    /** With which +10 % is found in nearly every benchmark (docs/gate.md). */
    private static final int PAIRS = 24;

    private final Terminal terminal;
    private final Interruption interruption;

    @Spec
    private @Nullable CommandSpec spec;

    @Parameters(
            arity = "0..1",
            paramLabel = "REGEX",
            description = "Benchmarks to run, such as 'Lookup.*manager'; default: all, which takes hours.")
    private String regex = "";

    @Option(names = "--quick", description = "One JVM and two seconds per benchmark: a rough idea, not a measurement.")
    private boolean quick;

    @Option(
            names = {"-f", "--forks"},
            paramLabel = "N",
            description = "JVMs per benchmark; default: 5.")
    private @Nullable Integer forks;

    @Option(
            names = {"-t", "--threads"},
            paramLabel = "N",
            description = "Threads per benchmark; default: 1.")
    private @Nullable Integer threads;

    @Option(
            names = {"-p", "--param"},
            paramLabel = "NAME=VALUE[,VALUE…]",
            description = "Use only these values of a parameter, such as objects=10000.")
    private List<String> parameters = new ArrayList<>();

    @Option(
            names = "--against",
            paramLabel = "JAR_OR_GIT_REF",
            description =
                    "Also measure another version, in pairs of JVMs, and compare: a kubechurn-bench.jar, or a branch, tag"
                            + " or commit to build. Run again with the same --out to resume.")
    private @Nullable String against;

    @Option(names = "--pairs", paramLabel = "N", description = "With --against: pairs of JVMs; default: 24.")
    private @Nullable Integer pairs;

    @Option(
            names = "--seed",
            paramLabel = "N",
            description = "With --against: seed for the order within pairs; default: 1.")
    private long seed = 1;

    @Option(
            names = "--noise",
            description =
                    "With --against: measure the base twice in each pair (50%% slower); a difference within this noise is"
                            + " not reported as a change.")
    private boolean noise;

    @Option(
            names = "--policy",
            paramLabel = "FILE",
            description = "With --against: YAML file that defines what counts as a change.")
    private @Nullable Path policy;

    @Option(names = "--strict", description = "With --against: also fail (exit code 1) on undecided metrics.")
    private boolean strict;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "Directory for result.json, jmh.json and jmh.log; default: out/bench-TIME.")
    private @Nullable Path out;

    @Option(names = "--json", description = "Print only the result, as JSON.")
    private boolean json;

    @Option(names = "--quiet", description = "Print only the path of the result.")
    private boolean quiet;

    @Mixin
    private DetailsOption details = new DetailsOption();

    BenchCommand(Terminal terminal, Interruption interruption) {
        this.terminal = terminal;
        this.interruption = interruption;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        check();
        Instant started = Instant.now();
        Map<String, String> machine = machine();
        Path path = out == null ? Path.of("out", "bench-" + Stamp.of(started)) : out;
        try (RunDirectory directory = RunDirectory.open(path)) {
            if (against != null) {
                return compare(against, path, machine).code();
            }
            JmhProcess jmh = JmhProcess.start(JmhProcess.jar(), arguments(path), path.resolve(JMH_LOG));
            interruption.calls(jmh::stop);
            JmhProcess.Outcome outcome = jmh.follow(new BenchProgress(terminal, quiet || json));
            if (outcome.noneMatched()) {
                Files.deleteIfExists(path.resolve(JMH_LOG));
                Files.deleteIfExists(path.resolve(JMH_JSON));
                throw refused("no benchmark matches \"" + regex + "\"; available: " + JmhProcess.names());
            }
            if (outcome.exitCode() != 0) {
                return failed(path, outcome);
            }
            RunResult result = result(path.resolve(JMH_JSON), started, machine, outcome);
            directory.write(result);
            tell(result, path);
            return ExitCode.FINE.code();
        }
    }

    private ExitCode compare(String other, Path path, Map<String, String> machine)
            throws IOException, InterruptedException {
        Path ours = JmhProcess.jar();
        Policy agreed = policy == null ? Policy.DEFAULT : PolicyReader.read(policy);
        Path base = new BaseBuild(home(ours), terminal).jar(other);
        List<String> told = new ArrayList<>(List.of("-prof", "gc", "-rf", "json", "-foe", "true"));
        told.addAll(measuring(quick ? QUICK : List.of()));
        PairedBenchmarks paired = new PairedBenchmarks(
                terminal, path, Map.of("base", base, "candidate", ours), told, machine, noise, quiet || json);
        interruption.calls(paired::stop);
        int wanted = pairs == null ? PAIRS : pairs;
        paired.warn(wanted, JmhProcess.jvms(ours, regex, parameters), quick ? QUICK_SECONDS : SECONDS);
        Comparison comparison = paired.compare(regex, wanted, seed, other, agreed);
        if (comparison == null) {
            return ExitCode.INTERRUPTED;
        }
        ComparisonReport report = new ComparisonReport(comparison, strict);
        WholeFile.write(path.resolve("comparison.json"), report.json());
        WholeFile.write(path.resolve("comparison.md"), report.markdown());
        WholeFile.write(path.resolve("comparison.html"), report.html());
        terminal.out().print(json ? report.json() : report.text(terminal.paint(), details.given()));
        if (!json) {
            terminal.out().println(path.resolve("comparison.html"));
        }
        return comparison.failed(strict) ? ExitCode.BAD_ANSWER : ExitCode.FINE;
    }

    /** The checkout that the jar was built in: bench/target lies in it. */
    private static Path home(Path jar) {
        Path target = requireNonNull(jar.toAbsolutePath().normalize().getParent());
        Path bench = requireNonNull(target.getParent());
        return bench.getParent() == null ? bench : bench.getParent();
    }

    private void check() {
        if (against == null && (pairs != null || policy != null || strict || noise)) {
            throw refused("--pairs, --noise, --policy and --strict need --against");
        }
        if (against != null && forks != null) {
            throw refused("--against cannot be combined with --forks; use --pairs");
        }
        requirePositive("--pairs", pairs);
        try {
            Pattern.compile(regex);
        } catch (PatternSyntaxException e) {
            throw refused("REGEX \"" + regex + "\" is not a regular expression: " + e.getDescription());
        }
        requirePositive("--forks", forks);
        requirePositive("--threads", threads);
        for (String parameter : parameters) {
            if (!parameter.matches("[A-Za-z]\\w*=[^=]+")) {
                throw refused("--param \"" + parameter + "\" is not in the form NAME=VALUE, such as objects=10000");
            }
        }
    }

    private void requirePositive(String option, @Nullable Integer value) {
        if (value != null && (value < 1 || value > 1000)) {
            throw refused(option + " " + value + " is not between 1 and 1000");
        }
    }

    private List<String> arguments(Path directory) {
        List<String> arguments = new ArrayList<>();
        if (!regex.isEmpty()) {
            arguments.add(regex);
        }
        arguments.addAll(List.of("-prof", "gc", "-rf", "json", "-rff"));
        arguments.add(directory.resolve(JMH_JSON).toString());
        // A benchmark that fails is no result, and one that is missing would look like one that was taken away.
        arguments.addAll(List.of("-foe", "true"));
        if (forks != null || quick) {
            arguments.addAll(List.of("-f", forks == null ? "1" : forks.toString()));
        }
        arguments.addAll(measuring(quick ? QUICK : List.of()));
        return arguments;
    }

    /** How each fork is measured. */
    private List<String> measuring(List<String> iterations) {
        List<String> arguments = new ArrayList<>(iterations);
        if (threads != null) {
            arguments.addAll(List.of("-t", threads.toString()));
        }
        parameters.forEach(parameter -> arguments.addAll(List.of("-p", parameter)));
        return arguments;
    }

    private RunResult result(Path jmh, Instant started, Map<String, String> machine, JmhProcess.Outcome outcome) {
        return JmhJson.read(jmh)
                .title(regex.isEmpty() ? "All benchmarks" : "Benchmarks matching " + regex)
                .started(started)
                .duration(Duration.between(started, Instant.now()))
                .environment(machine)
                .environment(outcome.facts())
                .parameter("quick", Boolean.toString(quick))
                .build();
    }

    /** Of this JVM's facts those that hold for the JVMs of the benchmarks too, as the load is before they start. */
    private static Map<String, String> machine() {
        Map<String, String> facts = HostEnvironment.describe(Build.version(), Optional.empty());
        facts.keySet().removeAll(List.of("jdk", "jvm", "jvmArguments", "gc", "maxHeapBytes"));
        facts.putAll(HostEnvironment.machine());
        return facts;
    }

    private Integer failed(Path path, JmhProcess.Outcome outcome) throws IOException {
        Files.deleteIfExists(path.resolve(JMH_JSON)); // JMH makes it empty at its start
        if (outcome.stopped()) {
            return ExitCode.INTERRUPTED.code();
        }
        terminal.err()
                .println("kubechurn: JMH exited with code " + outcome.exitCode() + ": " + outcome.lastError() + "; see "
                        + path.resolve(JMH_LOG));
        return ExitCode.BAD_ENVIRONMENT.code();
    }

    private void tell(RunResult result, Path path) {
        if (json) {
            terminal.out().print(ResultJson.write(result));
            return;
        }
        if (!quiet) {
            BenchmarkTable table = new BenchmarkTable();
            terminal.out().print(details.given() ? table.render(result) : table.fitted(result, terminal.paint()));
            terminal.out().println();
            if (quick) {
                terminal.out().println("Rough figures only: one JVM can differ from the next by tens of percent.");
            }
        }
        terminal.out().println(path);
    }

    private ParameterException refused(String why) {
        return new ParameterException(requireNonNull(spec).commandLine(), why);
    }
}
