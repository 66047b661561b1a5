package dev.kubechurn.sim.cli;

import static java.util.Objects.requireNonNull;

import dev.kubechurn.reports.render.OutputFormat;
import dev.kubechurn.reports.render.ResultSummary;
import dev.kubechurn.reports.render.SummaryLine;
import dev.kubechurn.reports.result.Labels;
import dev.kubechurn.reports.result.RunDirectory;
import dev.kubechurn.reports.result.RunResult;
import dev.kubechurn.reports.result.ValueMetric;
import dev.kubechurn.reports.text.Paragraph;
import dev.kubechurn.sim.cost.CostReport;
import dev.kubechurn.sim.cost.ManifestCost;
import dev.kubechurn.sim.engine.WallClock;
import dev.kubechurn.sim.fuzz.Campaign;
import dev.kubechurn.sim.fuzz.ThoroughTrial;
import dev.kubechurn.sim.manifests.ManifestException;
import dev.kubechurn.sim.run.Build;
import dev.kubechurn.sim.run.ClusterAccess;
import dev.kubechurn.sim.run.EngineSpeed;
import dev.kubechurn.sim.run.RunPlan;
import dev.kubechurn.sim.run.RunReport;
import dev.kubechurn.sim.run.RunTable;
import dev.kubechurn.sim.run.Simulation;
import dev.kubechurn.sim.scenario.Overrides;
import dev.kubechurn.sim.scenario.ReadyMadeScenarios;
import dev.kubechurn.sim.scenario.Scenario;
import dev.kubechurn.sim.scenario.ScenarioException;
import dev.kubechurn.sim.scenario.Transport;
import dev.kubechurn.sim.shard.Shard;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Runs a scenario and writes what it found. */
@Command(
        name = "run",
        description =
                "Run a scenario: simulated kubelets under churn against an API server (mock, modelled in virtual time, or real).",
        footerHeading = "%nExamples:%n",
        footer = {
            "  kubechurn run",
            "  kubechurn run apiserver-restart --seed 7",
            "  kubechurn run steady-churn --transport virtual --set cluster.nodes=500 --duration 10m",
            "  kubechurn run --manifests app/ --nodes 1000",
            "  kubechurn run settled --transport cluster --context test --yes"
        },
        mixinStandardHelpOptions = true,
        versionProvider = VersionProvider.class,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:success",
            "1:failed check",
            "2:usage error or unreadable input",
            "3:environment error, such as a port in use or a full disk",
            "130:interrupted (Ctrl-C); results so far are written and marked as partial"
        })
final class RunCommand implements Callable<Integer> {

    private static final int MAX_PORT = 65_535;

    /** The file of a run directory that holds what manifests cost. */
    private static final String COSTS = "cost.csv";

    private final Terminal terminal;
    private final Interruption interruption;

    @Spec
    private @Nullable CommandSpec spec;

    @Parameters(
            arity = "0..1",
            paramLabel = "SCENARIO",
            description = "Scenario file, or name of a ready-made scenario (see kubechurn scenarios); default: "
                    + ReadyMadeScenarios.DEFAULT + ", with --manifests " + ReadyMadeScenarios.DEFAULT_FOR_MANIFESTS
                    + ".")
    private @Nullable String scenario;

    @Mixin
    private ScenarioOptions options = new ScenarioOptions();

    @Mixin
    private ClusterOptions cluster = new ClusterOptions();

    @Mixin
    private ShardOptions shards = new ShardOptions();

    @Option(names = "--print-rbac", description = "Print the RBAC manifest that --transport cluster needs, and exit.")
    private boolean printRbac;

    @Option(
            names = "--transport",
            paramLabel = "T",
            description =
                    "API server that the kubelets talk to: mock (over HTTP), virtual (a model in virtual time) or cluster (a"
                            + " real one).")
    private @Nullable String transport;

    @Option(
            names = "--manifests",
            paramLabel = "PATH",
            description =
                    "Take pods, ConfigMaps and Secrets from Kubernetes YAML (a file or directory) instead of generating"
                            + " them; may be repeated.")
    private List<Path> manifests = new ArrayList<>();

    @Option(
            names = "--nodes",
            paramLabel = "N",
            description = "With --manifests: show their cost on N nodes by workload and by object, in virtual time.")
    private @Nullable Integer nodes;

    @Option(names = "--port", paramLabel = "N", description = "Port of the mock API server; default: any free port.")
    private int port;

    @Option(
            names = "--fuzz",
            paramLabel = "N",
            description =
                    "Run up to N random scenarios in virtual time, with seeds from --seed on (default: random); stop at the"
                            + " first failure and minimise it.")
    private @Nullable Long fuzz;

