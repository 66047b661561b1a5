package dev.kubechurn.sim.validation;

import dev.kubechurn.core.fabric8.KubernetesClients;
import dev.kubechurn.reports.result.CheckResult;
import dev.kubechurn.reports.result.RunDirectory;
import dev.kubechurn.reports.result.RunResult;
import dev.kubechurn.sim.run.Build;
import dev.kubechurn.sim.run.ClusterAccess;
import dev.kubechurn.sim.run.Plans;
import dev.kubechurn.sim.run.RunPlan;
import dev.kubechurn.sim.run.RunReport;
import dev.kubechurn.sim.run.Simulation;
import dev.kubechurn.sim.scenario.Overrides;
import dev.kubechurn.sim.scenario.ReadyMadeScenarios;
import dev.kubechurn.sim.scenario.Scenario;
import dev.kubechurn.sim.scenario.ScenarioException;
import dev.kubechurn.sim.validation.ValidationCase.Kubelet;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Runs cases in virtual time, on a real server, and through the kubelet's own managers where they are. For one thread. */
public final class Validation implements AutoCloseable {

    private static final int CONNECTIONS = 20;
    private static final String INTERRUPTED = "interrupted";

    private final ExecutorService callbacks;
    private final KubernetesClient client;
    private final Server server;
    private final Function<String, ClusterAccess> access;
    private final Optional<RealKubelets> kubelets;
    private Server.@Nullable Others others;
    private volatile @Nullable Simulation underWay;
    private volatile boolean stopped;

    private Validation(
            Config config, Function<String, ClusterAccess> access, Optional<Path> realmanager, Path kubeconfig) {
        this.callbacks = Executors.newSingleThreadExecutor();
        this.client = KubernetesClients.create(config, callbacks, CONNECTIONS);
        this.server = new Server(client);
        this.access = access;
        this.kubelets = realmanager.map(program -> new RealKubelets(program, kubeconfig, server));
    }

    /**
     * Ready to validate on a server.
     *
     * @param access of a run, by its id
     * @param realmanager the program with the kubelet's own managers
     * @param kubeconfig for that program
     */
    public static Validation of(
            Config config, Function<String, ClusterAccess> access, Optional<Path> realmanager, Path kubeconfig) {
        return new Validation(config, access, realmanager, kubeconfig);
    }

    /** The names of all cases. */
    public static List<String> cases() {
        return ValidationCase.all().stream().map(ValidationCase::name).toList();
    }

    /** What a reader must know of the place. */
    public Map<String, String> conditions() {
        return Map.of(
                "API server",
                server.version(),
                "Kubechurn",
                Build.version(),
                "machine",
                Runtime.getRuntime().availableProcessors()
                        + " CPUs, client and server on the network of the kubeconfig");
    }

    /** Ends the round that is under way soon, with its namespaces deleted; what it returns is not to be used. For any thread. */
    public void stop() {
        stopped = true;
        Simulation current = underWay;
        if (current != null) {
            current.stop(INTERRUPTED);
        }
    }

    public boolean isStopped() {
        return stopped;
    }

    @Override
    public void close() {
        KubernetesClients.close(client);
        callbacks.shutdownNow();
    }

    /**
     * One round of a case.
     *
     * @param name of the case
     * @param runId names its namespaces
     * @param directory for its results
     */
    public CaseResult run(String name, String runId, Path directory) throws ScenarioException, InterruptedException {
        ValidationCase each = ValidationCase.all().stream()
                .filter(one -> one.name().equals(name))
                .findFirst()
                .orElseThrow();
        server.awaitNoNamespaces();
        if (others == null) {
            others = server.others(runId + "-c", ValidationCase.OBJECT_BYTES);
            server.awaitNoNamespaces();
        }
        Scenario virtual = scenario(each, "virtual");
        RunResult predicted;
        try (Simulation simulation = Simulation.of(Plans.of(virtual), 0, figures -> {})) {
            predicted = simulation.run();
        }
        write(virtual, predicted, directory.resolve("predicted"));
        Scenario real = scenario(each, "cluster");
        RunPlan plan = Plans.of(real);
        Moments moments = new Moments(server);
        RunResult sent;
        ServerCounts after;
        try (Simulation simulation = Simulation.onCluster(plan, access.apply(runId), figures -> {})) {
            underWay = simulation;
            if (stopped) {
                simulation.stop(INTERRUPTED);
            }
            simulation.listen(moments);
            sent = simulation.run();
            after = server.settled(
                    counts -> counts.openWatches() <= moments.begin().openWatches(), "watches of the run stay open");
        }
        write(real, sent, directory.resolve("sent"));
        WatchEvents events = WatchEvents.between(moments.begin(), after, others);
        return new CaseResult(
                each.name(),
                each.title(),
                each.command(),
                new RunFigures(each, predicted, sent, moments, after, events, plan).all(),
                events.bytesEach(),
                kubelets(each, plan, runId + "-k", directory),
                violations(predicted, sent));
    }

    private @Nullable KubeletFigures kubelets(ValidationCase each, RunPlan plan, String runId, Path directory)
            throws InterruptedException {
        if (stopped || kubelets.isEmpty() || each.kubelet() == Kubelet.NOTHING || others == null) {
            return null;
        }
        server.awaitNoNamespaces();
        return kubelets.get().run(each, plan, runId, others, directory);
    }

    private static Scenario scenario(ValidationCase each, String transport) throws ScenarioException {
        List<String> settings = new ArrayList<>(each.settings());
        settings.add("transport=" + transport);
        return ReadyMadeScenarios.read(ValidationCase.SCENARIO, Overrides.of(settings));
    }

    private static void write(Scenario scenario, RunResult result, Path path) {
        try (RunDirectory directory = RunDirectory.open(path)) {
            directory.write(result, Map.of(RunReport.FILE, RunReport.html(result), Scenario.FILE, scenario.toYaml()));
        }
    }

    private static List<String> violations(RunResult... results) {
        List<String> all = new ArrayList<>();
        for (RunResult result : results) {
            for (CheckResult check : result.checks()) {
                check.messages().stream()
                        .limit(check.violations())
                        .forEach(message -> all.add("check " + check.name() + ": " + message));
            }
        }
        return all;
    }
}
