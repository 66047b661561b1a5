package dev.kubechurn.sim.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kubechurn.core.api.WatchSettings;
import dev.kubechurn.core.env.NameMode;
import dev.kubechurn.core.manager.Strategy;
import dev.kubechurn.core.store.TtlSource;
import dev.kubechurn.sim.check.Violations;
import dev.kubechurn.sim.cluster.Cluster;
import dev.kubechurn.sim.cluster.NodeEnvironment;
import dev.kubechurn.sim.cluster.PodSource;
import dev.kubechurn.sim.cluster.PodTemplate;
import dev.kubechurn.sim.cluster.SimulatedNode;
import dev.kubechurn.sim.cluster.Volumes;
import dev.kubechurn.sim.engine.RandomStreams;
import dev.kubechurn.sim.metrics.RunRecorders;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.PodSpecBuilder;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeBuilder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** 2,000 watches at once over real HTTP, in one JVM and on few threads. */
final class ManyWatchesTest {

    private static final int PODS = 40;
    private static final int OBJECTS_PER_POD = 50;
    private static final int OBJECTS = PODS * OBJECTS_PER_POD;
    private static final int MOST_THREADS = 25;
    private static final Duration LIMIT = Duration.ofMinutes(3);

    private final RandomStreams streams = new RandomStreams(1);
    private final RunRecorders recorders = new RunRecorders();
    private final Violations violations = new Violations();

    @Test
    void everyObjectIsWatchedAndEveryUpdateArrives() throws InterruptedException {
        Set<Thread> others = Thread.getAllStackTraces().keySet();
        try (Ground ground = Ground.mock(streams, 0)) {
            for (int i = 0; i < OBJECTS; i++) {
                ground.transport().writer().create(configMap(i, "before"));
            }
            Cluster cluster = new Cluster(List.of(node(ground)));
            cluster.nodes().get(0).start(ground.passage().scheduler().nanos());
            assertThat(ground.passage().await(() -> atRest(ground, cluster), LIMIT))
                    .as("%d watches open of %d", ground.transport().load().watches(), OBJECTS)
                    .isTrue();
            assertThat(ground.transport().openWatches())
                    .hasSize(OBJECTS)
                    .allSatisfy((id, count) -> assertThat(count).as("%s", id).isOne());

            recorders.measureFrom(ground.passage().scheduler().nanos());
            for (int i = 0; i < OBJECTS; i++) {
                ground.transport().writer().update(configMap(i, "after"));
            }
            assertThat(ground.passage().await(() -> cluster.behind() == 0, LIMIT))
                    .as("%d entries lack their update", cluster.behind())
                    .isTrue();
            assertThat(recorders.propagation().total().getTotalCount()).isEqualTo(OBJECTS);
            assertThat(ground.transport().load().events()).isEqualTo(OBJECTS);
            assertThat(Thread.getAllStackTraces().keySet())
                    .as("threads that were not here before")
                    .filteredOn(thread -> !others.contains(thread))
                    .hasSizeLessThanOrEqualTo(MOST_THREADS);

            cluster.drain();
            assertThat(ground.passage()
                            .await(() -> ground.transport().openWatches().isEmpty(), LIMIT))
                    .as("all watches close")
                    .isTrue();
            assertThat(violations.total()).isZero();
            cluster.close();
        }
    }

    private static boolean atRest(Ground ground, Cluster cluster) {
        return cluster.behind() == 0 && ground.transport().openWatches().size() == OBJECTS;
    }

    private SimulatedNode node(Ground ground) {
        NodeEnvironment environment = new NodeEnvironment(
                ground.passage().scheduler(),
                ground.transport()::configMaps,
                ground.transport()::secrets,
                Strategy.WATCH,
                TtlSource.absent(),
                Duration.ofMinutes(1),
                WatchSettings.DEFAULT,
                NameMode.STRICT,
                Volumes.payloadsOnly(),
                ground.commitLog(),
                recorders,
                violations,
                ground.passage()::happened);
        return new SimulatedNode(0, environment, new Pods(), streams);
    }

    private static ConfigMap configMap(int index, String value) {
        return new ConfigMapBuilder()
                .withNewMetadata()
                .withNamespace("shop")
                .withName("config-" + index)
                .endMetadata()
                .addToData("key", value)
                .build();
    }

    /** Each pod mounts objects that no other pod names. */
    private static final class Pods implements PodSource {

        @Override
        public int slots() {
            return PODS;
        }

        @Override
        public PodTemplate next(int slot) {
            List<Volume> volumes = new ArrayList<>();
            ContainerBuilder container = new ContainerBuilder().withName("main");
            for (int i = slot * OBJECTS_PER_POD; i < (slot + 1) * OBJECTS_PER_POD; i++) {
                container
                        .addNewVolumeMount()
                        .withName("volume-" + i)
                        .withMountPath("/" + i)
                        .endVolumeMount();
                volumes.add(new VolumeBuilder()
                        .withName("volume-" + i)
                        .withNewConfigMap()
                        .withName("config-" + i)
                        .endConfigMap()
                        .build());
            }
            return new PodTemplate(
                    "shop",
                    "pod",
                    new PodSpecBuilder()
                            .withEnableServiceLinks(true)
                            .withContainers(container.build())
                            .withVolumes(volumes)
                            .build());
        }

        @Override
        public long nextLifetimeNanos() {
            return Long.MAX_VALUE;
        }
    }
}
