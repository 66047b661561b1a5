package dev.kubechurn.sim.cli;

import dev.kubechurn.sim.manifests.ManifestException;
import dev.kubechurn.sim.manifests.Manifests;
import dev.kubechurn.sim.metrics.ObjectId;
import dev.kubechurn.sim.run.Build;
import dev.kubechurn.sim.run.ManifestPods;
import dev.kubechurn.sim.run.Plans;
import dev.kubechurn.sim.run.RunPlan;
import dev.kubechurn.sim.scenario.Overrides;
import dev.kubechurn.sim.scenario.ReadyMadeScenarios;
import dev.kubechurn.sim.scenario.Scenario;
import dev.kubechurn.sim.scenario.ScenarioException;
import dev.kubechurn.sim.scenario.ScenarioReader;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * What the arguments of {@code kubechurn run} come to.
 *
 * @param summary of the manifests, one line each; empty without manifests
 * @param brief what of the summary must be read
 * @param workloads that the manifests hold; null without manifests
 */
record PreparedRun(
        Scenario scenario,
        RunPlan plan,
        List<Path> manifests,
        List<String> summary,
        List<String> brief,
        @Nullable Manifests workloads) {

    private static final int FINGERPRINT_BYTES = 8;

    static PreparedRun of(String scenario, Overrides overrides, List<Path> manifests)
            throws ScenarioException, ManifestException {
        Scenario read = scenario(scenario, overrides);
        return manifests.isEmpty()
                ? new PreparedRun(read, Plans.of(read), manifests, List.of(), List.of(), null)
                : withManifests(read, manifests);
    }

    private static PreparedRun withManifests(Scenario scenario, List<Path> files) throws ManifestException {
        Manifests read = Manifests.read(files);
        Manifests manifests = scenario.spec().pods().references().kubeRootCA() ? read.withKubeApiAccess() : read;
        int nodes = scenario.spec().cluster().nodes();
        ManifestPods pods = ManifestPods.of(manifests);
        List<String> summary = new ArrayList<>(manifests.summary(nodes).lines());
        SortedMap<ObjectId, ManifestPods.Demand> demands = pods.demand(nodes);
        demands.forEach((object, demand) -> summary.add(String.format(
                Locale.ROOT, "%s: named by %,d pods, %,d watches", object, demand.pods(), demand.watches())));
        int watches =
                demands.values().stream().mapToInt(ManifestPods.Demand::watches).sum();
        String all = String.format(Locale.ROOT, "watches: %,d on %,d nodes while all pods run", watches, nodes);
        summary.add(all);
        List<String> brief = new ArrayList<>(manifests.summary(nodes).brief());
        brief.add(all);
        return new PreparedRun(scenario, Plans.of(scenario, pods, manifests.notes()), files, summary, brief, manifests);
    }

    /** A file, or one that is ready-made. */
    static Scenario scenario(String scenario, Overrides overrides) throws ScenarioException {
        boolean file = scenario.contains("/") || scenario.contains(".") || Files.exists(Path.of(scenario));
        return ReadyMadeScenarios.has(scenario) || !file
                ? ReadyMadeScenarios.read(scenario, overrides)
                : ScenarioReader.read(Path.of(scenario), overrides);
    }

    /** Of all that makes it this run and no other: what the shards of a run must have in common. */
    String fingerprint() {
        StringBuilder all = new StringBuilder(Build.version()).append('\n').append(scenario.toYaml());
        if (workloads != null) {
            KubernetesSerialization json = new KubernetesSerialization();
            workloads
                    .templates()
                    .forEach(pods -> all.append(pods.namespace())
                            .append('/')
                            .append(pods.name())
                            .append(' ')
                            .append(pods.replicas())
                            .append(pods.daemon())
                            .append(json.asJson(pods.spec())));
            workloads.objects().forEach(object -> all.append(json.asJson(object)));
        }
        try {
            byte[] hash =
                    MessageDigest.getInstance("SHA-256").digest(all.toString().getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, FINGERPRINT_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** The arguments that repeat this run from what it wrote. */
    String repeat(Path directory) {
        StringBuilder arguments =
                new StringBuilder(directory.resolve(Scenario.FILE).toString());
        manifests.forEach(path -> arguments.append(" --manifests ").append(path));
        return arguments.toString();
    }
}
