package dev.kubechurn.core.fabric8;

import static dev.kubechurn.core.fabric8.ApiFixture.KEY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.kubechurn.core.api.ApiError;
import dev.kubechurn.core.api.Call;
import dev.kubechurn.core.api.ObjectApi;
import dev.kubechurn.core.fabric8.Recorder.Listed;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.vertx.core.http.HttpServerRequest;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** When calls start, where they run, what cancelling does, and who they say they are. */
@Timeout(180)
class KubernetesObjectApiCallTest {

    private static final String EMPTY_LIST =
            "{\"kind\":\"ConfigMapList\",\"apiVersion\":\"v1\",\"metadata\":{\"resourceVersion\":\"77\"},\"items\":[]}";

    private final ApiFixture api = new ApiFixture();

    @AfterEach
    void close() {
        api.close();
    }

    @Test
    void startingACallDoesNothingInTheCallingThread() {
        api.server.answer(200, EMPTY_LIST);
        Queue<Runnable> tasks = new ArrayDeque<>();
        var held = KubernetesObjectApi.configMaps(api.client, tasks::add);
        Recorder<ConfigMap> recorder = new Recorder<>();

        held.list(KEY, "0", recorder);
        held.watch(KEY, ApiFixture.OPTIONS, recorder);
        held.get(KEY, "0", recorder);

        assertThat(tasks).hasSize(3);
        assertThat(recorder.rest()).isEmpty();
        assertThat(api.server.requests()).isEmpty();
    }

    @Test
    void aCallCancelledBeforeItStartsIsNeverSent() {
        Queue<Runnable> tasks = new ArrayDeque<>();
        var held = KubernetesObjectApi.configMaps(api.client, tasks::add);
        Recorder<ConfigMap> recorder = new Recorder<>();

        held.list(KEY, "0", recorder).cancel();
        held.watch(KEY, ApiFixture.OPTIONS, recorder).cancel();
        tasks.forEach(Runnable::run);
        api.server.answer(200, EMPTY_LIST);
        api.list().next(Listed.class);

        assertThat(api.server.requests()).hasSize(1);
        assertThat(recorder.rest()).isEmpty();
    }

    @Test
    void aListCancelledBeforeItsAnswerIsForgotten() {
        CompletableFuture<HttpServerRequest> asked = new CompletableFuture<>();
        api.server.play(asked::complete);
        Recorder<ConfigMap> recorder = new Recorder<>();
        Call call = api.configMaps.list(KEY, "0", recorder);
        HttpServerRequest request = asked.orTimeout(60, TimeUnit.SECONDS).join();

        call.cancel();
        call.cancel();
        CompletableFuture<?> answered = new CompletableFuture<>();
        api.server
                .vertx()
                .runOnContext(go -> request.response().end(EMPTY_LIST).onComplete(end -> answered.complete(null)));
        answered.orTimeout(60, TimeUnit.SECONDS).join();
        api.server.answer(200, EMPTY_LIST);
        api.list().next(Listed.class);
        api.drain();

        assertThat(recorder.rest()).isEmpty();
    }

    @Test
    void aListCancelledWithinItsAnswerGivesItsConnectionBack() {
        CompletableFuture<HttpServerRequest> asked = new CompletableFuture<>();
        api.server.play(request -> {
            request.response().putHeader("Content-Length", "1000");
            request.response().write("{").onSuccess(sent -> asked.complete(request));
        });
        Recorder<ConfigMap> recorder = new Recorder<>();
        Call call = api.configMaps.list(KEY, "0", recorder);
        asked.orTimeout(60, TimeUnit.SECONDS).join();

        call.cancel();

        await().atMost(60, TimeUnit.SECONDS).until(() -> api.server.connections() == 0);
        assertThat(recorder.rest()).isEmpty();
    }

    @Test
    void whatACallbackThrowsIsTold() {
        api.server.answer(200, EMPTY_LIST);
        CompletableFuture<Throwable> told = new CompletableFuture<>();
        var configMaps = KubernetesObjectApi.configMaps(api.client, api.pool, told::complete);
        Recorder<ConfigMap> recorder = new Recorder<>();
        IllegalStateException mistake = new IllegalStateException("a handler's mistake, made on purpose");

        configMaps.list(KEY, "0", new ObjectApi.ListHandler<>() {
            @Override
            public void listed(String resourceVersion, List<ConfigMap> items) {
                throw mistake;
            }

            @Override
            public void failed(ApiError error) {
                recorder.failed(error);
            }
        });

        assertThat(told.orTimeout(60, TimeUnit.SECONDS).join()).isSameAs(mistake);
        api.drain();
        assertThat(recorder.rest()).isEmpty();
    }

    @Test
    void aClosedExecutorIsTheCallersMistake() {
        ExecutorService closed = Executors.newSingleThreadExecutor();
        closed.shutdown();
        var dead = KubernetesObjectApi.configMaps(api.client, closed);

        assertThatThrownBy(() -> dead.list(KEY, "0", new Recorder<>())).isInstanceOf(RejectedExecutionException.class);
    }

    @Test
    void aClosedClientIsAnError() {
        api.client.close();

        assertThat(api.list().failure()).isInstanceOf(ApiError.Transport.class);
    }

    @Test
    void theConfiguredTokenIsSent() {
        CompletableFuture<String> list = new CompletableFuture<>();
        CompletableFuture<String> watch = new CompletableFuture<>();
        api.server.play(request -> {
            (request.uri().contains("watch=true") ? watch : list).complete(request.getHeader("Authorization"));
            request.response().setStatusCode(500).end();
        });
        try (ApiFixture known = new ApiFixture(
                new ConfigBuilder(api.server.config()).withOauthToken("t0ken").build())) {
            known.list().failure();
            known.watch().failure();

            assertThat(list).isCompletedWithValue("Bearer t0ken");
            assertThat(watch).isCompletedWithValue("Bearer t0ken");
        }
    }
}
