package dev.kubechurn.sim.cli;

import static java.util.Objects.requireNonNull;

import dev.kubechurn.reports.render.Bytes;
import dev.kubechurn.reports.render.SweepTable;
import dev.kubechurn.reports.result.SweepJson;
import dev.kubechurn.reports.result.SweepResult;
import dev.kubechurn.sim.engine.WallClock;
import dev.kubechurn.sim.run.Build;
import dev.kubechurn.sim.run.UnsupportedScenarioException;
import dev.kubechurn.sim.scenario.Scenario;
import dev.kubechurn.sim.scenario.ScenarioException;
import dev.kubechurn.sim.scenario.Transport;
import dev.kubechurn.sim.scenario.Variation;
import dev.kubechurn.sim.shard.Shard;
import dev.kubechurn.sim.sweep.Sweep;
import dev.kubechurn.sim.sweep.SweepDirectory;
import dev.kubechurn.sim.sweep.SweepPart;
import dev.kubechurn.sim.sweep.SweepPlan;
import dev.kubechurn.sim.sweep.SweepRun;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Runs a grid of scenarios and puts their figures side by side. */
@Command(
        name = "sweep",
        description = "Run every combination of some values of a scenario in virtual time, several at once, and show"
                + " their figures side by side. Run it again to resume an interrupted sweep.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  kubechurn sweep steady-churn --vary strategy=Watch,Cache,Get",
            "  kubechurn sweep strategy --vary cluster.nodes=100,1000 --seeds 3 --out out/sweep"
        },
        mixinStandardHelpOptions = true,
        versionProvider = VersionProvider.class,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:success",
            "1:failed check in any run",
            "2:usage error or unreadable input",
            "3:environment error, such as a full disk",
            "130:interrupted (Ctrl-C); run the same command to resume"
        })
final class SweepCommand implements Callable<Integer> {

    /** Of the table, where nobody asks for others. */
    static final List<SweepTable.Column> COLUMNS = List.of(
            new SweepTable.Column("apiserver.watches.peak", "watches"),
            new SweepTable.Column("apiserver.requests{verb=list}", "list", 6),
            new SweepTable.Column("apiserver.requests{verb=watch}", "watch", 7),
            new SweepTable.Column("apiserver.requests{verb=get}", "get", 5),
            new SweepTable.Column("apiserver.requests.peak", "peak/s", 3),
            new SweepTable.Column("apiserver.events", "events", 4),
            new SweepTable.Column("apiserver.bytes", "bytes", 2),
            new SweepTable.Column("propagation.latency:p99", "→ kubelet p99", 1),
            new SweepTable.Column("visible.latency:p99", "→ volume p99"));

    private final Terminal terminal;
    private final Interruption interruption;

    @Spec
    private @Nullable CommandSpec spec;

    @Parameters(
            arity = "1",
            paramLabel = "SCENARIO",
            description = "Scenario file, or name of a ready-made scenario (see kubechurn scenarios).")
    private String scenario = "";

    @Option(
            names = "--vary",
            paramLabel = "PATH=V1,V2,...",
            description =
                    "Values of a field, such as cluster.nodes=100,500; if repeated, runs all combinations, and the last"
                            + " field varies fastest.")
    private List<String> vary = new ArrayList<>();

    @Option(
            names = "--seeds",
            paramLabel = "K",
            description = "Run each combination with K seeds, starting at --seed or the scenario's seed; default: 1.")
    private int seeds = 1;

    @Mixin
    private ScenarioOptions options = new ScenarioOptions();

    @Mixin
    private ShardOptions shards = new ShardOptions();

    @Option(
            names = "--metric",
            paramLabel = "NAME",
            description = "Show this figure instead of the default ones, such as apiserver.requests{verb=list} or"
                    + " visible.latency:p50; may be repeated. The output files contain all figures.")
    private List<String> metrics = new ArrayList<>();

    @Option(names = "--jobs", paramLabel = "N", description = "Runs at a time; default: one per core.")
    private int jobs;

