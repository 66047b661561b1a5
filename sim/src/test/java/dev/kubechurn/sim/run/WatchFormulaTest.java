package dev.kubechurn.sim.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kubechurn.core.manager.Strategy;
import dev.kubechurn.reports.result.Labels;
import dev.kubechurn.reports.result.ValueMetric;
import dev.kubechurn.sim.cluster.PodSource;
import dev.kubechurn.sim.cluster.PodTemplate;
import dev.kubechurn.sim.engine.Draw;
import dev.kubechurn.sim.engine.RandomStreams;
import dev.kubechurn.sim.metrics.ObjectId;
import dev.kubechurn.sim.scenario.Overrides;
import dev.kubechurn.sim.scenario.ReadyMadeScenarios;
import dev.kubechurn.sim.workload.Churn;
import dev.kubechurn.sim.workload.TemplateLoad;
import dev.kubechurn.sim.workload.UpdateLoad;
import dev.kubechurn.sim.workload.WorkloadPlan;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Watches per node by a formula of others, that of kube-burner-ocp's batch churn: pods on the node × (unique Secrets +
 * unique ConfigMaps of a pod) + common Secrets + common ConfigMaps.
 *
 * <p>It assumes that every object exists, is not immutable (S7), is named by at least one pod of the node, and is read
 * again before it is idle (S9).
 */
final class WatchFormulaTest {

    private static final Duration SYNC = Duration.ofMinutes(1);

    /** Every watch is closed by the server in it at least once, and opened anew: they last an hour at most (R6). */
    private static final Duration LONG = Duration.ofMinutes(65);

    @ParameterizedTest
    @CsvSource(useHeadersInDisplayName = true, textBlock = """
                    nodes, podsPerNode, uniqueSecrets, uniqueConfigMaps, commonSecrets, commonConfigMaps
                    1,     1,           0,             0,                0,             0
                    1,     1,           1,             0,                0,             0
                    1,     1,           0,             1,                0,             0
                    3,     5,           0,             0,                2,             3
                    2,     10,          4,             6,                0,             0
                    4,     7,           2,             3,                1,             4
                    5,     20,          1,             1,                1,             1
                    1,     110,         2,             2,                3,             1
                    10,    3,           0,             2,                0,             1
                    6,     4,           3,             0,                5,             0
                    50,    2,           1,             1,                1,             0
                    2,     0,           3,             3,                0,             0
                    """)
    void everyNodeHoldsAsManyWatchesAsTheFormulaSays(
            int nodes,
            int podsPerNode,
            int uniqueSecrets,
            int uniqueConfigMaps,
            int commonSecrets,
            int commonConfigMaps)
            throws InterruptedException {
        int formula = podsPerNode * (uniqueSecrets + uniqueConfigMaps) + commonSecrets + commonConfigMaps;

        Load load = new Load();
        List<ObjectId> common = load.objects("common", commonSecrets, commonConfigMaps);
        for (int pod = 0; pod < nodes * podsPerNode; pod++) {
            List<ObjectId> own = load.objects("pod-" + pod, uniqueSecrets, uniqueConfigMaps);
            load.add(new MountingPod().mounts(own).mounts(common).template());
        }
        Ground ground = Ground.virtual(new RandomStreams(1));
        try (PhasedCluster cluster = load.cluster(ground, nodes)) {
            cluster.start(load.objects);
            cluster.pass(LONG);
            assertThat(cluster.ports()).hasSize(nodes).allSatisfy(port -> {
                assertThat(port.watches()).as("settled").isEqualTo(formula);
                assertThat(port.watchesPeak()).as("at peak").isEqualTo(formula);
                assertThat(port.requests("watch")).as("anew").isGreaterThanOrEqualTo(2L * formula);
            });
            assertThat(ground.transport().load().watches()).isEqualTo((long) nodes * formula);
            assertThat(ground.transport().load().watchesPeak()).isEqualTo((long) nodes * formula);
            cluster.drain();
        }
    }

    /** Where the formula ends: nobody reads an environment's objects again, so their watches stop (S9). */
    @Test
    void forEnvironmentsTheFormulaIsThePeakOnly() throws InterruptedException {
        int podsPerNode = 5;
        int unique = 3;
        Load load = new Load();
        for (int pod = 0; pod < podsPerNode; pod++) {
            load.add(new MountingPod()
                    .imports(load.objects("pod-" + pod, 0, unique))
                    .template());
        }
        try (PhasedCluster cluster = load.cluster(Ground.virtual(new RandomStreams(1)), 1)) {
            cluster.start(load.objects);
            cluster.pass(LONG);
            assertThat(cluster.ports().get(0).watchesPeak()).isEqualTo(podsPerNode * unique);
            assertThat(cluster.ports().get(0).watches()).isZero();
            cluster.drain();
        }
    }

