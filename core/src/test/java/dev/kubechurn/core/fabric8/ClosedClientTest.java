package dev.kubechurn.core.fabric8;

import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.kubechurn.core.api.Call;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What is left of a client that has been closed. */
final class ClosedClientTest {

    private static final Path DESCRIPTORS = Path.of("/proc/self/fd");
    private static final int WATCHES = 50;
    private static final int ROUNDS = 12;

    /** Most rounds leave some sockets for good when the client is closed with its own method. */
    @Test
    void leavesNoSocketsOfWatchesThatWereOnTheirWayOut() throws Exception {
        assumeTrue(Files.isDirectory(DESCRIPTORS), "open sockets are counted in " + DESCRIPTORS);
        ExecutorService pool = Executors.newFixedThreadPool(2);
        try (ScriptedServer server = new ScriptedServer()) {
            long before = sockets(); // the server's, and what the JVM and other tests keep
            for (int round = 0; round < ROUNDS; round++) {
                openAndClose(server, pool);
            }
            await().atMost(Duration.ofSeconds(60)).until(() -> sockets() < before + WATCHES / 5);
        } finally {
            pool.shutdownNow();
        }
    }

    @Test
    void doesNotWaitForItselfOnAnEventLoop() {
        try (ApiFixture api = new ApiFixture()) {
            Executor onLoop = task -> api.server.vertx().runOnContext(context -> task.run());
            CompletableFuture<Void> closed =
                    CompletableFuture.runAsync(() -> KubernetesClients.close(api.client), onLoop);
            assertThatThrownBy(closed::join).hasRootCauseMessage("a client cannot be closed on an event loop");
        }
    }

    private static void openAndClose(ScriptedServer server, ExecutorService pool) throws InterruptedException {
        CountDownLatch opened = new CountDownLatch(WATCHES);
        server.watch(socket -> opened.countDown());
        KubernetesClient client = KubernetesClients.create(server.config(), pool, WATCHES);
        KubernetesObjectApi<ConfigMap> configMaps = KubernetesObjectApi.configMaps(client, pool);
        List<Call> calls = new ArrayList<>();
        for (int i = 0; i < WATCHES; i++) {
            calls.add(configMaps.watch(ApiFixture.KEY, ApiFixture.OPTIONS, new Recorder<>()));
        }
        opened.await();
        calls.forEach(Call::cancel);
        KubernetesClients.close(client);
    }

    private static long sockets() throws IOException {
        try (Stream<Path> all = Files.list(DESCRIPTORS)) {
            return all.filter(ClosedClientTest::isSocket).count();
        }
    }

    private static boolean isSocket(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor).toString().startsWith("socket:");
        } catch (IOException gone) {
            return false;
        }
    }
}