    @Option(names = "--minutes", paramLabel = "M", description = "With --fuzz: stop after M minutes.")
    private @Nullable Long minutes;

    @Option(names = "--out", paramLabel = "DIR", description = "Directory for the results; default: out/NAME-SEED.")
    private @Nullable Path out;

    @Option(names = "--quiet", description = "Print only failures and the verdict.")
    private boolean quiet;

    @Option(names = "--json", description = "Print the result as JSON instead of the table.")
    private boolean json;

    @Mixin
    private DetailsOption details = new DetailsOption();

    RunCommand(Terminal terminal, Interruption interruption) {
        this.terminal = terminal;
        this.interruption = interruption;
    }

    @Override
    public Integer call() throws ScenarioException, ManifestException, InterruptedException {
        requirePort();
        options.requireNoHeap();
        if (printRbac) {
            terminal.out().print(cluster.asNodes() ? rbacAsNodes() : rbac());
            return ExitCode.FINE.code();
        }
        if (fuzz != null) {
            return fuzz(fuzz);
        }
        if (minutes != null) {
            throw refused("--minutes needs --fuzz; for a scenario, use --duration");
        }
        requireNodes();
        PreparedRun prepared = PreparedRun.of(scenarioOrDefault(), overrides(), manifests);
        Shard shard = shards.shard();
        requireSharable(prepared, shard);
        Simulation.requireMemory(prepared.plan(), Runtime.getRuntime().maxMemory());
        ClusterAccess access = access(prepared, shard);
        if (access == null && !prepared.plan().virtualTime()) {
            Simulation.requirePort(port);
        }
        try (RunDirectory directory = RunDirectory.open(directory(prepared.plan(), shard))) {
            return run(prepared, access, directory).code();
        }
    }

    private int fuzz(long count) throws InterruptedException {
        if (scenario != null
                || options.describeAScenario()
                || !manifests.isEmpty()
                || nodes != null
                || transport != null
                || json
                || port != 0) {
            throw refused("--fuzz generates its scenarios: it cannot be combined with a SCENARIO or options that change"
                    + " one");
        }
        if (count < 1 || (minutes != null && minutes < 1)) {
            throw refused("--fuzz and --minutes must be at least 1");
        }
        Shard shard = shards.shard();
        if (!shard.isWhole() && options.seed().isEmpty()) {
            throw refused(
                    "--shard " + shard + " of a campaign needs --seed, because all shards must use the same seeds");
        }
        if (shard.count() > count) {
            throw refused("--shard " + shard + ": only " + count + " seeds for " + shard.count()
                    + " shards; use fewer shards");
        }
        long first = options.seed().orElseGet(() -> ThreadLocalRandom.current().nextLong(1L << 40));
        Campaign campaign = new Campaign(Build.version(), first, count, shard);
        return fuzz(campaign).code();
    }

    /** A campaign that can be told again, and has a place of its own, is kept as it goes. */
    private ExitCode fuzz(Campaign campaign) throws InterruptedException {
        Shard shard = campaign.shard();
        boolean keeps = !shard.isWhole() || (out != null && options.seed().isPresent());
        Path all = out != null ? out : Path.of("out", "fuzz-" + campaign.firstSeed());
        Optional<Path> place = keeps ? Optional.of(ShardOptions.directory(all, shard)) : Optional.ofNullable(out);
        Optional<RunDirectory> kept = keeps ? place.map(RunDirectory::open) : Optional.empty();
        try {
            return new FuzzCampaign(terminal, new ThoroughTrial(), quiet, campaign, place, kept)
                    .run(minutes == null ? 0 : minutes);
        } finally {
            kept.ifPresent(RunDirectory::close);
        }
    }

    private ParameterException refused(String why) {
        return new ParameterException(requireNonNull(spec).commandLine(), why);
    }

    /** Shards make one load together, so they need one server together. */
    private void requireSharable(PreparedRun prepared, Shard shard) {
        if (shard.isWhole()) {
            return;
        }
        if (prepared.scenario().spec().transport() == Transport.CLUSTER) {
            if (shard.count() > prepared.plan().nodes()) {
                throw refused("--shard " + shard + ": only " + prepared.plan().nodes() + " nodes for " + shard.count()
                        + " shards; use fewer shards");
            }
            return;
        }
        throw refused(
                prepared.plan().virtualTime()
                        ? "--shard " + shard
                                + ": a run in virtual time cannot be split, because its nodes share one model of an API"
                                + " server; split a sweep or a fuzz campaign, or use --transport cluster"
                        : "--shard " + shard
                                + ": this run starts its own API server, which other shards cannot share; use"
                                + " --server URL with a kubechurn serve, or --transport cluster");
    }

