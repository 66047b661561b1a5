package dev.kubechurn.sim.apiserver.http;

import static dev.kubechurn.sim.apiserver.http.ServerFixture.await;
import static dev.kubechurn.sim.apiserver.http.ServerFixture.configMap;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.kubechurn.sim.apiserver.ApiStatusException;
import dev.kubechurn.sim.apiserver.StoredObject;
import dev.kubechurn.sim.apiserver.Verb;
import io.fabric8.kubernetes.api.model.ListOptionsBuilder;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.client.Watch;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What clients see of a server whose requests go wrong, and of one that is away. */
final class HttpFaultsTest {

    private static final String A = "/api/v1/namespaces/ns/configmaps/a";
    private static final String ALL = "/api/v1/namespaces/ns/configmaps";
    private static final String WATCH = ALL + "?watch=true&resourceVersion=1";

    /** Nothing waits for it: what comes after it does not come in a test. */
    private static final Duration NEVER = Duration.ofHours(10);

    private final ServerFixture fixture = start();
    private final HttpFaults faults = fixture.server.faults();

    private static ServerFixture start() {
        try {
            return new ServerFixture();
        } catch (IOException notStarted) {
            throw new UncheckedIOException(notStarted);
        }
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    // ---- errors -------------------------------------------------------------------------------------------------

    @Test
    void requestsThatAreDrawnAreAnsweredWithTheStatus() throws Exception {
        fixture.store.create(configMap("ns", "a", "1"));
        AtomicInteger draws = new AtomicInteger();
        Runnable end = faults.fail(
                Set.of(Verb.GET), ApiStatusException.injected(503, 7), () -> draws.incrementAndGet() % 2 == 1);

        HttpResponse<String> refused = get(A);
        assertThat(refused.statusCode()).isEqualTo(503);
        assertThat(refused.headers().firstValue("Retry-After")).contains("7");
        assertThat(refused.body())
                .contains("\"kind\":\"Status\"", "\"reason\":\"ServiceUnavailable\"", "\"retryAfterSeconds\":7");
        assertThat(get(A).statusCode()).as("not drawn").isEqualTo(200);
        assertThat(get(ALL).statusCode()).as("another verb").isEqualTo(200);
        assertThat(get(A).statusCode()).isEqualTo(503);
        end.run();
        assertThat(get(A).statusCode()).as("over").isEqualTo(200);
        assertThat(draws).hasValue(3);
        assertThat(fixture.server.statistics().snapshot().responses()).containsEntry(503, 2L);
    }

    @Test
    void withoutATimeToWaitThereIsNoHeader() throws Exception {
        faults.fail(Set.of(Verb.LIST), ApiStatusException.injected(429, 0), () -> true);
        HttpResponse<String> refused = get(ALL);
        assertThat(refused.statusCode()).isEqualTo(429);
        assertThat(refused.headers().firstValue("Retry-After")).isEmpty();
    }

    /** Before a WebSocket opens its request is one like any other. */
    @Test
    void watchesAreRefusedWithTheStatusToo() {
        Runnable end = faults.fail(Set.of(Verb.WATCH), ApiStatusException.injected(500, 3), () -> true);
        CompletionException failure = catchThrowableOfType(CompletionException.class, () -> watch().join());
        WebSocketHandshakeException handshake = (WebSocketHandshakeException) requireNonNull(failure.getCause());
        HttpResponse<?> refused = requireNonNull(handshake.getResponse());
        assertThat(refused.statusCode()).isEqualTo(500);
        assertThat(refused.headers().firstValue("Retry-After")).contains("3");
        assertThat(fixture.store.openWatchCount()).isZero();
        end.run();
        watch().join().abort();
    }

    // ---- delays -------------------------------------------------------------------------------------------------

    /** Others are served meanwhile: a delay holds up its own answer only. */
    @Test
    void delayedAnswersComeAfterLaterOnes() throws Exception {
        fixture.store.create(configMap("ns", "a", "1"));
        Runnable end = faults.delay(Set.of(Verb.LIST), NEVER, () -> true);
        CompletableFuture<HttpResponse<String>> late = fixture.send("GET", ALL, "");
        await().until(() -> fixture.server.statistics().snapshot().requests(Verb.LIST) == 1);
        assertThat(get(A).statusCode()).isEqualTo(200);
        end.run();
        assertThat(get(ALL).statusCode()).as("over").isEqualTo(200);
        assertThat(late).isNotDone();
    }

    @Test
    void delayedAnswersAreWhole() throws Exception {
        fixture.store.create(configMap("ns", "a", "1"));
        faults.delay(Set.of(Verb.GET), Duration.ofNanos(1), () -> true);
        faults.delay(Set.of(Verb.GET, Verb.LIST), Duration.ofMillis(2), () -> true);
        assertThat(get(A).body()).contains("\"key\":\"1\"");
        assertThat(get(ALL).body()).contains("\"key\":\"1\"");
        faults.fail(Set.of(Verb.GET), ApiStatusException.injected(500, 0), () -> true);
        assertThat(get(A).statusCode()).isEqualTo(500);
    }

    @Test
    void aDelayedWatchBeginsLater() {
        faults.delay(Set.of(Verb.WATCH), Duration.ofMillis(2), () -> true);
        ServerFixture.Events events = new ServerFixture.Events();
        fixture.store.create(configMap("ns", "a", "1"));
        try (Watch watch = watchA(events)) {
            assertThat(watch).isNotNull();
            await().until(() -> events.seen.size() == 1);
            assertThat(events.seen).containsExactly("ADDED a 2");
        }
    }

    @Test
    void aWatchThatIsClosedBeforeItBeginsNeverDoes() {
        faults.delay(Set.of(Verb.WATCH), Duration.ofMillis(2), () -> true);
        faults.delay(Set.of(Verb.WATCH), NEVER, () -> true);
        watchA(new ServerFixture.Events()).close();
        await().until(() -> fixture.server.statistics().snapshot().requests(Verb.WATCH) == 1
                && fixture.server.statistics().snapshot().openWatches() == 0);
        assertThat(fixture.store.openWatchCount()).isZero();
    }

    // ---- stale reads --------------------------------------------------------------------------------------------

    @Test
    void readsOfAnyVersionAreAnsweredFromTheFaultsBeginning() throws Exception {
        fixture.store.create(configMap("ns", "a", "old"));
        fixture.store.create(configMap("elsewhere", "c", "old"));
        Runnable end = faults.staleReads();
        fixture.store.update(configMap("ns", "a", "new"));
        fixture.store.create(configMap("ns", "b", "new"));

        assertThat(get(A + "?resourceVersion=0").body()).contains("\"old\"", "\"resourceVersion\":\"2\"");
        assertThat(get(A).body()).as("a quorum read").contains("\"new\"");
        assertThat(get(A + "?resourceVersion=4").body()).as("at least").contains("\"new\"");
        assertThat(get(ALL + "/b?resourceVersion=0").statusCode()).isEqualTo(404);
        assertThat(get(ALL + "?resourceVersion=0").body())
                .startsWith(
                        "{\"kind\":\"ConfigMapList\",\"apiVersion\":\"v1\",\"metadata\":{\"resourceVersion\":\"3\"},")
                .contains("\"name\":\"a\"", "\"old\"")
                .doesNotContain("\"name\":\"b\"", "\"name\":\"c\"");
        assertThat(get(ALL + "?resourceVersion=0&fieldSelector=metadata.name%3Da")
                        .body())
                .contains("\"old\"");
        assertThat(get(ALL + "?resourceVersion=0&resourceVersionMatch=Exact").statusCode())
                .isEqualTo(400);
        assertThat(get(ALL).body()).contains("\"name\":\"b\"", "\"new\"").doesNotContain("\"old\"");
        assertThat(faults.staleRevision()).hasValue(3);

        end.run();
        assertThat(get(A + "?resourceVersion=0").body()).contains("\"new\"");
        assertThat(faults.staleRevision()).isEmpty();
    }

    /** A cache that stands still does not follow in between. */
    @Test
    void ofSeveralStaleReadsAtOnceTheFirstCountsUntilTheLastIsOver() throws Exception {
        fixture.store.create(configMap("ns", "a", "1"));
        Runnable first = faults.staleReads();
        fixture.store.update(configMap("ns", "a", "2"));
        Runnable second = faults.staleReads();
        first.run();
        assertThat(get(A + "?resourceVersion=0").body()).contains("\"key\":\"1\"");
        second.run();
        assertThat(get(A + "?resourceVersion=0").body()).contains("\"key\":\"2\"");
    }

    @Test
    void otherResourcesFollow() throws Exception {
        faults.staleReads();
        fixture.store.create(
                new NodeBuilder().withNewMetadata().withName("n").endMetadata().build());
        assertThat(get("/api/v1/nodes/n?resourceVersion=0").statusCode()).isEqualTo(200);
        assertThat(get("/api/v1/nodes?resourceVersion=0").body()).contains("\"name\":\"n\"");
    }

    // ---- outages ------------------------------------------------------------------------------------------------

    @Test
    void aServerThatIsDownIsRefusedAndServesAgainOnItsPort() throws Exception {
        StoredObject old = fixture.store.create(configMap("ns", "a", "1"));
        Ended ended = new Ended();
        watch(ended).join();
        await().until(() -> fixture.store.openWatchCount() == 1);

        Runnable up = fixture.server.goDown();
        await().until(ended.heard::isDone);
        assertThat(fixture.store.openWatchCount()).isZero();
        assertThat(fixture.server.statistics().snapshot().openWatches()).isZero();
        assertThatThrownBy(() -> get(A)).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> watch().join()).hasCauseInstanceOf(IOException.class);
        fixture.store.update(configMap("ns", "a", "2"));

        up.run();
        assertThat(get(A).body()).contains("\"key\":\"2\"");
        assertThat(get(ALL + "?resourceVersionMatch=Exact&resourceVersion=" + old.resourceVersion())
                        .statusCode())
                .as("its history is gone")
                .isEqualTo(410);
        assertThat(fixture.server.statistics().snapshot().requests(Verb.GET)).isEqualTo(1);
    }

