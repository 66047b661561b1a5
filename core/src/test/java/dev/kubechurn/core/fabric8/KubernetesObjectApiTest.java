package dev.kubechurn.core.fabric8;

import static dev.kubechurn.core.fabric8.ApiFixture.KEY;
import static dev.kubechurn.core.fabric8.ApiFixture.configMap;
import static dev.kubechurn.core.fabric8.ApiFixture.status;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kubechurn.core.api.ApiError;
import dev.kubechurn.core.api.ObjectKey;
import dev.kubechurn.core.fabric8.Recorder.Found;
import dev.kubechurn.core.fabric8.Recorder.Listed;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.vertx5.Vertx5HttpClientFactory;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Lists and gets over HTTP: answers, refusals and accidents. */
@Timeout(180)
class KubernetesObjectApiTest {

    private static final String LIST =
            "{\"kind\":\"ConfigMapList\",\"apiVersion\":\"v1\",\"metadata\":{\"resourceVersion\":\"77\"},\"items\":[%s]}";

    private final ApiFixture api = new ApiFixture();

    @AfterEach
    void close() {
        api.close();
    }

    @Test
    void listFindsTheObject() {
        // Items of a list say no kind of their own.
        api.server.answer(
                200,
                LIST.formatted("{\"metadata\":{\"namespace\":\"ns\",\"name\":\"app\",\"resourceVersion\":\"60\"},"
                        + "\"data\":{\"k\":\"grün €😀\"}}"));

        Listed listed = api.list().next(Listed.class);

        assertThat(listed.resourceVersion()).isEqualTo("77");
        assertThat(listed.items()).singleElement().isInstanceOfSatisfying(ConfigMap.class, found -> {
            assertThat(found.getData()).containsEntry("k", "grün €😀");
            assertThat(found.getMetadata().getResourceVersion()).isEqualTo("60");
        });
        assertThat(listed.thread()).isNotSameAs(Thread.currentThread());
        assertThat(api.server.requests())
                .containsExactly("GET /api/v1/namespaces/ns/configmaps"
                        + "?fieldSelector=metadata.name%3Dapp&resourceVersion=0");
    }

    @Test
    void listFindsNothing() {
        api.server.answer(200, LIST.formatted(""));

        Listed listed = api.list().next(Listed.class);

        assertThat(listed.resourceVersion()).isEqualTo("77");
        assertThat(listed.items()).isEmpty();
    }

    @Test
    void quorumListNamesNoVersion() {
        api.server.answer(200, LIST.formatted(""));
        Recorder<ConfigMap> recorder = new Recorder<>();

        api.configMaps.list(KEY, "", recorder);

        recorder.next(Listed.class);
        assertThat(api.server.requests())
                .containsExactly("GET /api/v1/namespaces/ns/configmaps?fieldSelector=metadata.name%3Dapp");
    }

    @Test
    void getFindsTheObject() {
        api.server.answer(200, configMap("9", "v"));

        assertThat(api.get().next(Found.class).object().getMetadata().getResourceVersion())
                .isEqualTo("9");
        assertThat(api.server.requests()).containsExactly("GET /api/v1/namespaces/ns/configmaps/app");
    }

    @Test
    void getMayAskTheServersCache() {
        api.server.answer(200, configMap("9", "v"));
        Recorder<ConfigMap> recorder = new Recorder<>();

        api.configMaps.get(KEY, "0", recorder);

        recorder.next(Found.class);
        assertThat(api.server.requests()).containsExactly("GET /api/v1/namespaces/ns/configmaps/app?resourceVersion=0");
    }