    /** Null where the run needs no real cluster. */
    private @Nullable ClusterAccess access(PreparedRun prepared, Shard shard) {
        if (prepared.scenario().spec().transport() != Transport.CLUSTER) {
            if (cluster.areUsed()) {
                throw refused(
                        "--server, --kubeconfig, --context, --qps, --run-id, --shard-timeout, --as-nodes and --yes need"
                                + " --transport cluster");
            }
            return null;
        }
        if (port != 0) {
            throw refused("--port needs --transport mock");
        }
        ClusterAccess access = cluster.access(shard, prepared.fingerprint());
        cluster.requireConsent(terminal, ClusterOptions.plan(prepared.plan(), access));
        return access;
    }

    /** What a run against a cluster may do there, as manifests. */
    static String rbac() {
        return manifests("rbac.yaml");
    }

    /** The same, for kubelets that ask as as many nodes as the scenario has. */
    private String rbacAsNodes() throws ScenarioException, ManifestException {
        int nodes = PreparedRun.of(scenarioOrDefault(), overrides(), manifests)
                .plan()
                .nodes();
        String users = IntStream.range(0, nodes)
                .mapToObj(node -> "\"" + ClusterAccess.userOfNode(node) + "\"")
                .collect(Collectors.joining(", "));
        return rbac() + manifests("rbac-as-nodes.yaml").replace("USERS", users);
    }

