package dev.kubechurn.core.fabric8;

import static dev.kubechurn.core.fabric8.ApiFixture.KEY;
import static dev.kubechurn.core.fabric8.ApiFixture.OPTIONS;
import static dev.kubechurn.core.fabric8.ApiFixture.configMap;
import static dev.kubechurn.core.fabric8.ApiFixture.event;
import static dev.kubechurn.core.fabric8.ApiFixture.status;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.kubechurn.core.api.ApiError;
import dev.kubechurn.core.api.Call;
import dev.kubechurn.core.api.ObjectApi;
import dev.kubechurn.core.api.WatchEvent;
import dev.kubechurn.core.fabric8.Recorder.Closed;
import dev.kubechurn.core.fabric8.Recorder.Event;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.ServerWebSocket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Watches over WebSockets: events and their order, ends, refusals and cancelling. */
@Timeout(180)
class KubernetesObjectApiWatchTest {

    private final ApiFixture api = new ApiFixture();

    @AfterEach
    void close() {
        api.close();
    }

    @Test
    void eventsOfEveryType() {
        api.server.watch(socket -> {
            socket.writeTextMessage(event("ADDED", configMap("6", "grün €😀")));
            socket.writeTextMessage(event("MODIFIED", configMap("7", "b")));
            socket.writeTextMessage(event("DELETED", configMap("8", "b")));
            socket.writeTextMessage(event(
                    "BOOKMARK",
                    "{\"kind\":\"ConfigMap\",\"apiVersion\":\"v1\",\"metadata\":{\"resourceVersion\":\"9\"}}"));
            socket.close();
        });

        List<WatchEvent> events = api.watch().eventsUntilClosed();

        assertThat(events)
                .hasExactlyElementsOfTypes(
                        WatchEvent.Added.class,
                        WatchEvent.Modified.class,
                        WatchEvent.Deleted.class,
                        WatchEvent.Bookmark.class);
        WatchEvent.Added added = (WatchEvent.Added) events.get(0);
        assertThat(((ConfigMap) added.object()).getData()).containsEntry("k", "grün €😀");
        WatchEvent.Bookmark bookmark = (WatchEvent.Bookmark) events.get(3);
        assertThat(bookmark.object().getMetadata().getResourceVersion()).isEqualTo("9");
        assertThat(api.server.requests())
                .containsExactly("GET /api/v1/namespaces/ns/configmaps?fieldSelector=metadata.name%3Dapp"
                        + "&resourceVersion=5&watch=true&allowWatchBookmarks=true&timeoutSeconds=1800");
    }

    @Test
    void manyFastEventsKeepTheirOrderAndNoneIsLostToTheClose() {
        int count = 1000;
        api.server.watch(socket -> {
            for (int i = 0; i < count; i++) {
                socket.writeTextMessage(event("MODIFIED", configMap(Integer.toString(i), "v")));
            }
            socket.close();
        });

        assertThat(api.watch().eventsUntilClosed())
                .extracting(
                        e -> ((WatchEvent.Modified) e).object().getMetadata().getResourceVersion())
                .containsExactlyElementsOf(
                        IntStream.range(0, count).mapToObj(Integer::toString).toList());
    }

    @Test
    void largeEventsAndBinaryFramesAreRead() {
        String large = "x".repeat(1_000_000);
        api.server.watch(socket -> {
            socket.writeTextMessage(event("ADDED", configMap("6", large)));
            socket.writeBinaryMessage(io.vertx.core.buffer.Buffer.buffer(event("MODIFIED", configMap("7", "ü"))));
            socket.close();
        });

        List<WatchEvent> events = api.watch().eventsUntilClosed();

        assertThat(((ConfigMap) ((WatchEvent.Added) events.get(0)).object()).getData())
                .containsEntry("k", large);
        assertThat(((ConfigMap) ((WatchEvent.Modified) events.get(1)).object()).getData())
                .containsEntry("k", "ü");
    }

    @Test
    void anErrorEventEndsTheWatch() {
        CompletableFuture<Void> gone = new CompletableFuture<>();
        api.server.watch(socket -> {
            socket.endHandler(gone::complete);
            socket.writeTextMessage(event("ERROR", status(410, "Expired", "too old resource version")));
            socket.writeTextMessage(event("ADDED", configMap("6", "after the end")));
        });

        Recorder<ConfigMap> recorder = api.watch();

        assertThat(recorder.next(Event.class).event())
                .isEqualTo(new WatchEvent.Failure(new ApiError.Status(410, "Expired", "too old resource version")));
        recorder.next(Closed.class);
        gone.orTimeout(60, TimeUnit.SECONDS).join();
        api.drain();
        assertThat(recorder.rest()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"kind\":\"ConfigMap\",\"apiVersion\":\"v1\",\"metadata\":{}}", "null"})
    void anErrorEventWithoutAStatusIsAFailureStill(String object) {
        api.server.watch(socket -> socket.writeTextMessage(event("ERROR", object)));

        assertThat(api.watch().eventsUntilClosed())
                .singleElement()
                .isInstanceOfSatisfying(
                        WatchEvent.Failure.class,
                        failure -> assertThat(failure.status().expired()).isFalse());
    }

