package dev.kubechurn.sim.cli;

import static java.util.Objects.requireNonNull;

import dev.kubechurn.sim.job.FuzzTask;
import dev.kubechurn.sim.job.JobException;
import dev.kubechurn.sim.job.JobManifests;
import dev.kubechurn.sim.job.JobNames;
import dev.kubechurn.sim.job.RunTask;
import dev.kubechurn.sim.job.SweepTask;
import dev.kubechurn.sim.job.Task;
import dev.kubechurn.sim.run.ClusterAccess;
import dev.kubechurn.sim.run.Plans;
import dev.kubechurn.sim.run.RunPlan;
import dev.kubechurn.sim.scenario.Scenario;
import dev.kubechurn.sim.scenario.ScenarioException;
import dev.kubechurn.sim.scenario.Variation;
import dev.kubechurn.sim.sweep.SweepPlan;
import io.fabric8.kubernetes.api.model.rbac.ClusterRole;
import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Prints the manifests of a Job whose pods share a run, a sweep or a fuzz campaign. */
@Command(
        name = "job",
        description =
                "Print manifests for kubectl apply: a Kubernetes Job whose pods share a sweep, a fuzz campaign, or a run"
                        + " against their own cluster. Does not contact a cluster.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  kubechurn job settled --shards 5 --image kubechurn | kubectl apply -f -",
            "  kubechurn job strategy --sweep --seeds 8 --shards 4 --image kubechurn",
            "  kubechurn job --fuzz 100000 --seed 1 --shards 20 --image kubechurn"
        },
        mixinStandardHelpOptions = true,
        versionProvider = VersionProvider.class,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:success", "2:usage error or unreadable input"})
final class JobCommand implements Callable<Integer> {

    private final Terminal terminal;

    @Spec
    private @Nullable CommandSpec spec;

    @Parameters(
            arity = "0..1",
            paramLabel = "SCENARIO",
            description = "Scenario file, or name of a ready-made scenario (see kubechurn scenarios).")
    private @Nullable String scenario;

    @Mixin
    private OverrideOptions options = new OverrideOptions();

    @Mixin
    private JobOptions job = new JobOptions();

    @Option(
            names = "--run-id",
            paramLabel = "ID",
            description =
                    "For a run: run id, part of the names of namespaces and results; default: scenario name and seed.")
    private @Nullable String runId;

    @Option(
            names = "--qps",
            paramLabel = "N",
            description = "For a run: maximum requests per second, all pods together; default: 50.")
    private @Nullable Integer qps;

    @Option(names = "--sweep", description = "Sweep over the scenario in virtual time instead of running it.")
    private boolean sweep;

    @Option(
            names = "--vary",
            paramLabel = "PATH=V1,V2,...",
            description = "With --sweep: values of a field, as in kubechurn sweep; may be repeated.")
    private List<String> vary = new ArrayList<>();

    @Option(
            names = "--seeds",
            paramLabel = "K",
            description = "With --sweep: run each combination with K seeds; default: 1.")
    private @Nullable Integer seeds;

    @Option(
            names = "--fuzz",
            paramLabel = "COUNT",
            description = "Run COUNT random scenarios, with seeds from --seed on.")
    private @Nullable Long fuzz;

    @Option(names = "--minutes", paramLabel = "M", description = "With --fuzz: stop each pod after M minutes.")
    private @Nullable Long minutes;

    JobCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws ScenarioException {
        try {
            Task task = task();
            terminal.out()
                    .print(JobManifests.of(task, job.settings(task), rules()).yaml());
            return ExitCode.FINE.code();
        } catch (JobException e) {
            throw refused(String.valueOf(e.getMessage()));
        }
    }

    private ParameterException refused(String why) {
        return new ParameterException(requireNonNull(spec).commandLine(), why);
    }

    private Task task() throws ScenarioException {
        if (fuzz != null) {
            return fuzz(fuzz);
        }
        if (minutes != null) {
            throw refused("--minutes needs --fuzz");
        }
        if (scenario == null) {
            throw refused("missing scenario: name a SCENARIO, or use --fuzz COUNT");
        }
        if (sweep) {
            return sweep(scenario);
        }
        if (!vary.isEmpty() || seeds != null) {
            throw refused("--vary and --seeds need --sweep");
        }
        return run(scenario);
    }

    private Task fuzz(long count) {
        if (scenario != null || options.describeAScenario() || sweep || !vary.isEmpty() || seeds != null) {
            throw refused(
                    "--fuzz generates its scenarios: it cannot be combined with a SCENARIO or options that change one");
        }
        requireNoRun();
        if (count < 1 || (minutes != null && minutes < 1)) {
            throw refused("--fuzz and --minutes must be at least 1");
        }
        long seed = options.seed()
                .orElseThrow(() -> refused("--fuzz needs --seed N here, because all shards must use the same seeds"));
        return new FuzzTask(seed, count, minutes == null ? OptionalLong.empty() : OptionalLong.of(minutes));
    }

    private void requireNoRun() {
        if (runId != null || qps != null) {
            throw refused("--run-id and --qps cannot be combined with --sweep or --fuzz");
        }
    }

    private Task sweep(String name) throws ScenarioException {
        requireNoRun();
        int each = seeds == null ? 1 : seeds;
        if (each < 1) {
            throw refused("--seeds must be at least 1");
        }
        if (vary.isEmpty() && each == 1) {
            throw refused("nothing varies: add --vary cluster.nodes=100,500 or --seeds 3, or omit --sweep");
        }
        if (SweepPlan.size(Variation.of(vary), each) > SweepPlan.MOST_RUNS) {
            throw refused("the sweep has more than " + SweepPlan.MOST_RUNS + " runs: use fewer values or seeds");
        }
        Scenario base = PreparedRun.scenario(name, options.overrides().withTransport("virtual"));
        return SweepTask.of(base, vary, each);
    }

    private Task run(String name) throws ScenarioException {
        Scenario given = PreparedRun.scenario(name, options.overrides().withTransport("cluster"));
        RunPlan plan = Plans.of(given);
        int perSecond = qps == null ? ClusterOptions.DEFAULT_QPS : qps;
        if (perSecond < 1) {
            throw refused("--qps must be at least 1, not " + perSecond);
        }
        try {
            String id = runId == null ? JobNames.id(plan.name(), plan.seed()) : runId;
            return new RunTask(given, plan, ClusterAccess.requireRunId(id), perSecond);
        } catch (IllegalArgumentException e) {
            throw refused("--run-id " + e.getMessage());
        }
    }

    /** The same as {@code run --print-rbac} prints. */
    private static List<PolicyRule> rules() {
        List<?> documents = new KubernetesSerialization().unmarshal(RunCommand.rbac());
        return documents.stream()
                .filter(ClusterRole.class::isInstance)
                .map(ClusterRole.class::cast)
                .findFirst()
                .orElseThrow()
                .getRules();
    }
}