    @Test
    void secretsHaveAnAddressOfTheirOwn() {
        api.server.answer(
                200,
                "{\"kind\":\"Secret\",\"apiVersion\":\"v1\",\"metadata\":{\"name\":\"app\"},\"data\":{\"k\":\"dg==\"}}");
        var secrets = KubernetesObjectApi.secrets(api.client, api.pool);
        Recorder<Secret> recorder = new Recorder<>();

        secrets.get(KEY, "", recorder);

        assertThat(recorder.next(Found.class).object()).isInstanceOf(Secret.class);
        assertThat(secrets.type()).isEqualTo(Secret.class);
        assertThat(api.server.requests()).containsExactly("GET /api/v1/namespaces/ns/secrets/app");
    }

    @Test
    void getOfWhatIsNotThere() {
        api.server.answer(404, status(404, "NotFound", "configmaps app not found"));

        ApiError.Status refused = (ApiError.Status) api.get().failure();

        assertThat(refused.notFound()).isTrue();
        assertThat(refused).isEqualTo(new ApiError.Status(404, "NotFound", "configmaps app not found"));
    }

    @Test
    void listOfAnUnknownResource() {
        api.server.answer(404, "404 page not found\n");

        assertThat(api.list().failure()).isEqualTo(new ApiError.Status(404, "", "the server answered HTTP 404"));
    }

    @Test
    void expiredListTellsItsReason() {
        api.server.answer(410, status(410, "Expired", "too old resource version: 5 (9)"));

        ApiError.Status refused = (ApiError.Status) api.list().failure();

        assertThat(refused.expired()).isTrue();
        assertThat(refused.message()).isEqualTo("too old resource version: 5 (9)");
    }

