package dev.kubechurn.sim.apiserver.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.kubechurn.sim.apiserver.ApiStore;
import dev.kubechurn.sim.apiserver.ManualScheduler;
import dev.kubechurn.sim.apiserver.NamespaceLifecycle;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever is sent gets the right status and no stack trace, is bounded in memory, and leaves the server serving. */
final class HostileInputTest {

    private static final String TOKEN = "f00d";

    private final ManualScheduler scheduler = new ManualScheduler();
    private final ApiStore store = new ApiStore(ApiStore.Limits.DEFAULT, scheduler, scheduler, new SplittableRandom(1));
    private final HttpClient client = HttpClient.newHttpClient();
    private MockApiServer server;

    @BeforeEach
    void start() throws IOException {
        new NamespaceLifecycle(store).create("default");
        server = MockApiServer.serve(store, InetAddress.getLoopbackAddress(), 0, new Access(null, TOKEN));
    }

    @AfterEach
    void stillServes() throws Exception {
        assertThat(send("GET", "/api/v1/namespaces/default/configmaps", TOKEN, "")
                        .statusCode())
                .isEqualTo(200);
        server.close();
    }

    private HttpResponse<String> send(String method, String target, String token, String body) throws Exception {
        return client.send(
                HttpRequest.newBuilder(server.url().resolve(target))
                        .version(HttpClient.Version.HTTP_1_1)
                        .header("Authorization", "Bearer " + token)
                        .header("Content-Type", "application/json")
                        .method(method, HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private Socket connect() throws IOException {
        return connect(server.url().getPort());
    }

    private static Socket connect(int port) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout((int) Duration.ofSeconds(60).toMillis());
        return socket;
    }

    /** What the server says to raw bytes, until it closes. */
    private String raw(String text) throws IOException {
        try (Socket socket = connect()) {
            socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
            socket.getOutputStream().flush();
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static String get(String target, String more) {
        return "GET " + target + " HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer " + TOKEN + "\r\n" + more
                + "Connection: close\r\n\r\n";
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "f00", "f00dd", "F00D", "f00d "})
    void aWrongTokenIsNotLetIn(String token) throws Exception {
        String answer = raw("GET /api/v1/secrets HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer " + token + "x"
                + "\r\nConnection: close\r\n\r\n");
        assertThat(answer).startsWith("HTTP/1.1 401 ").contains("\"reason\":\"Unauthorized\"");
        assertThat(send("GET", "/metrics", token.strip() + "x", "").statusCode())
                .isEqualTo(401);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/../../etc/passwd",
                "/api/v1/../../../etc/passwd",
                "/api/v1/namespaces/..%2f..%2fetc/configmaps/passwd",
                "/api/v1/namespaces/default/configmaps/%2e%2e%2fpasswd",
                "//api//v1//configmaps",
                "/api/v1/namespaces/default/configmaps/a/b/c/d"
            })
    void pathsLeadNowhereElse(String path) throws Exception {
        assertThat(raw(get(path, ""))).startsWith("HTTP/1.1 404 ").contains("\"kind\":\"Status\"");
    }

    @Test
    void aMalformedEscapeIsABadRequest() throws Exception {
        assertThat(raw(get("/api/v1/configmaps?fieldSelector=%zz", ""))).startsWith("HTTP/1.1 400 ");
    }

    @Test
    void headersAreBounded() throws Exception {
        assertThat(raw(get("/api", "X: " + "x".repeat(40_000) + "\r\n"))).matches("(?s)HTTP/1\\.[01] 431 .*");
        assertThat(raw(get("/api?" + "x".repeat(20_000), ""))).matches("(?s)HTTP/1\\.[01] 414 .*");
    }

    @Test
    void aBodyIsRefusedBeforeItIsRead() throws Exception {
        String head = "POST /api/v1/namespaces/default/configmaps HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer " + TOKEN
                + "\r\nContent-Length: ";
        assertThat(raw(head + (4 << 20) + "\r\n\r\n{")).startsWith("HTTP/1.1 413 ");
        assertThat(raw(head + "99999999999999999999\r\n\r\n{")).startsWith("HTTP/1.1 4");
    }

    @Test
    void aBodyWithoutALengthIsCountedWhileItComes() throws Exception {
        StringBuilder chunks = new StringBuilder("POST /api/v1/namespaces/default/configmaps HTTP/1.1\r\nHost: a\r\n"
                + "Authorization: Bearer " + TOKEN + "\r\nTransfer-Encoding: chunked\r\n\r\n");
        for (int i = 0; i < 4; i++) {
            chunks.append("100000\r\n").append(" ".repeat(1 << 20)).append("\r\n");
        }
        assertThat(raw(chunks.toString())).startsWith("HTTP/1.1 413 ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "\"a\"", "{", "{\"a\":}", "\u0000\u0001", "null"})
    void whatIsNoObjectIsABadRequest(String body) throws Exception {
        HttpResponse<String> answer = send("POST", "/api/v1/namespaces/default/configmaps", TOKEN, body);
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("\"reason\":\"BadRequest\"").doesNotContain("Exception", "\tat ");
    }

    @Test
    void deepNestingEndsNoThread() throws Exception {
        String deep = "{\"a\":".repeat(50_000) + "1" + "}".repeat(50_000);
        for (String method : List.of("POST", "PUT", "PATCH")) {
            String target =
                    "/api/v1/namespaces/default/configmaps" + (method.equals("POST") ? "" : "/kube-root-ca.crt");
            HttpResponse<String> answer = send(method, target, TOKEN, deep);
            assertThat(answer.statusCode()).isIn(400, 415);
        }
    }

    @Test
    void slowHeadsAndKeptConnectionsWaitTogetherWithoutHarm() throws Exception {
        List<Socket> idle = new ArrayList<>();
        try {
            for (int i = 0; i < 1_000; i++) {
                Socket socket = connect();
                idle.add(socket);
                if (i % 2 == 0) {
                    socket.getOutputStream().write("GET /api HTTP/1.1\r\nHos".getBytes(StandardCharsets.UTF_8));
                }
            }
            assertThat(send("GET", "/version", TOKEN, "").statusCode()).isEqualTo(200);
        } finally {
            for (Socket socket : idle) {
                socket.close();
            }
        }
    }

    /** One that never ends its head, and one that never asked; a watch without events stays. */
    @Test
    void whoAsksForNothingIsClosedAndAWatchIsNot() throws Exception {
        ServedStore served = new ServedStore(store);
        VertxListener listener = new VertxListener(served, Access.OPEN, null, Duration.ofMillis(300));
        listener.listen(InetAddress.getLoopbackAddress(), 0);
        try (Socket watch = connect(listener.port());
                Socket slow = connect(listener.port());
                Socket silent = connect(listener.port())) {
            watch.getOutputStream()
                    .write("GET /api/v1/nodes?watch=true HTTP/1.1\r\nHost: a\r\n\r\n".getBytes(StandardCharsets.UTF_8));
            slow.getOutputStream().write("GET /api HTTP/1.1\r\nHos".getBytes(StandardCharsets.UTF_8));

            assertThat(slow.getInputStream().read())
                    .as("the slow one is closed")
                    .isEqualTo(-1);
            assertThat(silent.getInputStream().read())
                    .as("the silent one is closed")
                    .isEqualTo(-1);
            assertThat(store.openWatchCount()).isEqualTo(1);
        } finally {
            listener.close();
        }
        assertThat(store.openWatchCount()).isZero();
    }

    @Test
    void aHalfClosedWatchEnds() throws Exception {
        try (Socket socket = connect()) {
            socket.getOutputStream()
                    .write(("GET /api/v1/configmaps?watch=true HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer " + TOKEN
                                    + "\r\n\r\n")
                            .getBytes(StandardCharsets.UTF_8));
            ServerFixture.await().until(() -> store.openWatchCount() == 1);
            socket.shutdownOutput();
            ServerFixture.await().until(() -> store.openWatchCount() == 0);
        }
    }

    /** A client that opens a watch and does not read is cut off before it has cost much, and others lose nothing. */
    @Test
    void aWatchThatNobodyReadsIsCutOff() throws Exception {
        String value = "x".repeat(500_000);
        store.create(ServerFixture.configMap("default", "a", value));
        try (Socket socket = connect()) {
            socket.setReceiveBufferSize(4096);
            socket.getOutputStream()
                    .write(("GET /api/v1/namespaces/default/configmaps?watch=true HTTP/1.1\r\nHost: a\r\n"
                                    + "Authorization: Bearer " + TOKEN + "\r\n\r\n")
                            .getBytes(StandardCharsets.UTF_8));
            InputStream in = socket.getInputStream();
            assertThat(in.read()).isEqualTo('H');
            ServerFixture.await().until(() -> store.openWatchCount() == 1);
            for (int i = 0; i < 60 && store.openWatchCount() > 0; i++) {
                store.update(ServerFixture.configMap("default", "a", value + i));
            }
            ServerFixture.await().until(() -> store.openWatchCount() == 0);
        }
    }

    /** Copies of copies: thirty operations for a billion letters. */
    @Test
    void aPatchCannotGrowWithoutBounds() throws Exception {
        store.create(ServerFixture.configMap("default", "bomb", "x".repeat(100)));
        StringBuilder patch = new StringBuilder("[");
        for (int i = 0; i < 30; i++) {
            patch.append(i == 0 ? "" : ",")
                    .append("{\"op\":\"copy\",\"from\":\"/metadata\",\"path\":\"/metadata/m" + i + "\"}");
        }
        HttpResponse<String> answer = client.send(
                HttpRequest.newBuilder(server.url().resolve("/api/v1/namespaces/default/configmaps/bomb"))
                        .header("Authorization", "Bearer " + TOKEN)
                        .header("Content-Type", "application/json-patch+json")
                        .method(
                                "PATCH",
                                HttpRequest.BodyPublishers.ofString(
                                        patch.append("]").toString()))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).isEqualTo(413);
    }

    @Test
    void othersCannotReachAServerThatAsksForNothing() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> MockApiServer.serve(store, InetAddress.getByName("0.0.0.0"), 0, Access.OPEN))
                .withMessageContaining("needs TLS and a token");
    }
}