    /** What is under way gets no answer, however late it would have come. */
    @Test
    void anAnswerThatIsUnderWayIsLost() throws Exception {
        faults.delay(Set.of(Verb.LIST), NEVER, () -> true);
        CompletableFuture<HttpResponse<String>> lost = fixture.send("GET", ALL, "");
        await().until(() -> fixture.server.statistics().snapshot().requests(Verb.LIST) == 1);
        fixture.server.goDown();
        assertThatThrownBy(lost::join).hasCauseInstanceOf(IOException.class);
    }

    @Test
    void ofSeveralOutagesAtOnceTheLastOneCounts() throws Exception {
        Runnable first = fixture.server.goDown();
        Runnable second = fixture.server.goDown();
        first.run();
        assertThatThrownBy(() -> get(ALL)).isInstanceOf(IOException.class);
        second.run();
        assertThat(get(ALL).statusCode()).isEqualTo(200);
        fixture.server.goDown().run();
        assertThat(get(ALL).statusCode()).as("again").isEqualTo(200);
    }

    @Test
    void aServerThatIsClosedWhileItIsDownStaysAway() {
        Runnable up = fixture.server.goDown();
        fixture.server.close();
        up.run();
        fixture.server.goDown().run();
        assertThatThrownBy(() -> get(ALL)).isInstanceOf(IOException.class);
    }

    private HttpResponse<String> get(String target) throws Exception {
        return fixture.request("GET", target, "");
    }

    private CompletableFuture<WebSocket> watch() {
        return watch(new WebSocket.Listener() {});
    }

    private CompletableFuture<WebSocket> watch(WebSocket.Listener listener) {
        return HttpClient.newHttpClient().newWebSocketBuilder().buildAsync(fixture.uri(WATCH, "ws"), listener);
    }

    private Watch watchA(ServerFixture.Events events) {
        return fixture.client
                .configMaps()
                .inNamespace("ns")
                .withName("a")
                .watch(new ListOptionsBuilder().withResourceVersion("1").build(), events);
    }

    /** Hears that its watch is over, in whatever way. */
    private static final class Ended implements WebSocket.Listener {

        private final CompletableFuture<Boolean> heard = new CompletableFuture<>();

        @Override
        public @Nullable CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
            heard.complete(true);
            return null;
        }

        @Override
        public void onError(WebSocket socket, Throwable error) {
            heard.complete(true);
        }
    }
}