    private static String manifests(String resource) {
        try (InputStream in = requireNonNull(RunCommand.class.getResourceAsStream(resource))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Simulation simulation(RunPlan plan, @Nullable ClusterAccess access, ProgressDisplay display) {
        return access == null
                ? Simulation.of(plan, port, display::offer)
                : Simulation.onCluster(plan, access, display::offer);
    }

    private ExitCode run(PreparedRun prepared, @Nullable ClusterAccess access, RunDirectory directory)
            throws InterruptedException {
        RunPlan plan = prepared.plan();
        if (!plan.virtualTime() && !new WarmUpProgress(terminal, interruption, quiet).warm(plan)) {
            return ExitCode.INTERRUPTED;
        }
        RunResult result;
        Optional<CostReport> costs;
        try (ProgressDisplay display = ProgressDisplay.of(progress(plan));
                Simulation simulation = simulation(plan, access, display)) {
            interruption.stops(simulation);
            tellHead(prepared, simulation);
            if (nodes != null) {
                simulation.tally();
            }
            long start = WallClock.monotonicNanos();
            result = simulation.run();
            result = EngineSpeed.of(result, WallClock.monotonicNanos() - start);
            costs = costs(prepared, simulation, result);
            directory.write(result, files(prepared, costs, result));
        }
        print(result, prepared, directory.path(), costs);
        return exitCode(result);
    }

    private Optional<CostReport> costs(PreparedRun prepared, Simulation simulation, RunResult result) {
        if (nodes == null || prepared.workloads() == null) {
            return Optional.empty();
        }
        RunPlan plan = prepared.plan();
        ManifestCost cost = ManifestCost.of(prepared.workloads(), plan.nodes(), simulation.loads());
        return Optional.of(new CostReport(
                cost,
                plan.parameters().get("duration") + ", " + plan.strategyTitle(),
                count(result, "apiserver.events"),
                count(result, "apiserver.bytes")));
    }

    private static long count(RunResult result, String metric) {
        return (long) ((ValueMetric) result.metric(metric, Labels.NONE).orElseThrow()).value();
    }

    private static Map<String, String> files(PreparedRun prepared, Optional<CostReport> costs, RunResult result) {
        Map<String, String> files = new TreeMap<>();
        files.put(RunReport.FILE, RunReport.html(result));
        files.put(Scenario.FILE, prepared.scenario().toYaml());
        costs.ifPresent(report -> files.put(COSTS, report.csv()));
        return files;
    }

    /** A violation is one however the run ended; else a partial result is no answer, good or bad. */
    private static ExitCode exitCode(RunResult result) {
        if (!result.checksHeld()) {
            return ExitCode.BAD_ANSWER;
        }
        return result.partial() ? ExitCode.INTERRUPTED : ExitCode.FINE;
    }

    private void requirePort() {
        if (port < 0 || port > MAX_PORT) {
            throw new ParameterException(
                    requireNonNull(spec).commandLine(),
                    "--port " + port + " is out of range: use 1 to " + MAX_PORT + ", or 0 for any free port");
        }
    }

    private void requireNodes() {
        if (nodes == null) {
            return;
        }
        if (manifests.isEmpty()) {
            throw refused("--nodes needs --manifests; for a scenario, use --set cluster.nodes=" + nodes);
        }
        if (nodes < 1) {
            throw refused("--nodes must be at least 1, not " + nodes);
        }
        if (transport != null && !transport.equals("virtual")) {
            throw refused("--nodes works only in virtual time: omit --transport " + transport);
        }
    }

    private String scenarioOrDefault() {
        if (scenario != null) {
            return scenario;
        }
        if (nodes != null) {
            return ReadyMadeScenarios.DEFAULT_FOR_COSTS;
        }
        return manifests.isEmpty() ? ReadyMadeScenarios.DEFAULT : ReadyMadeScenarios.DEFAULT_FOR_MANIFESTS;
    }

    private Overrides overrides() throws ScenarioException {
        Overrides overrides = options.overrides();
        if (nodes != null) {
            return overrides.withNodes(nodes).withTransport("virtual");
        }
        if (transport == null && cluster.nameAServer()) {
            return overrides.withTransport("cluster");
        }
        return transport == null ? overrides : overrides.withTransport(transport);
    }

    private Path directory(RunPlan plan, Shard shard) {
        return ShardOptions.directory(out != null ? out : Path.of("out", plan.name() + "-" + plan.seed()), shard);
    }

    private void tellHead(PreparedRun prepared, Simulation simulation) {
        if (!quiet) {
            terminal.err().println(headline(prepared.plan(), simulation));
            List<String> summary = details.given() ? prepared.summary() : prepared.brief();
            int room = details.given() ? Integer.MAX_VALUE : Paragraph.WIDTH - 2;
            summary.forEach(line -> terminal.err().println("  " + Paragraph.cut(line, room)));
        }
    }

    private Progress progress(RunPlan plan) {
        if (quiet) {
            return new Progress.Silent();
        }
        if (terminal.interactive()) {
            LiveText text = plan.virtualTime() ? new VirtualText(WallClock::monotonicNanos) : LiveText::inWallTime;
            return new ProgressBarView(terminal.err(), plan.duration().toNanos(), text);
        }
        return plan.virtualTime()
                ? ProgressLines.inVirtualTime(terminal.err(), WallClock::monotonicNanos)
                : ProgressLines.inWallTime(terminal.err());
    }

    private static String headline(RunPlan plan, Simulation simulation) {
        return String.format(
                Locale.ROOT,
                "%s: %,d nodes, %,d pods, %s, seed %d, %s",
                plan.name(),
                plan.nodes(),
                plan.pods(),
                plan.strategyTitle(),
                plan.seed(),
                simulation.transportTitle());
    }

    private void print(RunResult result, PreparedRun prepared, Path directory, Optional<CostReport> costs) {
        if (json) {
            terminal.out()
                    .print(OutputFormat.JSON
                            .renderer(RunTable.of(result, List.of()))
                            .render(result));
            return;
        }
        List<SummaryLine> closing = List.of(
                new SummaryLine("report", directory.resolve(RunReport.FILE).toString()),
                new SummaryLine("result", directory.resolve(RunDirectory.RESULT).toString()),
                new SummaryLine("repeat", "./kubechurn run " + repeat(prepared, directory)));
        if (quiet) {
            tellChecks(result);
            if (!result.checksHeld()) {
                ResultSummary.checks(result).forEach(line -> terminal.out().println("  " + line.text()));
                terminal.out().println("repeat: ./kubechurn run " + repeat(prepared, directory));
            }
        } else if (details.given()) {
            Printed.details(terminal, result, closing);
            costs.ifPresent(report -> {
                report.lines().forEach(terminal.out()::println);
                terminal.out().println();
            });
            tellChecks(result);
        } else {
            List<String> middle =
                    costs.map(report -> report.summary(terminal.paint())).orElse(List.of());
            Printed.summary(terminal, result, middle, closing);
        }
    }

    private String repeat(PreparedRun prepared, Path directory) {
        return prepared.repeat(directory) + (nodes == null ? "" : " --nodes " + nodes);
    }

    private void tellChecks(RunResult result) {
        String partial = " · partial: "
                + (result.violations() > 0 ? String.valueOf(result.partialReason()) : "ended before its time");
        terminal.tellChecks(result.violations(), result.partial() ? partial : "");
    }
}
