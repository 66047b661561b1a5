package dev.kubechurn.sim.cli;

import dev.kubechurn.core.fabric8.KubernetesClients;
import dev.kubechurn.sim.run.ClusterNamespaces;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Deletes what a run against a real cluster left there. */
@Command(
        name = "cleanup",
        description = {
            "Delete the namespaces that a killed run left on a real cluster.",
            "Deletes only namespaces with the label " + ClusterNamespaces.LABEL + "=ID."
        },
        footerHeading = "%nExample:%n",
        footer = "  kubechurn cleanup --run 3fa81c --context test",
        mixinStandardHelpOptions = true,
        versionProvider = VersionProvider.class)
final class CleanupCommand implements Callable<Integer> {

    private static final int CONNECTIONS = 10;

    private final Terminal terminal;

    @Option(
            names = "--run",
            paramLabel = "ID",
            required = true,
            description = "Run id, as printed when the run started.")
    private String run = "";

    @Option(
            names = "--kubeconfig",
            paramLabel = "FILE",
            description = "Path to the kubeconfig; default: the same as kubectl.")
    private @Nullable Path kubeconfig;

    @Option(names = "--context", paramLabel = "NAME", description = "Kubeconfig context; default: the current context.")
    private @Nullable String context;

    @Option(
            names = "--server",
            paramLabel = "URL",
            description = "Use the kubechurn serve at this address instead of a kubeconfig.")
    private @Nullable String server;

    CleanupCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        Config config = server == null ? ClusterOptions.config(kubeconfig, context) : ClusterOptions.ofServer(server);
        ExecutorService callbacks = Executors.newSingleThreadExecutor();
        KubernetesClient client = KubernetesClients.create(config, callbacks, CONNECTIONS);
        try {
            List<String> deleted = new ClusterNamespaces(client, run).delete();
            deleted.forEach(name -> terminal.out().println("deleted namespace " + name));
            if (deleted.isEmpty()) {
                terminal.out().println("nothing left of run " + run + " on " + config.getMasterUrl());
            }
            return ExitCode.FINE.code();
        } finally {
            KubernetesClients.close(client);
            callbacks.shutdownNow();
        }
    }
}
