package dev.kubechurn.sim.cli;

import static java.util.Objects.requireNonNull;

import dev.kubechurn.sim.run.ClusterAccess;
import dev.kubechurn.sim.run.EnvironmentException;
import dev.kubechurn.sim.run.RunPlan;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
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

    private static final int DEFAULT_QPS = 50;

    @Spec(Spec.Target.MIXEE)
    private @Nullable CommandSpec command;

    @Option(
            names = "--kubeconfig",
            paramLabel = "FILE",
            description = "With --transport cluster: where the cluster is; default: as kubectl finds it.")
    private @Nullable Path kubeconfig;

    @Option(
            names = "--context",
            paramLabel = "NAME",
            description = "With --transport cluster: the context of the kubeconfig; default: its current one.")
    private @Nullable String context;

    @Option(
            names = "--qps",
            paramLabel = "N",
            description = "With --transport cluster: requests a second at most, of the whole run; default: 50.")
    private @Nullable Integer qps;

    @Option(
            names = "--run-id",
            paramLabel = "ID",
            description = "With --transport cluster: names the run's namespaces; default: drawn at random.")
    private @Nullable String runId;

    @Option(names = "--yes", description = "With --transport cluster: goes on without asking.")
    private boolean yes;

    boolean areUsed() {
        return kubeconfig != null || context != null || qps != null || runId != null || yes;
    }

    ClusterAccess access() {
        int perSecond = qps == null ? DEFAULT_QPS : qps;
        if (perSecond < 1) {
            throw refused("--qps " + perSecond + " is no rate: give one from 1 on");
        }
        String id = runId == null
                ? String.format(Locale.ROOT, "%06x", ThreadLocalRandom.current().nextInt(1 << 24))
                : runId;
        try {
            return new ClusterAccess(config(kubeconfig, context), id, perSecond);
        } catch (IllegalArgumentException e) {
            throw refused("--run-id " + e.getMessage());
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
            return withoutRetries(Config.autoConfigure(context));
        }
        if (!Files.isReadable(kubeconfig)) {
            throw new EnvironmentException("--kubeconfig " + kubeconfig + " cannot be read");
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
            throw new EnvironmentException("--kubeconfig " + kubeconfig + " is no kubeconfig", e);
        }
    }

    private static Config withoutRetries(Config config) {
        return new ConfigBuilder(config).withRequestRetryBackoffLimit(0).build();
    }

    /** What the run is about to do, for people. */
    static List<String> plan(RunPlan plan, ClusterAccess access) {
        int namespaces = plan.workload().objectNamespaces().size();
        int objects = plan.workload().objectCount();
        List<String> lines = new ArrayList<>();
        lines.add("this run will write to " + access.config().getMasterUrl()
                + Optional.ofNullable(access.config().getCurrentContext())
                        .map(found -> " (context " + found.getName() + ")")
                        .orElse("")
                + ":");
        lines.add(String.format(
                Locale.ROOT,
                "  %,d namespaces kubechurn-%s-…, and in them %,d ConfigMaps and Secrets; all are deleted at the end",
                namespaces,
                access.runId(),
                objects));
        lines.add(String.format(
                Locale.ROOT,
                "  %.3g updates/s for %s; %,d simulated kubelets with %,d pods watch them (strategy %s)",
                plan.workload().updatesPerSecond(),
                plan.parameters().get("duration"),
                plan.nodes(),
                plan.pods(),
                plan.strategyTitle()));
        lines.add(String.format(
                Locale.ROOT,
                "  at most %,d requests/s, so that creating all takes some %,d s",
                access.qps(),
                (namespaces + objects) / access.qps() + 1));
        lines.add("  what a killed run leaves: kubechurn cleanup --run " + access.runId());
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
            throw refused("nothing was written: say --yes to go on");
        }
        terminal.err().print("go on? [y/N] ");
        terminal.err().flush();
        String answer = new Scanner(System.in, Charset.defaultCharset()).findInLine("^\\s*[yY]");
        if (answer == null) {
            throw refused("nothing was written");
        }
    }

    private ParameterException refused(String why) {
        return new ParameterException(requireNonNull(command).commandLine(), why);
    }
}
