package dev.kubechurn.sim.validation;

import dev.kubechurn.sim.run.ClusterNamespaces;
import dev.kubechurn.sim.run.EnvironmentException;
import dev.kubechurn.sim.run.RunPlan;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The kubelet's own ConfigMap and Secret managers, in a program of their own: the pods of a plan through them. For one thread. */
final class RealKubelets {

    private static final Pattern COUNT = Pattern.compile("(list|get|watch|watchlist)(?: rv=(\\S*))? = ([0-9]+)");

    /** The version of a first list (R1). */
    private static final String FIRST = "0";

    private static final String RELIST = "relist";

    /** Before the program ends. */
    private static final long LAST_LOOK_SECONDS = 3;

    private static final long PATIENCE_SECONDS = 60;

    private final Path program;
    private final Path kubeconfig;
    private final Server server;

    RealKubelets(Path program, Path kubeconfig, Server server) {
        this.program = program;
        this.kubeconfig = kubeconfig;
        this.server = server;
    }

    /**
     * Makes the objects of the plan in namespaces of its own, runs the pods, and deletes the namespaces.
     */
    KubeletFigures run(ValidationCase each, RunPlan plan, String runId, Server.Others others, Path directory)
            throws InterruptedException {
        ClusterNamespaces namespaces = new ClusterNamespaces(server.client(), runId);
        plan.workload().objectNamespaces().forEach(namespaces::create);
        try {
            Map<String, HasMetadata> objects = new TreeMap<>();
            plan.workload().initialObjects().forEach(object -> {
                object.getMetadata()
                        .setNamespace(namespaces.nameOf(object.getMetadata().getNamespace()));
                objects.put(PodFile.nameOf(object), server.create(object));
            });
            PodFile pods = PodFile.of(plan, namespaces::nameOf);
            objects.keySet()
                    .retainAll(each.kubelet() == ValidationCase.Kubelet.PODS_AND_UPDATES ? pods.named() : Set.of());
            Files.createDirectories(directory);
            Path file = Files.writeString(directory.resolve("pods.json"), pods.json());
            return measured(each, plan, file, directory.resolve("kubelet.log"), objects.values(), others);
        } catch (IOException e) {
            throw new EnvironmentException(program + ": " + e.getMessage(), e);
        } finally {
            namespaces.delete();
        }
    }

    private KubeletFigures measured(
            ValidationCase each,
            RunPlan plan,
            Path pods,
            Path log,
            Collection<HasMetadata> updated,
            Server.Others others)
            throws IOException, InterruptedException {
        long seconds = plan.duration().toSeconds();
        ServerCounts before = server.settled(counts -> true, "before the kubelet's managers");
        Process process = start(plan, pods, log);
        try {
            long half = seconds / 2;
            boolean ended = process.waitFor(half, TimeUnit.SECONDS);
            updated.forEach(server::update);
            ended |= process.waitFor(seconds - half - LAST_LOOK_SECONDS, TimeUnit.SECONDS);
            long open = server.counts().openWatches() - before.openWatches();
            if (ended || !process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
                throw new EnvironmentException(program + " did not run for " + seconds + " s; see " + log);
            }
            ServerCounts after = server.settled(
                    counts -> counts.openWatches() <= before.openWatches(), "watches of the kubelet's managers");
            WatchEvents events = WatchEvents.between(before, after, others);
            return figures(each, before, after, open, sent(Files.readString(log)), events, !updated.isEmpty());
        } finally {
            process.destroy();
        }
    }

    private Process start(RunPlan plan, Path pods, Path log) throws IOException {
        return new ProcessBuilder(
                        program.toString(),
                        "--kubeconfig=" + kubeconfig,
                        "--pods=" + pods,
                        "--strategy=" + plan.strategyTitle(),
                        "--ttl=" + plan.ttl().nanos() + "ns",
                        "--sync=" + plan.syncFrequency().toNanos() + "ns",
                        "--duration=" + plan.duration().toSeconds() + "s",
                        "--watchlist=" + plan.reflectors().watchList())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
    }

    /** By verb, as the program says at its end; a watch that brings the list is a watch. Lists after the first are told apart. */
    private static Map<String, Long> sent(String log) {
        Map<String, Long> sent = new TreeMap<>();
        log.lines().map(COUNT::matcher).filter(Matcher::matches).forEach(count -> {
            long times = Long.parseLong(count.group(3));
            String verb = count.group(1).equals("watchlist") ? "watch" : count.group(1);
            sent.merge(verb, times, Long::sum);
            if (verb.equals("list") && !FIRST.equals(count.group(2))) {
                sent.merge(RELIST, times, Long::sum);
            }
        });
        return sent;
    }

    private static KubeletFigures figures(
            ValidationCase each,
            ServerCounts before,
            ServerCounts after,
            long open,
            Map<String, Long> sent,
            WatchEvents events,
            boolean updated) {
        long lists = after.requests("LIST") - before.requests("LIST");
        long watches = after.watchesSince(before, each.longWatches());
        long gets = after.requests("GET") - before.requests("GET");
        boolean same = lists == sent.getOrDefault("list", 0L)
                && watches == sent.getOrDefault("watch", 0L)
                && gets == sent.getOrDefault("get", 0L);
        return new KubeletFigures(
                lists,
                sent.getOrDefault(RELIST, 0L),
                watches,
                gets,
                open,
                events.count(),
                events.bytesEach(),
                updated,
                same);
    }
}
