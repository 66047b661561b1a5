package dev.kubechurn.sim.cli;

import static java.util.Objects.requireNonNull;

import dev.kubechurn.sim.run.ClusterAccess;
import dev.kubechurn.sim.scenario.ScenarioException;
import dev.kubechurn.sim.shard.Shard;
import dev.kubechurn.sim.validation.CaseResult;
import dev.kubechurn.sim.validation.Validation;
import dev.kubechurn.sim.validation.ValidationPage;
import dev.kubechurn.sim.validation.ValidationReport;
import io.fabric8.kubernetes.client.Config;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Holds predictions against a real API server's own counts. */
@Command(
        name = "validate",
        description =
                "Holds predictions against a real cluster: the same load in virtual time, on the cluster, and as the"
                        + " API server counts it. Use a test cluster that is idle, and a user who may read /metrics.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  kubechurn validate --kubeconfig kind.yaml",
            "  kubechurn validate watch cache --kubeconfig kind.yaml --rounds 3 --markdown validation.md",
            "  kubechurn validate --from out/validation --markdown validation.md"
        },
        mixinStandardHelpOptions = true,
        versionProvider = VersionProvider.class,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:all counts agree",
            "1:some counts differ",
            "2:usage error or unreadable input",
            "3:environment error"
        })
final class ValidateCommand implements Callable<Integer> {

    /** Kubelets have a limit each; that of the whole run must not slow them down. */
    private static final int QPS = 5000;

    private final Terminal terminal;
    private final Interruption interruption;

    @Spec
    private @Nullable CommandSpec spec;

    @Parameters(arity = "0..*", paramLabel = "CASE", description = "Cases to run; default: all of them.")
    private List<String> cases = new ArrayList<>();

    @Option(names = "--kubeconfig", paramLabel = "FILE", description = "Where the cluster is.")
    private @Nullable Path kubeconfig;

    @Option(
            names = "--context",
            paramLabel = "NAME",
            description = "The context of the kubeconfig; default: its current one.")
    private @Nullable String context;

    @Option(
            names = "--realmanager",
            paramLabel = "FILE",
            description = "A program with the kubelet's own managers, to take the same pods through them.")
    private @Nullable Path realmanager;

    @Option(names = "--rounds", paramLabel = "N", description = "How often to run each case; default: 1.")
    private int rounds = 1;

    @Option(
            names = "--from",
            paramLabel = "DIR",
            description = "Runs nothing: takes what an earlier validation wrote there.")
    private @Nullable Path from;

    @Option(names = "--out", paramLabel = "DIR", description = "Where the results go; default: out/validation.")
    private Path out = Path.of("out", "validation");

    @Option(names = "--markdown", paramLabel = "FILE", description = "Writes a page with all figures.")
    private @Nullable Path markdown;

    ValidateCommand(Terminal terminal, Interruption interruption) {
        this.terminal = terminal;
        this.interruption = interruption;
    }

    @Override
    public Integer call() throws IOException, ScenarioException, InterruptedException {
        ValidationReport report = from == null ? measured() : ValidationReport.read(from);
        if (markdown != null) {
            WholeFile.write(markdown, ValidationPage.markdown(report));
        }
        terminal.out()
                .println(report.agrees() ? "validation: all counts agree" : "validation: some counts do not agree");
        return (report.agrees() ? ExitCode.FINE : ExitCode.BAD_ANSWER).code();
    }

    private ValidationReport measured() throws IOException, ScenarioException, InterruptedException {
        if (kubeconfig == null) {
            throw refused("say which cluster: --kubeconfig FILE");
        }
        if (rounds < 1) {
            throw refused("--rounds " + rounds + " is no number of rounds: give one from 1 on");
        }
        if (realmanager != null && !Files.isExecutable(realmanager)) {
            throw refused("--realmanager " + realmanager + " is no program");
        }
        List<String> names = names();
        Config config = ClusterOptions.config(kubeconfig, context);
        List<CaseResult> results = new ArrayList<>();
        try (Validation validation =
                Validation.of(config, id -> access(config, id), Optional.ofNullable(realmanager), kubeconfig)) {
            interruption.calls(validation::stop);
            Map<String, String> conditions = new TreeMap<>(validation.conditions());
            conditions.put(
                    "date",
                    Instant.now().truncatedTo(ChronoUnit.DAYS).toString().substring(0, 10));
            conditions.put("rounds", String.valueOf(rounds));
            for (int round = 1; round <= rounds; round++) {
                for (String name : names) {
                    results.addAll(round(validation, round, name).stream().toList());
                    WholeFile.write(
                            out.resolve(ValidationReport.FILE), new ValidationReport(conditions, results).toJson());
                }
            }
            return new ValidationReport(conditions, results);
        }
    }

    /** One round of a case; empty after Ctrl-C. */
    private Optional<CaseResult> round(Validation validation, int round, String name)
            throws ScenarioException, InterruptedException {
        if (validation.isStopped()) {
            return Optional.empty();
        }
        String id =
                String.format(Locale.ROOT, "%06x", ThreadLocalRandom.current().nextInt(1 << 24));
        CaseResult result =
                validation.run(name, id, out.resolve("round-" + round).resolve(name));
        if (validation.isStopped()) {
            return Optional.empty();
        }
        terminal.out().println("round " + round + " · " + result.line());
        result.disagreements().forEach(each -> terminal.out().println("    " + each));
        terminal.out().flush();
        return Optional.of(result);
    }

    private List<String> names() {
        for (String name : cases) {
            if (!Validation.cases().contains(name)) {
                throw refused("\"" + name + "\" is no case; there are " + String.join(", ", Validation.cases()));
            }
        }
        return cases.isEmpty() ? Validation.cases() : cases;
    }

    private static ClusterAccess access(Config config, String id) {
        return new ClusterAccess(config, id, QPS, Shard.WHOLE, "", Duration.ZERO, false, false);
    }

    private ParameterException refused(String why) {
        return new ParameterException(requireNonNull(spec).commandLine(), why);
    }
}