    @Test
    void objectsOfOtherKindsArePassedOnOrSkipped() {
        api.server.watch(socket -> {
            socket.writeTextMessage(
                    event(
                            "ADDED",
                            "{\"kind\":\"Widget\",\"apiVersion\":\"example.com/v1\",\"metadata\":{\"resourceVersion\":\"6\"}}"));
            socket.writeTextMessage(
                    event("ADDED", "{\"kind\":\"Pod\",\"apiVersion\":\"v1\",\"metadata\":{\"name\":\"p\"}}"));
            socket.writeTextMessage(event("ADDED", status(200, "", "no object at all")));
            socket.writeTextMessage(event("ADDED", configMap("7", "v")));
            socket.close();
        });

        assertThat(api.watch().eventsUntilClosed())
                .extracting(e -> ((WatchEvent.Added) e).object().getClass().getSimpleName())
                .containsExactly(GenericKubernetesResource.class.getSimpleName(), "Pod", "ConfigMap");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "s3cret",
                "[]",
                "{\"type\":\"ADDED\"",
                "{\"type\":\"ADDED\"}",
                "{\"type\":\"ADDED\",\"object\":{\"data\":{}}}",
                "{\"type\":\"ADDED\",\"object\":{\"kind\":\"ConfigMap\",\"apiVersion\":\"v1\"}}",
                "{\"type\":\"ADDED\",\"object\":{\"kind\":\"ConfigMap\",\"apiVersion\":\"v1\",\"data\":\"s3cret\"}}",
                "{\"type\":\"NEWS\",\"object\":{\"kind\":\"ConfigMap\",\"apiVersion\":\"v1\",\"metadata\":{}}}"
            })
    void whatIsNoEventEndsTheWatch(String message) {
        api.server.watch(socket -> {
            socket.writeTextMessage(event("ADDED", configMap("6", "v")));
            socket.writeTextMessage(message);
        });

        assertThat(api.watch().eventsUntilClosed()).hasSize(1);
        await().atMost(60, TimeUnit.SECONDS).until(() -> api.server.openSockets() == 0);
    }

    @Test
    void aMessageBeyondTheBoundEndsTheWatch() {
        String tooLarge = " ".repeat(KubernetesClients.MAX_ANSWER_BYTES);
        api.server.watch(socket -> {
            socket.writeTextMessage(event("ADDED", configMap("6", "v")));
            socket.writeTextMessage(tooLarge + event("ADDED", configMap("7", "v")));
        });

        assertThat(api.watch().eventsUntilClosed()).hasSize(1);
        await().atMost(60, TimeUnit.SECONDS).until(() -> api.server.openSockets() == 0);
    }

    @Test
    void closedAtOnceIsClosedAndNotExpired() {
        api.server.watch(ServerWebSocket::close);

        assertThat(api.watch().eventsUntilClosed()).isEmpty();
        assertThat(api.server.requests()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(shorts = {1001, 1003, 1011})
    void everyCloseCodeIsClosed(short code) {
        api.server.watch(socket -> socket.close(code, "because"));

        assertThat(api.watch().eventsUntilClosed()).isEmpty();
    }

    @Test
    void cutConnectionIsClosed() {
        api.server.play(request -> api.server.upgrade(
                request,
                socket -> socket.writeTextMessage(event("ADDED", configMap("6", "v")))
                        .onSuccess(sent -> request.connection().close())));
        Recorder<ConfigMap> recorder = api.watch();

        assertThat(recorder.eventsUntilClosed()).hasSizeLessThanOrEqualTo(1);
        api.drain();
        assertThat(recorder.rest()).isEmpty();
    }

    @Test
    void cutBeforeTheAnswerIsClosed() {
        api.server.play(request -> request.connection().close());

        assertThat(api.watch().eventsUntilClosed()).isEmpty();
    }

    @Test
    void noAnswerInTimeIsClosed() {
        try (ApiFixture hasty = new ApiFixture(
                new ConfigBuilder(api.server.config()).withRequestTimeout(200).build())) {
            api.server.play(request -> {});

            assertThat(hasty.watch().eventsUntilClosed()).isEmpty();
        }
    }

    @Test
    void anOpenWatchOutlivesTheRequestTimeout() {
        try (ApiFixture hasty = new ApiFixture(
                new ConfigBuilder(api.server.config()).withRequestTimeout(2000).build())) {
            api.server.watch(socket -> api.server.vertx().setTimer(3000, late -> {
                socket.writeTextMessage(event("ADDED", configMap("6", "late")));
                socket.close();
            }));

            assertThat(hasty.watch().eventsUntilClosed()).hasSize(1);
        }
    }

    @ParameterizedTest
    @CsvSource({"403, Forbidden", "410, Expired", "429, TooManyRequests", "500, InternalError"})
    void aRefusalTellsCodeReasonAndMessage(int code, String reason) {
        api.server.play(request -> request.response()
                .setStatusCode(code)
                .putHeader("Retry-After", "3")
                .end(status(code, reason, "no watch today")));

        assertThat(api.watch().failure())
                .isEqualTo(new ApiError.Status(code, reason, "no watch today", List.of(), Duration.ofSeconds(3)));
        assertThat(api.server.requests()).hasSize(1);
    }

    @Test
    void aRefusalWithoutAStatusTellsItsCode() {
        api.server.answer(410, "gone");

        ApiError.Status refused = (ApiError.Status) api.watch().failure();

        assertThat(refused).isEqualTo(new ApiError.Status(410, "", "the server answered HTTP 410"));
        assertThat(refused.expired()).isTrue();
    }

    @Test
    void aServerWithoutWebSocketsIsNoApiServer() {
        api.server.answer(200, "hello");

        ApiError error = api.watch().failure();

        assertThat(error).isInstanceOf(ApiError.Transport.class);
        assertThat(error.message()).contains("HTTP 200").contains("WebSocket");
    }

    @Test
    void nobodyListens() {
        api.server.close();

        assertThat(api.watch().failure()).isInstanceOf(ApiError.ConnectionRefused.class);
    }

    @Test
    void cancelClosesTheServersSide() {
        CompletableFuture<ServerWebSocket> open = new CompletableFuture<>();
        api.server.watch(open::complete);
        Recorder<ConfigMap> recorder = new Recorder<>();
        Call call = api.configMaps.watch(KEY, OPTIONS, recorder);
        open.orTimeout(60, TimeUnit.SECONDS).join();

        call.cancel();
        call.cancel();

        await().atMost(60, TimeUnit.SECONDS).until(() -> api.server.openSockets() == 0);
        api.drain();
        assertThat(recorder.rest()).isEmpty();
    }

    @Test
    void cancelBeforeTheHandshakeIsOverLeavesNoWatch() {
        CompletableFuture<HttpServerRequest> asked = new CompletableFuture<>();
        api.server.play(request -> asked.complete(request.pause()));
        Recorder<ConfigMap> recorder = new Recorder<>();
        Call call = api.configMaps.watch(KEY, OPTIONS, recorder);
        HttpServerRequest request = asked.orTimeout(60, TimeUnit.SECONDS).join();

        call.cancel();
        api.server
                .vertx()
                .runOnContext(go -> api.server.upgrade(
                        request, socket -> socket.writeTextMessage(event("ADDED", configMap("6", "unwanted")))));

        await().atMost(60, TimeUnit.SECONDS)
                .until(() -> api.server.peakSockets() == 1 && api.server.openSockets() == 0);
        api.drain();
        assertThat(recorder.rest()).isEmpty();
    }

    @Test
    void cancelWithinAnEventIsTheEnd() {
        api.server.watch(socket -> {
            for (int i = 0; i < 50; i++) {
                socket.writeTextMessage(event("MODIFIED", configMap(Integer.toString(i), "v")));
            }
        });
        CompletableFuture<Call> call = new CompletableFuture<>();
        Recorder<ConfigMap> recorder = new Recorder<>();
        call.complete(api.configMaps.watch(KEY, OPTIONS, new ObjectApi.WatchHandler() {
            @Override
            public void event(WatchEvent event) {
                call.join().cancel();
                recorder.event(event);
            }

            @Override
            public void closed() {
                recorder.closed();
            }

            @Override
            public void failed(ApiError error) {
                recorder.failed(error);
            }
        }));

        recorder.next(Event.class);
        await().atMost(60, TimeUnit.SECONDS).until(() -> api.server.openSockets() == 0);
        api.drain();
        assertThat(recorder.rest()).isEmpty();
    }

    @Test
    void aHandlerThatFailsGetsTheNextEvent() {
        api.server.watch(socket -> {
            socket.writeTextMessage(event("ADDED", configMap("6", "v")));
            socket.writeTextMessage(event("MODIFIED", configMap("7", "v")));
            socket.close();
        });
        Recorder<ConfigMap> recorder = new Recorder<>();
        api.configMaps.watch(KEY, OPTIONS, new ObjectApi.WatchHandler() {
            @Override
            public void event(WatchEvent event) {
                recorder.event(event);
                throw new IllegalStateException("a handler's mistake, made on purpose");
            }

            @Override
            public void closed() {
                recorder.closed();
            }

            @Override
            public void failed(ApiError error) {
                recorder.failed(error);
            }
        });

        assertThat(recorder.eventsUntilClosed()).hasSize(2);
    }
}
