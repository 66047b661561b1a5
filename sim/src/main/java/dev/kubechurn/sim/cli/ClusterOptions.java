package dev.kubechurn.sim.cli;

import static java.util.Objects.requireNonNull;

import dev.kubechurn.sim.run.ClusterAccess;
import dev.kubechurn.sim.run.EnvironmentException;
import dev.kubechurn.sim.run.RunPlan;
import dev.kubechurn.sim.scenario.Durations;
import dev.kubechurn.sim.shard.Shard;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Scanner;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** How a run against a real cluster finds it, and what it may do there. */
final class ClusterOptions {

    static final int DEFAULT_QPS = 50;

    /** The address that fabric8 takes where it knows of none. */
    private static final String NOWHERE = "https://kubernetes.default.svc";

    /** Images may have to be pulled before the last shard comes. */
    private static final Duration DEFAULT_PATIENCE = Duration.ofMinutes(10);

    @Spec(Spec.Target.MIXEE)
    private @Nullable CommandSpec command;

    @Option(
            names = "--kubeconfig",
            paramLabel = "FILE",
            description = "With --transport cluster: path to the kubeconfig; default: the same as kubectl.")
    private @Nullable Path kubeconfig;

    @Option(
            names = "--context",
            paramLabel = "NAME",
            description = "With --transport cluster: kubeconfig context; default: the current context.")
    private @Nullable String context;

    @Option(
            names = "--server",
            paramLabel = "URL",
            description =
                    "Run against the kubechurn serve at this address (no login needed) instead of a kubeconfig's cluster;"
                            + " implies --transport cluster.")
    private @Nullable String server;

    @Option(
            names = "--qps",
            paramLabel = "N",
            description = "With --transport cluster: maximum requests per second of the whole run, all shards together;"
                    + " default: 50.")
    private @Nullable Integer qps;

    @Option(
            names = "--run-id",
            paramLabel = "ID",
            description =
                    "With --transport cluster: run id, part of the names of the namespaces; default: random. All shards"
                            + " must use the same id.")
    private @Nullable String runId;

    @Option(
            names = "--as-nodes",
            description =
                    "With --transport cluster: send the requests of kubelet N as system:node:kubechurn-node-N in the"
                            + " group system:nodes, so that the server treats it as a kubelet.")
    private boolean asNodes;

    @Option(names = "--yes", description = "With --transport cluster: do not ask for confirmation.")
    private boolean yes;

    @Option(
            names = "--shard-timeout",
            paramLabel = "D",
            description = "With --shard: how long to wait for the other shards of the run; default: 10m.")
    private @Nullable String shardTimeout;

    boolean areUsed() {
        return kubeconfig != null
                || context != null
                || qps != null
                || runId != null
                || yes
                || asNodes
                || server != null
                || shardTimeout != null;
    }

    /** Whether the kubelets are to ask as nodes. */
    boolean asNodes() {
        return asNodes;
    }

    /** Whether a server is named that needs no kubeconfig. */
    boolean nameAServer() {
        return server != null;
    }

    /**
     * Where the cluster is, and what this process may do there.
     *
     * @param fingerprint of what all shards must have in common
     */
    ClusterAccess access(Shard shard, String fingerprint) {
        if (!shard.isWhole() && runId == null) {
            throw refused("--shard " + shard + " needs --run-id, the same for all shards");
        }
        if (shard.isWhole() && shardTimeout != null) {
            throw refused("--shard-timeout needs --shard");
        }
        int perSecond = qps == null ? DEFAULT_QPS : qps;
        if (perSecond < 1) {
            throw refused("--qps must be at least 1, not " + perSecond);
        }
        String id = runId == null
                ? String.format(Locale.ROOT, "%06x", ThreadLocalRandom.current().nextInt(1 << 24))
                : runId;
        try {
            return new ClusterAccess(config(), id, perSecond, shard, fingerprint, patience(), asNodes, server != null);
        } catch (IllegalArgumentException e) {
            throw refused("--run-id " + e.getMessage());
        }
    }

    private Duration patience() {
        if (shardTimeout == null) {
            return DEFAULT_PATIENCE;
        }
        try {
            return Durations.parse(shardTimeout);
        } catch (IllegalArgumentException e) {
            throw refused("--shard-timeout " + e.getMessage());
        }
    }

    private Config config() {
        if (server == null) {
            return config(kubeconfig, context);
        }
        if (kubeconfig != null || context != null) {
            throw refused("--server cannot be combined with --kubeconfig or --context");
        }
        try {
            return ofServer(server);
        } catch (IllegalArgumentException e) {
            throw refused("--server " + e.getMessage());
        }
    }

