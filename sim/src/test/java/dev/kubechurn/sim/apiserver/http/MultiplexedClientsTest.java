package dev.kubechurn.sim.apiserver.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.kubechurn.core.api.ApiError;
import dev.kubechurn.core.api.ObjectApi;
import dev.kubechurn.core.api.ObjectApi.WatchOptions;
import dev.kubechurn.core.api.ObjectKey;
import dev.kubechurn.core.api.WatchEvent;
import dev.kubechurn.core.fabric8.MultiplexedClients;
import dev.kubechurn.core.fabric8.MultiplexedClients.Connections;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.Http2Settings;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.KeyStoreOptions;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Many watches over HTTP/2: connections and the server's limit of streams, and servers that go away. */
@Timeout(180)
final class MultiplexedClientsTest {

    private static final ObjectKey KEY = new ObjectKey("ns", "app");
    private static final int STREAMS = 10;
    private static final String EVENT =
            "{\"type\":\"ADDED\",\"object\":{\"kind\":\"ConfigMap\",\"apiVersion\":\"v1\",\"metadata\":{\"name\":\"app\",\"namespace\":\"ns\",\"resourceVersion\":\"6\"}}}\n";

    private static ServerIdentity identity;

    private final Vertx vertx = Vertx.vertx();
    private final ExecutorService pool = Executors.newFixedThreadPool(2);
    private final Set<HttpConnection> connections = ConcurrentHashMap.newKeySet();
    private final List<HttpVersion> versions = new CopyOnWriteArrayList<>();
    private volatile Handler<HttpServerRequest> script = request -> stream(request);
    private HttpServer server;
    private MultiplexedClients clients;
    private ObjectApi<ConfigMap> configMaps;

    @BeforeAll
    static void identity() throws Exception {
        identity = ServerIdentity.selfSigned(InetAddress.getLoopbackAddress());
    }

    @BeforeEach
    void serve() {
        server = listen(0, true);
        clients = clients(server.actualPort());
        configMaps = clients.open(Map.of()).configMaps(pool, failure -> {});
    }

    private static void stream(HttpServerRequest request) {
        var unused = request.response().setChunked(true).write(EVENT);
    }

    private HttpServer listen(int port, boolean http2) {
        HttpServerOptions options = new HttpServerOptions()
                .setHost("127.0.0.1")
                .setPort(port)
                .setSsl(true)
                .setUseAlpn(http2)
                .setInitialSettings(new Http2Settings().setMaxConcurrentStreams(STREAMS))
                .setKeyCertOptions(new KeyStoreOptions()
                        .setType("PKCS12")
                        .setValue(Buffer.buffer(identity.keyStore()))
                        .setPassword(identity.password()));
        return vertx.createHttpServer(options)
                .connectionHandler(connection -> {
                    connections.add(connection);
                    connection.closeHandler(closed -> connections.remove(connection));
                })
                .requestHandler(request -> {
                    versions.add(request.version());
                    script.handle(request);
                })
                .listen()
                .toCompletionStage()
                .toCompletableFuture()
                .join();
    }

    private MultiplexedClients clients(int port) {
        String ca = Base64.getEncoder().encodeToString(identity.certificatePem().getBytes(StandardCharsets.UTF_8));
        return MultiplexedClients.create(
                new ConfigBuilder(io.fabric8.kubernetes.client.Config.empty())
                        .withMasterUrl("https://127.0.0.1:" + port)
                        .withCaCertData(ca)
                        .build(),
                pool);
    }

    @AfterEach
    void close() {
        clients.close();
        vertx.close().toCompletionStage().toCompletableFuture().join();
        pool.shutdownNow();
    }

    /** Counts. */
    private static final class Seen implements ObjectApi.WatchHandler, ObjectApi.GetHandler<ConfigMap> {

        final AtomicInteger events = new AtomicInteger();
        final AtomicInteger closed = new AtomicInteger();
        final AtomicInteger found = new AtomicInteger();
        final List<ApiError> errors = new CopyOnWriteArrayList<>();

        @Override
        public void event(WatchEvent event) {
            events.incrementAndGet();
        }

        @Override
        public void closed() {
            closed.incrementAndGet();
        }

        @Override
        public void found(ConfigMap object) {
            found.incrementAndGet();
        }

        @Override
        public void failed(ApiError error) {
            errors.add(error);
        }

        void awaitEvents(int count) {
            await().atMost(60, TimeUnit.SECONDS).until(() -> events.get() == count);
        }
    }

