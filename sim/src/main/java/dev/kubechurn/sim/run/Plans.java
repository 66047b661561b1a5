package dev.kubechurn.sim.run;

import dev.kubechurn.core.api.WatchSettings;
import dev.kubechurn.core.env.NameMode;
import dev.kubechurn.core.manager.Strategy;
import dev.kubechurn.core.store.TtlController;
import dev.kubechurn.core.store.TtlSource;
import dev.kubechurn.sim.apiserver.ApiStore;
import dev.kubechurn.sim.apiserver.virtual.ServerModel;
import dev.kubechurn.sim.engine.Draw;
import dev.kubechurn.sim.engine.RandomStreams;
import dev.kubechurn.sim.run.RunPlan.BytesRange;
import dev.kubechurn.sim.scenario.Distribution;
import dev.kubechurn.sim.scenario.Fault;
import dev.kubechurn.sim.scenario.Popularity;
import dev.kubechurn.sim.scenario.Scenario;
import dev.kubechurn.sim.scenario.ScenarioSpec;
import dev.kubechurn.sim.scenario.Transport;
import dev.kubechurn.sim.scenario.Ttl;
import dev.kubechurn.sim.workload.Churn;
import dev.kubechurn.sim.workload.References;
import dev.kubechurn.sim.workload.SyntheticLoad;
import dev.kubechurn.sim.workload.TemplateLoad;
import dev.kubechurn.sim.workload.UpdateLoad;
import dev.kubechurn.sim.workload.WorkloadPlan;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Works out from a scenario what a run does. */
public final class Plans {

    /** Over HTTP nobody can tell whether an answer is still being held back, so the last checks wait for so long only. */
    private static final Duration LONGEST_DELAY = Duration.ofMinutes(1);

    private Plans() {}

    /**
     * The plan of a scenario that makes its own pods and objects.
     *
     * @throws UnsupportedScenarioException if it asks for what this version cannot do
     */
    public static RunPlan of(Scenario scenario) {
        ScenarioSpec spec = scenario.spec();
        RandomStreams streams = new RandomStreams(spec.seed());
        SyntheticLoad load = new SyntheticLoad(
                spec.cluster().namespaces(),
                objects(spec.configMaps()),
                objects(spec.secrets()),
                spec.pods().perNode(),
                references(spec.pods().references()),
                lifetime(spec.pods().churn()));
        return plan(scenario, WorkloadPlan.of(load, churn(spec), updates(spec), streams), List.of());
    }

    /**
     * The plan of a scenario whose pods and objects come from manifests; its own are not made.
     *
     * @param notes about the manifests, for the result
     * @throws UnsupportedScenarioException if it asks for what this version cannot do
     */
    public static RunPlan of(Scenario scenario, ManifestPods pods, List<String> notes) {
        ScenarioSpec spec = scenario.spec();
        RandomStreams streams = new RandomStreams(spec.seed());
        TemplateLoad load = new TemplateLoad(
                pods.pods(),
                pods.daemons(),
                pods.objects(),
                lifetime(spec.pods().churn()));
        WorkloadPlan workload = WorkloadPlan.of(load, spec.cluster().nodes(), churn(spec), updates(spec), streams);
        return plan(scenario, workload, notes);
    }

    private static RunPlan plan(Scenario scenario, WorkloadPlan workload, List<String> moreNotes) {
        ScenarioSpec spec = scenario.spec();
        requireSupported(spec);
        List<String> notes = new ArrayList<>(moreNotes);
        IdleFields.note(scenario).ifPresent(notes::add);
        return new RunPlan(
                scenario.metadata().name(),
                scenario.metadata().description(),
                spec.seed(),
                spec.duration(),
                spec.warmup(),
                spec.transport() == Transport.VIRTUAL,
                strategy(spec),
                ttl(spec),
                spec.cluster().nodes(),
                workload.pods(spec.cluster().nodes()),
                spec.kubelet().starts() == ScenarioSpec.Starts.STAGGERED,
                spec.kubelet().syncFrequency(),
                watchSettings(spec),
                spec.kubelet().envNames() == ScenarioSpec.EnvNames.RELAXED ? NameMode.RELAXED : NameMode.STRICT,
                spec.volumes().write(),
                serverModel(spec),
                watchCache(spec.apiServer().watchCache()),
                new BytesRange(
                        spec.apiServer().memoryPerWatch().min(),
                        spec.apiServer().memoryPerWatch().max()),
                workload,
                spec.updates().retryFor(),
                spec.faults(),
                scenario.parameters(),
                notes);
    }

    /** Since 1.31 the kubelet's watches last longer (R6, #124245), and since 1.21 idle ones are stopped (S9, #99393). */
    private static WatchSettings watchSettings(ScenarioSpec spec) {
        String version = spec.kubernetesVersion();
        int minor = Integer.parseInt(version.substring(version.indexOf('.') + 1));
        return new WatchSettings(
                minor < 31 ? Duration.ofMinutes(5) : WatchSettings.DEFAULT.minWatchTimeout(),
                spec.kubelet().watchList(),
                minor >= 21);
    }