    @Test
    void causesAreRead() {
        api.server.answer(
                504,
                "{\"kind\":\"Status\",\"apiVersion\":\"v1\",\"message\":\"wait\",\"reason\":\"Timeout\",\"details\":"
                        + "{\"causes\":[{\"reason\":\"ResourceVersionTooLarge\",\"message\":\"m\"},{\"field\":\"f\"}],"
                        + "\"retryAfterSeconds\":1},\"code\":504}");

        ApiError.Status refused = (ApiError.Status) api.list().failure();

        assertThat(refused.tooLargeResourceVersion()).isTrue();
        assertThat(refused.causes()).containsExactly("ResourceVersionTooLarge");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "7 | | 7",
                "Wed, 21 Oct 2026 07:28:30 GMT | Wed, 21 Oct 2026 07:28:00 GMT | 30",
                "Wed, 21 Oct 2026 07:28:00 GMT | Wed, 21 Oct 2026 07:29:00 GMT | 0"
            })
    void tooManyRequestsTellsWhenToComeBack(String retryAfter, String date, long seconds) {
        api.server.play(request -> {
            request.response().setStatusCode(429).putHeader("Retry-After", retryAfter);
            if (date != null) {
                request.response().putHeader("Date", date);
            }
            request.response().end(status(429, "TooManyRequests", "slow down"));
        });

        ApiError.Status refused = (ApiError.Status) api.list().failure();

        assertThat(refused.tooManyRequests()).isTrue();
        assertThat(refused.retryAfter()).isEqualTo(Duration.ofSeconds(seconds));
        assertThat(api.server.requests()).hasSize(1);
    }

    @Test
    void nothingOfAForeignBodyIsQuoted() {
        api.server.answer(500, "<html>s3cret: boom</html>");

        assertThat(api.list().failure()).isEqualTo(new ApiError.Status(500, "", "the server answered HTTP 500"));
    }

    @Test
    void nothingIsRetriedWhateverTheClient() {
        api.server.answer(503, "");
        try (KubernetesClient stock = new KubernetesClientBuilder()
                .withConfig(api.server.config())
                .withHttpClientFactory(new Vertx5HttpClientFactory())
                .withTaskExecutor(api.pool)
                .build()) {
            assertThat(stock.getConfiguration().getRequestRetryBackoffLimit()).isPositive();
            Recorder<ConfigMap> recorder = new Recorder<>();

            KubernetesObjectApi.configMaps(stock, api.pool).list(KEY, "0", recorder);

            assertThat(recorder.failure()).isInstanceOf(ApiError.Status.class);
            assertThat(api.server.requests()).hasSize(1);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "null",
                "{",
                "{}",
                "s3cret",
                "kind: ConfigMapList",
                "{\"kind\":\"Status\",\"apiVersion\":\"v1\",\"metadata\":{\"resourceVersion\":\"1\"}}",
                "{\"kind\":\"ConfigMapList\",\"items\":[]}",
                "{\"kind\":\"ConfigMapList\",\"metadata\":{\"resourceVersion\":\"1\"},\"items\":[null]}",
                "{\"kind\":\"ConfigMapList\",\"metadata\":{\"resourceVersion\":\"1\"},\"items\":\"s3cret\"}",
                "{\"kind\":\"ConfigMapList\",\"metadata\":{\"resourceVersion\":\"1\"},\"items\":[{\"data\":\"s3cret\"}]}"
            })
    void whatIsNoListIsNoAnswer(String body) {
        api.server.answer(200, body);

        ApiError error = api.list().failure();

        assertThat(error).isInstanceOf(ApiError.Transport.class);
        assertThat(error.message()).contains("ConfigMapList").doesNotContain("s3cret");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"kind\":\"Secret\",\"metadata\":{}}", "{\"kind\":\"ConfigMap\"}", "{\"data\":5}"})
    void whatIsNoObjectIsNoAnswer(String body) {
        api.server.answer(200, body);

        assertThat(api.get().failure()).isInstanceOf(ApiError.Transport.class);
    }

    @Test
    void anAnswerBeyondTheBoundIsNotRead() {
        api.server.play(request -> {
            request.response().setChunked(true);
            String megabyte = " ".repeat(1024 * 1024);
            for (int i = 0; i <= KubernetesClients.MAX_ANSWER_BYTES >> 20; i++) {
                request.response().write(megabyte);
            }
            request.response().end();
        });

        ApiError error = api.list().failure();

        assertThat(error).isInstanceOf(ApiError.Transport.class);
        assertThat(error.message()).contains("larger than");
    }

    @Test
    void aRedirectIsNoAnswer() {
        api.server.play(request -> request.response().setStatusCode(304).end());

        assertThat(api.list().failure()).isEqualTo(new ApiError.Transport("the server answered HTTP 304"));
    }

    @Test
    void nobodyListens() {
        api.server.close();

        assertThat(api.list().failure()).isInstanceOf(ApiError.ConnectionRefused.class);
        assertThat(api.get().failure()).isInstanceOf(ApiError.ConnectionRefused.class);
    }

    @Test
    void cutBeforeTheAnswer() {
        api.server.play(request -> request.connection().close());

        assertThat(api.list().failure()).isInstanceOf(ApiError.Transport.class);
    }

    @Test
    void cutWithinTheAnswer() {
        api.server.play(request -> {
            request.response().putHeader("Content-Length", "1000");
            request.response()
                    .write("{\"kind\":\"ConfigMapList\"")
                    .onSuccess(sent -> request.connection().close());
        });

        assertThat(api.list().failure()).isInstanceOf(ApiError.Transport.class);
    }

    @Test
    void anAnswerThatNeverComes() {
        try (ApiFixture hasty = new ApiFixture(
                new ConfigBuilder(api.server.config()).withRequestTimeout(200).build())) {
            api.server.play(request -> {});

            assertThat(hasty.list().failure()).isInstanceOf(ApiError.Transport.class);
        }
    }

    @Test
    void namesThatLeadElsewhereAreNotSent() {
        Recorder<ConfigMap> recorder = new Recorder<>();

        api.configMaps.get(new ObjectKey("ns", "../../secrets/x"), "", recorder);

        assertThat(recorder.failure().message()).contains("invalid name \"../../secrets/x\"");
        assertThat(api.server.requests()).isEmpty();
    }
}