    /**
     * A server that wants no login.
     *
     * @throws IllegalArgumentException if it is no address
     */
    static Config ofServer(String url) {
        if (!isAddress(url)) {
            throw new IllegalArgumentException("\"" + url + "\" is not a URL: use one such as http://127.0.0.1:8001");
        }
        return withoutRetries(
                new ConfigBuilder(Config.empty()).withMasterUrl(url).build());
    }

    private static boolean isAddress(String url) {
        try {
            URI address = new URI(url);
            return address.getHost() != null && List.of("http", "https").contains(address.getScheme());
        } catch (URISyntaxException e) {
            return false;
        }
    }

    /**
     * The cluster that a kubeconfig names.
     *
     * @param kubeconfig null: as kubectl finds it
     * @param context null: its current one
     * @throws EnvironmentException if it cannot be read, or does not know the context
     */
    static Config config(@Nullable Path kubeconfig, @Nullable String context) {
        if (kubeconfig == null) {
            return withoutRetries(found(context));
        }
        if (!Files.isReadable(kubeconfig)) {
            throw new EnvironmentException("--kubeconfig: cannot read " + kubeconfig);
        }
        try {
            Config config = context == null
                    ? Config.fromKubeconfig(kubeconfig.toFile())
                    : Config.fromKubeconfig(context, kubeconfig.toFile());
            boolean known = context == null
                    || (config.getCurrentContext() != null
                            && context.equals(config.getCurrentContext().getName()));
            if (!known) {
                throw new EnvironmentException("--context " + context + " is not in " + kubeconfig);
            }
            return withoutRetries(config);
        } catch (EnvironmentException e) {
            throw e;
        } catch (RuntimeException e) {
            throw new EnvironmentException("--kubeconfig " + kubeconfig + " is not a kubeconfig", e);
        }
    }

    /** As kubectl finds it; what fabric8 falls back to exists in a pod only, and there it finds better. */
    private static Config found(@Nullable String context) {
        Config config = Config.autoConfigure(context);
        if (config.getMasterUrl().startsWith(NOWHERE)) {
            throw new EnvironmentException(
                    "no kubeconfig: KUBECONFIG names none, there is none in ~/.kube/config, and this"
                            + " is no pod of a cluster; say --kubeconfig FILE, or --server URL for a kubechurn serve");
        }
        if (context != null
                && (config.getCurrentContext() == null
                        || !context.equals(config.getCurrentContext().getName()))) {
            throw new EnvironmentException("--context " + context + " is not in the kubeconfig");
        }
        return config;
    }

    private static Config withoutRetries(Config config) {
        return new ConfigBuilder(config).withRequestRetryBackoffLimit(0).build();
    }

    /** What the run is about to do, for people. */
    static List<String> plan(RunPlan plan, ClusterAccess access) {
        int namespaces = plan.workload().objectNamespaces().size();
        int objects = plan.workload().objectCount();
        List<String> lines = new ArrayList<>();
        lines.add((access.shard().isWhole() ? "this run" : "shard " + access.shard() + " of this run")
                + " will write to " + access.config().getMasterUrl()
                + Optional.ofNullable(access.config().getCurrentContext())
                        .map(found -> " (context " + found.getName() + ")")
                        .orElse("")
                + ":");
        lines.add(String.format(
                Locale.ROOT,
                "  %,d namespaces kubechurn-%s-… with %,d ConfigMaps and Secrets, all deleted at the end",
                namespaces,
                access.runId(),
                objects));
        lines.add(String.format(
                Locale.ROOT,
                "  %.3g updates/s for %s, read by %,d simulated kubelets with %,d pods (strategy %s)",
                plan.workload().updatesPerSecond(),
                plan.parameters().get("duration"),
                plan.nodes(),
                plan.pods(),
                plan.strategyTitle()));
        lines.add(String.format(
                Locale.ROOT,
                "  at most %,d requests/s; creating the objects takes about %,d s",
                access.qps(),
                (namespaces + objects) / access.qps() + 1));
        lines.add("  if the run is killed, clean up with: kubechurn cleanup --run " + access.runId());
        return lines;
    }

    /** Asks a person, if there is one. */
    void requireConsent(Terminal terminal, List<String> plan) {
        plan.forEach(terminal.err()::println);
        terminal.err().flush();
        if (yes) {
            return;
        }
        if (!terminal.interactive()) {
            throw refused("not confirmed, nothing was written: add --yes to continue");
        }
        terminal.err().print("continue? [y/N] ");
        terminal.err().flush();
        String answer = new Scanner(System.in, Charset.defaultCharset()).findInLine("^\\s*[yY]");
        if (answer == null) {
            throw refused("not confirmed, nothing was written");
        }
    }

    private ParameterException refused(String why) {
        return new ParameterException(requireNonNull(command).commandLine(), why);
    }
}
