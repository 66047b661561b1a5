package dev.kubechurn.sim.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.kubechurn.core.fabric8.KubernetesClients;
import dev.kubechurn.core.fabric8.KubernetesObjectApi;
import dev.kubechurn.sim.apiserver.ApiStore;
import dev.kubechurn.sim.apiserver.ListRequest;
import dev.kubechurn.sim.apiserver.Resource;
import dev.kubechurn.sim.apiserver.Selection;
import dev.kubechurn.sim.apiserver.http.Access;
import dev.kubechurn.sim.apiserver.http.MockApiServer;
import dev.kubechurn.sim.engine.WallClock;
import dev.kubechurn.sim.metrics.CommitLog;
import dev.kubechurn.sim.shard.Shard;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.net.InetAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Two processes that take themselves for the same shard. Each step is taken here, one after the other. */
@Timeout(60)
final class MeetingTest {

    private final WallClock clock = new WallClock(2, MeetingTest::fail);
    private final ApiStore store =
            new ApiStore(ApiStore.Limits.DEFAULT, clock, InstantSource.system(), new SplittableRandom(1));
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private MockApiServer server;
    private Config config;
    private KubernetesClient client;

    private static void fail(Throwable failure) {
        throw new IllegalStateException(failure);
    }

    @BeforeEach
    void connect() throws Exception {
        server = MockApiServer.serve(store, InetAddress.getLoopbackAddress(), 0, Access.OPEN);
        config = new ConfigBuilder(Config.empty())
                .withMasterUrl(server.url().toString())
                .build();
        client = KubernetesClients.create(config, threads, 10);
    }

    @AfterEach
    void disconnect() {
        KubernetesClients.close(client);
        server.close();
        clock.close();
        threads.shutdownNow();
    }

    private Meeting process(int shard) {
        ClusterAccess access = new ClusterAccess(
                config, "meet", 100, new Shard(shard, 2), "fingerprint", Duration.ofSeconds(30), false, false);
        return new Meeting(
                client,
                new ClusterNamespaces(client, "meet"),
                access,
                KubernetesObjectApi.configMaps(client, threads, MeetingTest::fail),
                clock,
                new SharedWrites("meet", Set.of(), new CommitLog(), clock, InstantSource.system()),
                () -> {});
    }

    private List<String> configMaps() {
        return store.list(ListRequest.newest(Selection.of(Resource.CONFIGMAPS, "kubechurn-meet"))).items().stream()
                .map(object -> object.key().name())
                .filter(name -> !name.equals("kube-root-ca.crt"))
                .toList();
    }

    @Test
    void theFirstOfTwoWithOneNumberIsRefusedAndTheOtherTakesItsPlace() {
        Meeting first = process(0);
        first.enter();
        Meeting again = process(0);
        again.enter();

        assertThatExceptionOfType(EnvironmentException.class)
                .isThrownBy(first::arrive)
                .withMessage("shard 0/2 of run meet is running in two processes: another process started later;"
                        + " give each process its own shard number");
        assertThat(first.leave()).as("whether it cleans up").isFalse();

        Meeting other = process(1);
        other.enter();
        other.arrive();
        assertThat(configMaps()).as("before all are ready").containsExactly("shard-0", "shard-1");
        again.arrive();
        assertThat(configMaps()).containsExactly("shard-0", "shard-1", "start");
        assertThat(again.leave()).isFalse();
        assertThat(other.leave()).as("the last one").isTrue();
    }

    @Test
    void oneThatWasReplacedDuringTheLoadLeavesTheEndToTheOther() {
        Meeting first = process(0);
        Meeting other = process(1);
        first.enter();
        other.enter();
        first.arrive();
        other.arrive();
        assertThat(other.leave()).isFalse();

        Meeting again = process(0);
        again.enter();
        assertThat(first.leave()).as("another one is still at it").isFalse();
        again.arrive();
        assertThat(again.leave()).as("the last one").isTrue();
    }
}