    @Option(names = "--out", paramLabel = "DIR", description = "Directory for the results; default: out/sweep-NAME.")
    private @Nullable Path out;

    @Option(names = "--dry-run", description = "List the cells and exit.")
    private boolean dryRun;

    @Option(names = "--quiet", description = "Print only failures and the verdict.")
    private boolean quiet;

    @Option(names = "--json", description = "Print the result as JSON instead of the table.")
    private boolean json;

    @Mixin
    private DetailsOption details = new DetailsOption();

    SweepCommand(Terminal terminal, Interruption interruption) {
        this.terminal = terminal;
        this.interruption = interruption;
    }

    @Override
    public Integer call() throws ScenarioException, IOException, InterruptedException {
        options.requireNoHeap();
        requireNumbers();
        List<Variation> variations = Variation.of(vary);
        if (SweepPlan.size(variations, seeds) > SweepPlan.MOST_RUNS) {
            throw refused("the sweep has more than " + SweepPlan.MOST_RUNS + " runs: use fewer values or seeds");
        }
        SweepPlan plan = SweepPlan.of(
                overrides -> PreparedRun.scenario(scenario, overrides), options.overrides(), variations, seeds);
        long heap = Runtime.getRuntime().maxMemory();
        requireMemory(plan, heap);
        int atATime = Sweep.jobs(plan, jobs > 0 ? jobs : Runtime.getRuntime().availableProcessors(), heap);
        if (dryRun) {
            tellCells(plan, atATime);
            return ExitCode.FINE.code();
        }
        Path path = out != null
                ? out
                : Path.of("out", "sweep-" + plan.base().metadata().name());
        Shard shard = shards.shard();
        if (shard.count() > plan.runs().size()) {
            throw refused("--shard " + shard + ": only " + plan.runs().size() + " runs for " + shard.count()
                    + " shards; use fewer shards");
        }
        SweepPart part = new SweepPart(Build.version(), shard, plan);
        try (SweepDirectory directory = SweepDirectory.open(ShardOptions.directory(path, shard), part)) {
            return run(part, directory, atATime).code();
        }
    }

    private void requireNumbers() {
        if (vary.isEmpty() && seeds == 1) {
            throw refused("nothing varies: add --vary cluster.nodes=100,500 or --seeds 3, or use kubechurn run");
        }
        if (seeds < 1 || jobs < 0) {
            throw refused("--seeds and --jobs must be at least 1");
        }
    }

    private static void requireMemory(SweepPlan plan, long heap) {
        for (SweepRun run : plan.runs()) {
            if (run.bytes() > heap) {
                throw new UnsupportedScenarioException(
                        "cell " + title(run) + " needs about " + Bytes.format(run.bytes()) + ", but the heap is "
                                + Bytes.format(heap) + ": raise it with --heap, or omit the value");
            }
        }
    }

    private ParameterException refused(String why) {
        return new ParameterException(requireNonNull(spec).commandLine(), why);
    }

    private void tellCells(SweepPlan plan, int atATime) {
        for (int i = 0; i < plan.runs().size(); i += plan.seeds().size()) {
            SweepRun run = plan.runs().get(i);
            terminal.out()
                    .printf(
                            Locale.ROOT,
                            "%03d  %s · about %s%n",
                            run.cell() + 1,
                            title(run),
                            Bytes.format(run.bytes()));
        }
        terminal.out()
                .printf(
                        Locale.ROOT,
                        "%,d cells, seeds %s, %,d runs, %d at a time%n",
                        plan.cells(),
                        plan.seeds().stream().map(String::valueOf).collect(Collectors.joining(", ")),
                        plan.runs().size(),
                        atATime);
    }

    private static String title(SweepRun run) {
        return run.values().isEmpty()
                ? run.scenario().metadata().name()
                : run.values().entrySet().stream()
                        .map(value -> value.getKey() + "=" + value.getValue())
                        .collect(Collectors.joining(" "));
    }