    private static ServerModel serverModel(ScenarioSpec spec) {
        ScenarioSpec.ApiServer server = spec.apiServer();
        return new ServerModel(
                new ServerModel.Latency(
                        draw(server.latency().get()),
                        draw(server.latency().list()),
                        draw(server.latency().watch()),
                        draw(server.latency().event())),
                server.replicas(),
                server.maxInFlight(),
                server.queue(),
                server.streamsPerConnection(),
                spec.kubelet().qps(),
                spec.kubelet().burst(),
                spec.kubelet().nodeStatusFrequency().toNanos());
    }

    private static ApiStore.Limits watchCache(ScenarioSpec.WatchCache cache) {
        return new ApiStore.Limits(
                Math.toIntExact(cache.events().min()),
                Math.toIntExact(cache.events().max()),
                cache.fresh().toNanos(),
                ApiStore.Limits.DEFAULT.historyBytes());
    }

    private static void requireSupported(ScenarioSpec spec) {
        if (spec.transport() == Transport.CLUSTER) {
            if (spec.updates().deletions().fraction() > 0) {
                throw new UnsupportedScenarioException(
                        "\"updates.deletions\" is not supported on a real cluster, which does not report the version of a"
                                + " deletion; omit it, or use another transport");
            }
            for (Fault fault : spec.faults()) {
                if (!ClusterFaults.KNOWN.contains(fault.action().getClass())) {
                    throw new UnsupportedScenarioException("\"faults\": " + fault.name()
                            + " is not supported on a real cluster; omit it, or use another transport");
                }
            }
        }
        if (spec.transport() == Transport.MOCK) {
            for (Fault fault : spec.faults()) {
                if (!MockFaults.KNOWN.contains(fault.action().getClass())) {
                    throw new UnsupportedScenarioException(
                            "\"faults\": " + fault.name() + " needs virtual time; use transport: virtual, or omit it");
                }
                if (fault.action() instanceof Fault.DelayRequests delay
                        && delay.by().compareTo(LONGEST_DELAY) > 0) {
                    throw new UnsupportedScenarioException(
                            "\"faults\": a delay of " + delay.by().toSeconds() + "s is too long over HTTP; use at most "
                                    + LONGEST_DELAY.toSeconds() + "s, or transport: virtual");
                }
            }
        }
    }

    private static Strategy strategy(ScenarioSpec spec) {
        return switch (spec.strategy()) {
            case WATCH -> Strategy.WATCH;
            case CACHE -> Strategy.CACHE;
            case GET -> Strategy.GET;
        };
    }

    /** As the TTL controller would annotate the nodes of a cluster of this size, or as the scenario says. */
    private static TtlSource ttl(ScenarioSpec spec) {
        return spec.kubelet().ttl() instanceof Ttl.Fixed fixed
                ? TtlSource.ofSeconds(fixed.duration().toSeconds())
                : TtlSource.ofSeconds(
                        new TtlController().ttlSeconds(spec.cluster().nodes()));
    }

    private static SyntheticLoad.Objects objects(ScenarioSpec.Objects objects) {
        return new SyntheticLoad.Objects(
                objects.count(),
                objects.keys(),
                draw(objects.size()),
                objects.immutable().fraction());
    }

    private static References references(ScenarioSpec.References references) {
        return new References(
                references.env(),
                references.envFrom(),
                references.volumes(),
                references.secrets().fraction(),
                exponent(references.popularity()),
                references.kubeRootCA());
    }

    private static UpdateLoad updates(ScenarioSpec spec) {
        return new UpdateLoad(
                spec.updates().rate().perSecond(),
                spec.updates().secrets().fraction(),
                exponent(spec.updates().popularity()),
                spec.updates().deletions().fraction(),
                spec.updates().absence().toNanos());
    }

    private static Churn churn(ScenarioSpec spec) {
        if (spec.pods().churn() instanceof dev.kubechurn.sim.scenario.Churn.Cycles cycles) {
            return new Churn.Cycles(
                    cycles.percent().fraction(),
                    cycles.cycles(),
                    cycles.delay().toNanos(),
                    cycles.deleteDelay().toNanos(),
                    cycles.duration().toNanos(),
                    cycles.mode() == dev.kubechurn.sim.scenario.Churn.Mode.NAMESPACES,
                    cycles.qps() == 0 ? Double.POSITIVE_INFINITY : cycles.qps(),
                    cycles.burst() == 0 ? Math.max(1, cycles.qps()) : cycles.burst());
        }
        return new Churn.Steady(
                ((dev.kubechurn.sim.scenario.Churn.Poisson) spec.pods().churn())
                        .rate()
                        .perSecond());
    }

    private static Draw lifetime(dev.kubechurn.sim.scenario.Churn churn) {
        return churn instanceof dev.kubechurn.sim.scenario.Churn.Poisson poisson
                ? draw(poisson.lifetime())
                : Draw.constant(Long.MAX_VALUE);
    }

    private static double exponent(Popularity popularity) {
        return popularity instanceof Popularity.Zipf zipf ? zipf.exponent() : 0;
    }

    private static Draw draw(Distribution distribution) {
        if (distribution instanceof Distribution.Constant constant) {
            return Draw.constant(constant.value());
        } else if (distribution instanceof Distribution.Exponential exponential) {
            return Draw.exponential(exponential.mean());
        } else if (distribution instanceof Distribution.LogNormal logNormal) {
            return Draw.logNormal(logNormal.median(), logNormal.p99());
        }
        Distribution.Uniform uniform = (Distribution.Uniform) distribution;
        return Draw.uniform(uniform.min(), uniform.max());
    }
}