    private Seen watch(int count) {
        Seen seen = new Seen();
        for (int i = 0; i < count; i++) {
            configMaps.watch(KEY, new WatchOptions("5", true, 1800), seen);
        }
        return seen;
    }

    @Test
    void allWatchesOfAClientShareOneConnection() {
        watch(STREAMS).awaitEvents(STREAMS);

        assertThat(clients.connections()).isEqualTo(new Connections(1, 1, 1));
        assertThat(connections).hasSize(1);
        assertThat(versions).containsOnly(HttpVersion.HTTP_2);
    }

    @Test
    void oneConnectionMoreWheneverTheServersLimitIsReached() {
        Seen seen = watch(3 * STREAMS - 1);
        seen.awaitEvents(3 * STREAMS - 1);

        assertThat(clients.connections()).isEqualTo(new Connections(3, 3, 3));
        assertThat(connections).hasSize(3);
        assertThat(seen.closed).hasValue(0);
    }

    @Test
    void aStreamThatEndedMakesRoom() {
        Seen first = new Seen();
        List<dev.kubechurn.core.api.Call> calls = new CopyOnWriteArrayList<>();
        for (int i = 0; i < STREAMS; i++) {
            calls.add(configMaps.watch(KEY, new WatchOptions("5", true, 1800), first));
        }
        first.awaitEvents(STREAMS);
        calls.forEach(dev.kubechurn.core.api.Call::cancel);

        watch(STREAMS).awaitEvents(STREAMS);

        assertThat(clients.connections().opened()).isLessThanOrEqualTo(2);
        await().atMost(60, TimeUnit.SECONDS).until(() -> first.closed.get() == 0);
    }

    /** What is under way goes on; what comes later gets another connection. */
    @Test
    void aConnectionThatTheServerIsAboutToLeaveTakesNothingNew() {
        Seen early = watch(2);
        early.awaitEvents(2);
        connections.forEach(connection -> {
            var unused = connection.shutdown(60, TimeUnit.SECONDS); // says GOAWAY, and waits for the streams
        });
        await().atMost(60, TimeUnit.SECONDS).until(() -> {
            Seen late = watch(1);
            late.awaitEvents(1);
            return clients.connections().opened() == 2;
        });

        assertThat(early.errors).isEmpty();
    }

    @Test
    void requestsThatTheServerRefusesToLookAtAreSentAgain() {
        AtomicInteger asked = new AtomicInteger();
        script = request -> {
            if (asked.incrementAndGet() == 1) {
                var unused = request.response().reset(7); // REFUSED_STREAM
            } else {
                var unused = request.response()
                        .end("{\"kind\":\"ConfigMap\",\"apiVersion\":\"v1\",\"metadata\":{\"name\":\"app\"}}");
            }
        };
        Seen seen = new Seen();

        configMaps.get(KEY, "", seen);

        await().atMost(60, TimeUnit.SECONDS).until(() -> seen.found.get() == 1);
        assertThat(seen.errors).isEmpty();
        assertThat(asked).hasValue(2);
    }

    @Test
    void aServerThatRestartsEndsTheWatchesAndIsFoundAgain() {
        int port = server.actualPort();
        Seen seen = watch(STREAMS);
        seen.awaitEvents(STREAMS);

        Set.copyOf(connections).forEach(HttpConnection::close);
        server.close().toCompletionStage().toCompletableFuture().join();
        await().atMost(60, TimeUnit.SECONDS).until(() -> seen.closed.get() == STREAMS);
        Seen refused = watch(1);
        await().atMost(60, TimeUnit.SECONDS).until(() -> refused.errors.size() == 1);
        assertThat(refused.errors.get(0)).isInstanceOf(ApiError.ConnectionRefused.class);

        server = listen(port, true);
        watch(2).awaitEvents(2);
        assertThat(clients.connections()).isEqualTo(new Connections(1, 1, 2));
        assertThat(seen.errors).isEmpty();
    }

    @Test
    void aServerWithoutHttp2GetsAConnectionForEachRequestUnderWay() {
        HttpServer old = listen(0, false);
        try (MultiplexedClients others = clients(old.actualPort())) {
            configMaps = others.open(Map.of()).configMaps(pool, failure -> {});
            watch(3).awaitEvents(3);

            assertThat(others.connections()).isEqualTo(new Connections(3, 3, 3));
            assertThat(versions).containsOnly(HttpVersion.HTTP_1_1);
        }
    }

    @Test
    void closingLeavesNoConnection() {
        watch(STREAMS + 1).awaitEvents(STREAMS + 1);

        clients.close();

        await().atMost(60, TimeUnit.SECONDS).until(connections::isEmpty);
    }
}