    /** kube-root-ca.crt costs a watch for each namespace of which a node runs a pod. */
    @ParameterizedTest
    @CsvSource(useHeadersInDisplayName = true, textBlock = """
                    nodes, podsPerNode, namespaces
                    1,     1,           1
                    5,     10,          1
                    10,    3,           100
                    20,    30,          7
                    50,    80,          60
                    """)
    void theRootCaCostsAWatchForEachNodeAndNamespace(int nodes, int podsPerNode, int namespaces) throws Exception {
        RunPlan plan = Plans.of(ReadyMadeScenarios.read(
                "kube-root-ca",
                Overrides.of(List.of(
                        "transport=virtual",
                        "cluster.nodes=" + nodes,
                        "cluster.namespaces=" + namespaces,
                        "pods.perNode=" + podsPerNode,
                        "pods.churn.rate=0/s",
                        "pods.churn.lifetime=100h"))));
        Set<String> pairs = new TreeSet<>();
        List<PodSource> pods = new ArrayList<>();
        for (int node = 0; node < nodes; node++) {
            String place = "node " + node + ", namespace ";
            pods.add(new Overheard(plan.workload().podsOf(node), template -> pairs.add(place + template.namespace())));
        }
        Ground ground = Ground.virtual(new RandomStreams(plan.seed()));
        try (PhasedCluster cluster =
                new PhasedCluster(ground, Strategy.WATCH, SYNC, pods, new RandomStreams(plan.seed()))) {
            cluster.start(plan.workload().initialObjects());
            for (int node = 0; node < nodes; node++) {
                String place = "node " + node + ",";
                assertThat(cluster.ports().get(node).watches()).as(place).isEqualTo((int)
                        pairs.stream().filter(pair -> pair.startsWith(place)).count());
            }
            assertThat(ground.transport().load().watchesPeak()).isEqualTo(pairs.size());
            cluster.drain();
        }
        assertThat(peakOfARun(plan)).isEqualTo(pairs.size());
    }

    private static long peakOfARun(RunPlan plan) throws InterruptedException {
        try (Simulation simulation = Simulation.of(plan, 0, figures -> {})) {
            return (long) ((ValueMetric) simulation
                            .run()
                            .metric("apiserver.watches.peak", Labels.NONE)
                            .orElseThrow())
                    .value();
        }
    }

    /** Pods and the objects that they name. */
    private static final class Load {

        private final List<PodTemplate> pods = new ArrayList<>();
        private final List<HasMetadata> objects = new ArrayList<>();

        List<ObjectId> objects(String prefix, int secrets, int configMaps) {
            List<ObjectId> made = new ArrayList<>();
            for (int i = 0; i < secrets; i++) {
                made.add(MountingPod.secret(prefix + "-secret-" + i));
            }
            for (int i = 0; i < configMaps; i++) {
                made.add(MountingPod.configMap(prefix + "-config-" + i));
            }
            made.forEach(id -> objects.add(MountingPod.version(id, "value")));
            return made;
        }

        void add(PodTemplate pod) {
            pods.add(pod);
        }

        PhasedCluster cluster(Ground ground, int nodes) {
            RandomStreams streams = new RandomStreams(1);
            TemplateLoad load = new TemplateLoad(pods, List.of(), objects, Draw.constant(Long.MAX_VALUE));
            WorkloadPlan plan = WorkloadPlan.of(load, nodes, new Churn.Steady(0), new UpdateLoad(0, 0, 0), streams);
            List<PodSource> sources =
                    IntStream.range(0, nodes).mapToObj(plan::podsOf).toList();
            return new PhasedCluster(ground, Strategy.WATCH, SYNC, sources, streams);
        }
    }

    /** Pods whose templates are told as they are given out. */
    private record Overheard(PodSource real, Consumer<PodTemplate> told) implements PodSource {

        @Override
        public int slots() {
            return real.slots();
        }

        @Override
        public PodTemplate next(int slot) {
            PodTemplate template = real.next(slot);
            told.accept(template);
            return template;
        }

        @Override
        public long nextLifetimeNanos() {
            return real.nextLifetimeNanos();
        }
    }
}
