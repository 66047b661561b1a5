package dev.kubechurn.sim.validation;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * One way to load an API server whose counts are predicted. Immutable.
 *
 * @param settings over {@link #SCENARIO}, as {@code --set} takes them
 * @param tolerance of predictions, as a part; 0: they must be met
 * @param why predictions may be missed by that much
 * @param longWatches resources whose watches live for more than a minute; those of others are not the run's
 * @param kubelet what to ask of the kubelet's own managers
 */
record ValidationCase(
        String name,
        String title,
        List<String> settings,
        double tolerance,
        String why,
        Set<String> longWatches,
        Kubelet kubelet) {

    static final String SCENARIO = "settled";

    /** Of the payload of each object: larger than any bookmark. */
    static final int OBJECT_BYTES = 2048;

    enum Kubelet {
        /** Its program cannot do this, or what it sends depends on what comes first. */
        NOTHING,
        /** The same pods. */
        PODS,
        /** The same pods, and one update of each object that they watch. */
        PODS_AND_UPDATES
    }

    private static final String STEADY = "";
    private static final String CHANCE =
            "pods come and go: an object whose last pod went while its list or watch was under way is asked for again, or not,"
                    + " within milliseconds; a request given up before it was sent reaches no server";

    /** All of them. */
    static List<ValidationCase> all() {
        return List.of(
                exact("watch", "Watch, pods that stay", Kubelet.PODS),
                exact("cache", "Cache, pods that stay", Kubelet.NOTHING, "strategy=Cache"),
                exact("get", "Get, pods that stay", Kubelet.NOTHING, "strategy=Get"),
                exact(
                        "cache-first-reads",
                        "Cache, one pod on a node",
                        Kubelet.PODS,
                        "strategy=Cache",
                        "kubelet.ttl=25s",
                        "cluster.nodes=50",
                        "pods.perNode=1"),
                exact(
                        "get-first-reads",
                        "Get, each pod read once",
                        Kubelet.PODS,
                        "strategy=Get",
                        "kubelet.syncFrequency=1h"),
                exact("watchlist", "Watch with WatchList", Kubelet.PODS, "kubelet.watchList=true"),
                exact(
                        "immutable",
                        "Watch, immutable objects",
                        Kubelet.PODS,
                        "configMaps.immutable=100%",
                        "secrets.immutable=100%",
                        "pods.references.kubeRootCA=false"),
                new ValidationCase(
                        "churn",
                        "Watch, pods that come and go",
                        settings("duration=40s", "pods.churn.rate=5/s", "pods.churn.lifetime={exponential: 20s}"),
                        0.01,
                        CHANCE,
                        Set.of(),
                        Kubelet.NOTHING),
                exact(
                        "restart",
                        "Watch, kubelets that restart",
                        Kubelet.NOTHING,
                        "faults=[{at: 10s, restartKubelets: {nodes: 100%}}]"),
                exact(
                        "many",
                        "Watch, 50 nodes with 20 pods each",
                        Kubelet.PODS_AND_UPDATES,
                        "cluster.nodes=50",
                        "pods.perNode=20",
                        "cluster.namespaces=4",
                        "duration=40s",
                        "warmup=20s"),
                new ValidationCase(
                        "idle",
                        "Watch, objects read once: idle stop",
                        settings(
                                "duration=130s",
                                "pods.references={env: 2, envFrom: 1, volumes: 0, secrets: 100%, kubeRootCA: false}",
                                "updates.rate=0/s"),
                        0,
                        STEADY,
                        Set.of("secrets"),
                        Kubelet.PODS));
    }

    private static ValidationCase exact(String name, String title, Kubelet kubelet, String... settings) {
        return new ValidationCase(name, title, settings(settings), 0, STEADY, Set.of(), kubelet);
    }

    private static List<String> settings(String... more) {
        List<String> all = new ArrayList<>(List.of("configMaps.size=" + OBJECT_BYTES, "secrets.size=" + OBJECT_BYTES));
        all.addAll(List.of(more));
        return List.copyOf(all);
    }

    /** The run on a cluster, as a person would type it. */
    String command() {
        StringBuilder command = new StringBuilder("./kubechurn run " + SCENARIO + " --transport cluster");
        settings.forEach(each -> command.append(" --set '").append(each).append('\''));
        return command.toString();
    }
}
