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
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Watches as plain HTTP answers that do not end, over HTTP/1.1: lines and parts, ends, refusals and cancelling. */
@Timeout(180)
class StreamedWatchTest {

    private final ScriptedServer server = new ScriptedServer();
    private final ExecutorService pool = Executors.newFixedThreadPool(3);
    private final MultiplexedClients clients = MultiplexedClients.create(server.config(), pool);
    private final ObjectApi<ConfigMap> configMaps =
            clients.open(Map.of("X-Name", List.of("a", "b"))).configMaps(pool, failure -> {});

    @AfterEach
    void close() {
        clients.close();
        server.close();
        pool.shutdownNow();
    }

    private Recorder<ConfigMap> watch() {
        Recorder<ConfigMap> recorder = new Recorder<>();
        configMaps.watch(KEY, OPTIONS, recorder);
        return recorder;
    }

    private void stream(Consumer<HttpServerResponse> script) {
        server.play(request -> script.accept(request.response().setChunked(true)));
    }

    private static String line(String type, String object) {
        return event(type, object) + "\n";
    }

    @Test
    void asksAsAKubeletDoes() {
        CompletableFuture<List<String>> names = new CompletableFuture<>();
        server.play(request -> {
            names.complete(request.headers().getAll("X-Name"));
            request.response().end();
        });

        assertThat(watch().eventsUntilClosed()).isEmpty();

        assertThat(names.join()).containsExactly("a", "b");
        assertThat(server.requests())
                .containsExactly("GET /api/v1/namespaces/ns/configmaps?fieldSelector=metadata.name%3Dapp"
                        + "&resourceVersion=5&watch=true&allowWatchBookmarks=true&timeoutSeconds=1800");
    }

    /** Also in the middle of a character. */
    @ParameterizedTest
    @ValueSource(ints = {1, 7, 100_000})
    void partsMayEndAnywhere(int size) {
        Buffer all = Buffer.buffer(line("ADDED", configMap("6", "grün €😀"))
                + line("MODIFIED", configMap("7", "b"))
                + "\n"
                + line("DELETED", configMap("8", "b"))
                + line("BOOKMARK", configMap("9", "")));
        stream(response -> {
            for (int i = 0; i < all.length(); i += size) {
                response.write(all.getBuffer(i, Math.min(all.length(), i + size)));
            }
            response.end();
        });

        List<WatchEvent> events = watch().eventsUntilClosed();

        assertThat(events)
                .hasExactlyElementsOfTypes(
                        WatchEvent.Added.class,
                        WatchEvent.Modified.class,
                        WatchEvent.Deleted.class,
                        WatchEvent.Bookmark.class);
        assertThat(((ConfigMap) ((WatchEvent.Added) events.get(0)).object()).getData())
                .containsEntry("k", "grün €😀");
    }

    @Test
    void manyEventsKeepTheirOrderAndNoneIsLostToTheEnd() {
        int count = 1000;
        stream(response -> {
            for (int i = 0; i < count; i++) {
                response.write(line("MODIFIED", configMap(Integer.toString(i), "v")));
            }
            response.end();
        });

        assertThat(watch().eventsUntilClosed())
                .extracting(
                        e -> ((WatchEvent.Modified) e).object().getMetadata().getResourceVersion())
                .containsExactlyElementsOf(
                        IntStream.range(0, count).mapToObj(Integer::toString).toList());
    }

    @Test
    void anErrorEventEndsTheWatchAndItsRequest() {
        CompletableFuture<Void> gone = new CompletableFuture<>();
        stream(response -> {
            response.closeHandler(gone::complete);
            response.write(line("ERROR", status(410, "Expired", "too old resource version"))
                    + line("ADDED", configMap("6", "after the end")));
        });

        Recorder<ConfigMap> recorder = watch();

        assertThat(recorder.next(Event.class).event())
                .isEqualTo(new WatchEvent.Failure(new ApiError.Status(410, "Expired", "too old resource version")));
        recorder.next(Closed.class);
        gone.orTimeout(60, TimeUnit.SECONDS).join();
        assertThat(recorder.rest()).isEmpty();
    }

    @Test
    void halfAnEventIsNone() {
        server.play(request -> request.response()
                .setChunked(true)
                .write(line("ADDED", configMap("6", "v")) + "{\"type\":\"MODIFIED\",\"obj")
                .onSuccess(sent -> request.connection().close()));

        assertThat(watch().eventsUntilClosed()).hasSizeLessThanOrEqualTo(1);
    }

    @Test
    void cutBeforeTheAnswerIsClosed() {
        server.play(request -> request.connection().close());

        assertThat(watch().eventsUntilClosed()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"s3cret", "[]", "{\"type\":\"ADDED\"}", "{\"type\":\"NEWS\",\"object\":{}}"})
    void whatIsNoEventEndsTheWatch(String text) {
        stream(response -> response.write(line("ADDED", configMap("6", "v")) + text + "\n"));

        assertThat(watch().eventsUntilClosed()).hasSize(1);
        await().atMost(60, TimeUnit.SECONDS).until(() -> server.connections() == 0);
    }

    @Test
    void aLineBeyondTheBoundEndsTheWatch() {
        String megabyte = " ".repeat(1 << 20);
        stream(response -> {
            response.write(line("ADDED", configMap("6", "v")));
            for (int i = 0; i <= KubernetesClients.MAX_ANSWER_BYTES >> 20; i++) {
                response.write(megabyte);
            }
        });

        assertThat(watch().eventsUntilClosed()).hasSize(1);
        await().atMost(60, TimeUnit.SECONDS).until(() -> server.connections() == 0);
    }

    @ParameterizedTest
    @CsvSource({"403, Forbidden", "410, Expired", "429, TooManyRequests", "500, InternalError"})
    void aRefusalTellsCodeReasonAndMessage(int code, String reason) {
        server.play(request -> request.response()
                .setStatusCode(code)
                .putHeader("Retry-After", "3")
                .end(status(code, reason, "no watch today") + "\n"));

        assertThat(watch().failure())
                .isEqualTo(new ApiError.Status(code, reason, "no watch today", List.of(), Duration.ofSeconds(3)));
        assertThat(server.requests()).hasSize(1);
    }

    @Test
    void nobodyListens() {
        server.close();

        assertThat(watch().failure()).isInstanceOf(ApiError.ConnectionRefused.class);
    }

    @Test
    void cancelWithinAnEventIsTheEnd() {
        stream(response -> {
            for (int i = 0; i < 50; i++) {
                response.write(line("MODIFIED", configMap(Integer.toString(i), "v")));
            }
        });
        CompletableFuture<Call> call = new CompletableFuture<>();
        Recorder<ConfigMap> recorder = new Recorder<>();
        call.complete(configMaps.watch(KEY, OPTIONS, new ObjectApi.WatchHandler() {
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
        await().atMost(60, TimeUnit.SECONDS).until(() -> server.connections() == 0);
        assertThat(recorder.rest()).isEmpty();
    }

    @Test
    void eachRequestUnderWayHasAConnection() {
        stream(response -> response.write(line("ADDED", configMap("6", "v"))));
        for (int i = 0; i < 3; i++) {
            watch().next(Event.class);
        }

        assertThat(clients.connections()).isEqualTo(new MultiplexedClients.Connections(3, 3, 3));
    }
}