    private ExitCode run(SweepPart part, SweepDirectory directory, int atATime)
            throws IOException, InterruptedException {
        tellHead(part, directory, atATime);
        Sweep sweep;
        boolean finished;
        try (SweepProgress progress = new SweepProgress(terminal, quiet, WallClock::monotonicNanos)) {
            sweep = new Sweep(part.plan(), part.shard(), directory, progress::show);
            interruption.calls(sweep::stop);
            finished = sweep.run(atATime);
        }
        if (!finished) {
            terminal.err().println("interrupted; run the same command to resume from " + directory.path());
            return ExitCode.INTERRUPTED;
        }
        return part.shard().isWhole() ? tell(part.plan(), sweep.result(), directory) : tellPart(part, sweep, directory);
    }

    private ExitCode tell(SweepPlan plan, SweepResult result, SweepDirectory directory) throws IOException {
        directory.write(result);
        List<SweepTable.Column> columns = columns(result);
        directory.writePages(result, columns);
        print(plan, result, columns, directory);
        return result.checksHeld() ? ExitCode.FINE : ExitCode.BAD_ANSWER;
    }

    /** A part of a table is none: what it found is told when all parts are there. */
    private ExitCode tellPart(SweepPart part, Sweep sweep, SweepDirectory directory) {
        long violations = sweep.violations();
        if (!quiet) {
            terminal.out()
                    .printf(
                            Locale.ROOT,
                            "shard %s: %,d of %,d runs, in %s%n",
                            part.shard(),
                            part.plan().runs(part.shard()).size(),
                            part.plan().runs().size(),
                            directory.path());
            terminal.out()
                    .println("  when all shards are done: ./kubechurn merge "
                            + Objects.requireNonNullElse(directory.path().getParent(), directory.path())
                            + " --out DIR");
        }
        terminal.tellChecks(violations, "");
        return violations == 0 ? ExitCode.FINE : ExitCode.BAD_ANSWER;
    }

    private void tellHead(SweepPart part, SweepDirectory directory, int atATime) {
        if (quiet) {
            return;
        }
        SweepPlan plan = part.plan();
        terminal.err()
                .printf(
                        Locale.ROOT,
                        "sweep of %s: %,d cells, %,d runs%s, %d at a time, in %s%n",
                        plan.base().metadata().name(),
                        plan.cells(),
                        plan.runs().size(),
                        part.shard().isWhole() ? "" : ", of which shard " + part.shard() + " makes its part",
                        atATime,
                        directory.path());
        if (plan.given() != Transport.VIRTUAL) {
            terminal.err().println("  in virtual time, regardless of the scenario's transport");
        }
        terminal.err().flush();
    }

    private void print(SweepPlan plan, SweepResult result, List<SweepTable.Column> columns, SweepDirectory directory) {
        if (json) {
            terminal.out().print(SweepJson.write(result));
            return;
        }
        if (!quiet) {
            new SweepText(terminal, details.given()).print(result, columns, directory);
        }
        terminal.tellChecks(result.violations(), "");
        plan.runs().forEach(run -> tellViolated(run, result, directory));
    }

    private void tellViolated(SweepRun run, SweepResult result, SweepDirectory directory) {
        SweepResult.Cell cell = result.cells().get(run.cell());
        boolean violated = cell.runs().stream().anyMatch(each -> each.seed() == run.seed() && each.violations() > 0);
        if (violated) {
            terminal.out()
                    .println("repeat: ./kubechurn run " + directory.of(run).resolve(Scenario.FILE));
        }
    }

    private List<SweepTable.Column> columns(SweepResult result) {
        for (String metric : metrics) {
            if (!result.figureNames().contains(metric)) {
                throw refused(
                        "no run has a figure " + metric + "; " + SweepDirectory.CSV + " lists all figures, such as "
                                + result.figureNames().stream()
                                        .filter(name -> name.startsWith(metric.replaceAll("[{:].*", "")))
                                        .findFirst()
                                        .orElse("apiserver.requests{verb=list}"));
            }
        }
        return metrics.isEmpty()
                ? COLUMNS
                : metrics.stream()
                        .map(name -> new SweepTable.Column(name, name))
                        .toList();
    }
}
