package dev.kubechurn.core.fabric8;

import static dev.kubechurn.core.fabric8.ApiFixture.KEY;
import static dev.kubechurn.core.fabric8.ApiFixture.OPTIONS;
import static dev.kubechurn.core.fabric8.ApiFixture.configMap;
import static dev.kubechurn.core.fabric8.ApiFixture.event;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import com.sun.management.UnixOperatingSystemMXBean;
import dev.kubechurn.core.api.Call;
import dev.kubechurn.core.fabric8.Recorder.Event;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Many watches through one client: all open at once, without a thread each, within the limit that was set. */
@Timeout(300)
class KubernetesClientsTest {

    /** Enough for every event loop to have its first connection. */
    private static final int WARM_UP = 20 + 4 * Runtime.getRuntime().availableProcessors();

    private static final int MANY = 300;

    @Test
    void watchesTakeNoThreads() {
        try (ApiFixture api = new ApiFixture(WARM_UP + MANY)) {
            api.server.watch(socket -> socket.writeTextMessage(event("ADDED", configMap("6", "v"))));
            List<Call> calls = new ArrayList<>(open(api, WARM_UP));
            Set<Thread> before = Thread.getAllStackTraces().keySet();

            calls.addAll(open(api, MANY));

            List<String> added = Thread.getAllStackTraces().keySet().stream()
                    .filter(thread -> !before.contains(thread))
                    .map(Thread::getName)
                    .toList();
            assertThat(added)
                    .as(
                            "only event loops, of which client and server have two for each processor, made as they are needed")
                    .allMatch(name -> name.startsWith("vert.x-eventloop-thread-"))
                    .hasSizeLessThanOrEqualTo(4 * Runtime.getRuntime().availableProcessors());
            assertThat(api.server.openSockets()).isEqualTo(WARM_UP + MANY);

            calls.forEach(Call::cancel);
            await().atMost(60, TimeUnit.SECONDS).until(() -> api.server.openSockets() == 0);
            assertThat(api.server.requests()).hasSize(WARM_UP + MANY);
        }
    }

    @Test
    void cancelledWatchesLeaveNoFileDescriptor() {
        var system = ManagementFactory.getOperatingSystemMXBean();
        assumeThat(system).isInstanceOf(UnixOperatingSystemMXBean.class);
        var descriptors = (UnixOperatingSystemMXBean) system;
        try (ApiFixture api = new ApiFixture(WARM_UP + MANY)) {
            api.server.watch(socket -> socket.writeTextMessage(event("ADDED", configMap("6", "v"))));
            List<Call> kept = open(api, WARM_UP);
            long before = descriptors.getOpenFileDescriptorCount();

            List<Call> given = open(api, MANY);
            assertThat(descriptors.getOpenFileDescriptorCount()).isGreaterThan(before + MANY);
            given.forEach(Call::cancel);

            await().atMost(60, TimeUnit.SECONDS)
                    .until(() -> descriptors.getOpenFileDescriptorCount() < before + MANY / 10);
            assertThat(api.server.openSockets()).isEqualTo(kept.size());
        }
    }

    @Test
    void watchesLeaveRoomForLists() {
        try (ApiFixture api = new ApiFixture(1)) {
            api.server.watch(socket -> socket.writeTextMessage(event("ADDED", configMap("6", "v"))));
            open(api, 1);
            api.server.answer(200, configMap("7", "v"));

            api.get().next(Recorder.Found.class);

            assertThat(api.server.openSockets()).isEqualTo(1);
        }
    }

    @Test
    void beyondTheLimitAWatchWaitsItsTurn() {
        try (ApiFixture api = new ApiFixture(2)) {
            api.server.watch(socket -> socket.writeTextMessage(event("ADDED", configMap("6", "v"))));
            List<Call> first = open(api, 2);
            Recorder<ConfigMap> third = api.watch();
            api.drain();

            first.get(0).cancel();

            third.next(Event.class);
            assertThat(api.server.peakSockets()).isEqualTo(2);
        }
    }

    /**
     * From any other thread, what the server sends between the connecting and the setting of the socket's handlers is
     * lost without a trace; no test can hold that thread in between, but one can see which it is.
     */
    @Test
    void aWatchIsOpenedOnTheEventLoopThatReadsIt() {
        try (ScriptedServer server = new ScriptedServer()) {
            Set<String> openers = ConcurrentHashMap.newKeySet();
            Config config = new ConfigBuilder(server.config())
                    .withOauthTokenProvider(() -> {
                        openers.add(Thread.currentThread().getName());
                        return "t0ken";
                    })
                    .build();
            try (ApiFixture api = new ApiFixture(config)) {
                server.watch(socket -> socket.writeTextMessage(event("ADDED", configMap("6", "v"))));

                api.watch().next(Event.class);

                assertThat(openers).isNotEmpty().allMatch(name -> name.startsWith("vert.x-eventloop-thread-"));
            }
        }
    }

    @Test
    void theConfigurationIsCopiedAndKept() {
        Config config = new ConfigBuilder(Config.empty())
                .withMasterUrl("http://127.0.0.1:1/prefix")
                .withOauthToken("t0ken")
                .withRequestTimeout(1234)
                .build();
        try (KubernetesClient client = KubernetesClients.create(config, Runnable::run, 1)) {
            Config used = client.getConfiguration();

            assertThat(used.getRequestRetryBackoffLimit()).isZero();
            assertThat(used.getOauthToken()).isEqualTo("t0ken");
            assertThat(used.getRequestTimeout()).isEqualTo(1234);
            assertThat(used.getMasterUrl()).startsWith("http://127.0.0.1:1/prefix");
            assertThat(config.getRequestRetryBackoffLimit()).isPositive();
        }
    }

    @Test
    void aLimitBelowOneIsRefused() {
        assertThatThrownBy(() -> KubernetesClients.create(Config.empty(), Runnable::run, 0))
                .hasMessage("maxConnections must be at least 1, not 0");
    }

    private static List<Call> open(ApiFixture api, int count) {
        List<Call> calls = new ArrayList<>();
        List<Recorder<ConfigMap>> recorders = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Recorder<ConfigMap> recorder = new Recorder<>();
            recorders.add(recorder);
            calls.add(api.configMaps.watch(KEY, OPTIONS, recorder));
        }
        recorders.forEach(recorder -> recorder.next(Event.class));
        return calls;
    }
}
