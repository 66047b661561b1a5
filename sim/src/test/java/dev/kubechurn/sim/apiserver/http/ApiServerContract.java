package dev.kubechurn.sim.apiserver.http;

import static dev.kubechurn.sim.apiserver.http.ServerFixture.await;
import static dev.kubechurn.sim.apiserver.http.ServerFixture.configMap;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.kubechurn.sim.apiserver.ApiStore;
import dev.kubechurn.sim.apiserver.ServerStatistics;
import dev.kubechurn.sim.apiserver.Verb;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.ConfigMapList;
import io.fabric8.kubernetes.api.model.ListOptions;
import io.fabric8.kubernetes.api.model.ListOptionsBuilder;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.Watch;
import io.fabric8.kubernetes.client.dsl.MixedOperation;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.net.BindException;
import java.net.InetAddress;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The server as fabric8's client and a plain HTTP client see it, whatever carries their requests. */
abstract class ApiServerContract {

    final ServerFixture fixture;
    private final ApiStore store;
    private final MixedOperation<ConfigMap, ConfigMapList, Resource<ConfigMap>> configMaps;

    /** @param forAnyClient over the carrier of {@code serve} */
    ApiServerContract(boolean forAnyClient) {
        fixture = start(forAnyClient);
        store = fixture.store;
        configMaps = fixture.client.configMaps();
    }

    private static ServerFixture start(boolean forAnyClient) {
        try {
            return new ServerFixture(forAnyClient);
        } catch (java.io.IOException notStarted) {
            throw new java.io.UncheckedIOException(notStarted);
        }
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    private static KubernetesClientException refusal(ThrowingCallable call) {
        return catchThrowableOfType(KubernetesClientException.class, call);
    }

    private static ListOptionsBuilder from(String resourceVersion) {
        return new ListOptionsBuilder().withResourceVersion(resourceVersion);
    }

    private ServerFixture.Events watch(String name, ListOptions options) {
        ServerFixture.Events events = new ServerFixture.Events();
        Watch watch = configMaps.inNamespace("ns").withName(name).watch(options, events);
        assertThat(watch).isNotNull();
        return events;
    }

    @Test
    void createsReadsUpdatesAndDeletes() {
        ConfigMap created = configMaps.resource(configMap("ns", "a", "1")).create();
        ConfigMap updated = configMaps
                .resource(new ConfigMapBuilder(created).addToData("key", "2").build())
                .update();

        assertThat(created.getMetadata().getResourceVersion()).isEqualTo("2");
        assertThat(updated.getMetadata().getUid())
                .isEqualTo(created.getMetadata().getUid());
        assertThat(configMaps.inNamespace("ns").withName("a").get().getData()).containsEntry("key", "2");
        assertThat(configMaps.inNamespace("ns").withName("a").delete()).hasSize(1);
        assertThat(configMaps.inNamespace("ns").withName("a").get()).isNull();
        assertThat(configMaps.inNamespace("ns").withName("a").delete()).isEmpty();
    }

    @Test
    void storesTheOtherResourcesToo() {
        fixture.client
                .namespaces()
                .resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName("ns")
                        .endMetadata()
                        .build())
                .create();
        fixture.client
                .secrets()
                .resource(new SecretBuilder()
                        .withNewMetadata()
                        .withNamespace("ns")
                        .withName("s")
                        .endMetadata()
                        .addToStringData("k", "v")
                        .build())
                .create();
        fixture.client
                .pods()
                .resource(new PodBuilder()
                        .withNewMetadata()
                        .withNamespace("ns")
                        .withName("p")
                        .endMetadata()
                        .build())
                .create();

        assertThat(fixture.client.namespaces().withName("ns").get()).isNotNull();
        assertThat(fixture.client
                        .secrets()
                        .inNamespace("ns")
                        .withName("s")
                        .get()
                        .getData())
                .containsEntry("k", "dg==");
        assertThat(fixture.client.pods().inAnyNamespace().list().getItems()).hasSize(1);
        assertThat(fixture.client.getKubernetesVersion().getMinor()).isEqualTo("34");
    }

    @Test
    void refusalsArriveAsStatus() {
        ConfigMap created = configMaps.resource(configMap("ns", "a", "1")).create();
        configMaps.resource(configMap("ns", "a", "2")).update();

        KubernetesClientException exists =
                refusal(() -> configMaps.resource(configMap("ns", "a", "1")).create());
        KubernetesClientException conflict = refusal(
                () -> configMaps.resource(created).lockResourceVersion("2").update());
        KubernetesClientException invalid =
                refusal(() -> configMaps.resource(configMap("ns", "A", "1")).create());

        assertThat(exists.getCode()).isEqualTo(409);
        assertThat(exists.getStatus().getReason()).isEqualTo("AlreadyExists");
        assertThat(conflict.getCode()).isEqualTo(409);
        assertThat(conflict.getStatus().getReason()).isEqualTo("Conflict");
        assertThat(invalid.getCode()).isEqualTo(422);
        assertThat(invalid.getStatus().getDetails().getCauses().get(0).getField())
                .isEqualTo("metadata.name");
    }

    @Test
    void listsBySelectorVersionAndPage() {
        for (String name : List.of("a", "b", "c")) {
            store.create(configMap("ns", name, "1"));
        }

        ConfigMapList one =
                configMaps.inNamespace("ns").withField("metadata.name", "b").list();
        ConfigMapList page = configMaps
                .inAnyNamespace()
                .list(new ListOptionsBuilder().withLimit(2L).build());
        ConfigMapList rest = configMaps
                .inAnyNamespace()
                .list(new ListOptionsBuilder()
                        .withLimit(2L)
                        .withContinue(page.getMetadata().getContinue())
                        .build());
        KubernetesClientException tooLarge =
                refusal(() -> configMaps.inNamespace("ns").list(from("99").build()));

        assertThat(one.getItems())
                .extracting(item -> item.getMetadata().getName())
                .containsExactly("b");
        assertThat(one.getMetadata().getResourceVersion()).isEqualTo("4");
        assertThat(page.getItems()).hasSize(2);
        assertThat(page.getMetadata().getRemainingItemCount()).isEqualTo(1);
        assertThat(rest.getItems())
                .extracting(item -> item.getMetadata().getName())
                .containsExactly("c");
        assertThat(tooLarge.getCode()).isEqualTo(504);
        assertThat(tooLarge.getStatus().getDetails().getCauses().get(0).getReason())
                .isEqualTo("ResourceVersionTooLarge");
    }

    @Test
    void aWatchReplaysFromTheListedVersion() {
        store.create(configMap("ns", "a", "1"));
        String listed = configMaps.inNamespace("ns").list().getMetadata().getResourceVersion();
        store.update(configMap("ns", "a", "2"));
        store.create(configMap("ns", "b", "1"));
        store.delete(dev.kubechurn.sim.apiserver.Resource.CONFIGMAPS, "ns", "a");

        ServerFixture.Events events = watch("a", from(listed).build());
        await().until(() -> events.seen.size() == 2);
        store.create(configMap("ns", "a", "äöü €"));
        await().until(() -> events.seen.size() == 3);

        assertThat(events.seen).containsExactly("MODIFIED a 3", "DELETED a 5", "ADDED a 6");
        assertThat(requireNonNull(events.last).getData()).containsEntry("key", "äöü €");
    }

    @Test
    void aBigObjectPassesThroughAWatch() {
        ServerFixture.Events events = watch("a", from("1").build());
        String value = "x".repeat(1_000_000);

        store.create(configMap("ns", "a", value));
        await().until(() -> !events.seen.isEmpty());

        assertThat(requireNonNull(events.last).getData()).containsEntry("key", value);
    }

    @Test
    void aWatchFromAForgottenVersionIsGone() {
        store.create(configMap("ns", "a", "1"));
        store.update(configMap("ns", "a", "2"));
        store.compactAll();

        ServerFixture.Events events = watch("a", from("2").build());
        await().until(() -> events.over);

        assertThat(requireNonNull(events.failure).isHttpGone()).isTrue();
        assertThat(events.failure).hasMessageContaining("too old resource version: 2 (3)");
        await().until(() -> fixture.server.statistics().snapshot().openWatches() == 0);
        assertThat(store.openWatchCount()).isZero();
    }

    @Test
    void bookmarksArriveWhenAllowed() {
        store.create(configMap("ns", "other", "1"));
        ServerFixture.Events events =
                watch("a", from("2").withAllowWatchBookmarks(true).build());
        await().until(() -> store.openWatchCount() == 1);
        store.update(configMap("ns", "other", "2"));

        fixture.scheduler.advance(Duration.ofSeconds(76));
        await().until(() -> events.seen.size() == 1);

        assertThat(events.seen).containsExactly("BOOKMARK null 3");
    }

    @Test
    void aWatchEndsWithItsTimeAndTheClientGoesOnWhereItWas() {
        ServerFixture.Events events =
                watch("a", from("1").withTimeoutSeconds(300L).build());
        await().until(() -> store.openWatchCount() == 1);

        store.create(configMap("ns", "a", "1"));
        fixture.scheduler.advance(Duration.ofMinutes(5));
        assertThat(store.openWatchCount()).isZero();
        store.update(configMap("ns", "a", "2"));
        await().until(() -> events.seen.size() > 1);

        assertThat(events.seen).containsExactly("ADDED a 2", "MODIFIED a 3");
        ServerStatistics.Snapshot counted = fixture.server.statistics().snapshot();
        assertThat(counted.requests(Verb.WATCH)).isEqualTo(2);
        assertThat(counted.openWatches()).isEqualTo(1);
        assertThat(counted.peakWatches()).isEqualTo(1);
    }

    @Test
    void aWatchClosedByTheClientIsForgotten() {
        ServerFixture.Events events = new ServerFixture.Events();
        Watch watch = configMaps.inNamespace("ns").watch(from("1").build(), events);
        await().until(() -> store.openWatchCount() == 1);

        watch.close();

        await().until(() -> store.openWatchCount() == 0);
        assertThat(fixture.scheduler.scheduled()).isZero();
    }

    @Test
    void countsWhatComesThroughTheServerOnly() {
        store.create(configMap("ns", "a", "1"));
        configMaps.inNamespace("ns").withName("a").get();
        configMaps.inNamespace("ns").withName("b").get();
        configMaps.inNamespace("ns").list();
        ServerFixture.Events events = watch("a", from("2").build());
        store.update(configMap("ns", "a", "2"));
        await().until(() -> !events.seen.isEmpty());

        ServerStatistics.Snapshot counted = fixture.server.statistics().snapshot();
        assertThat(counted.requests(Verb.CREATE)).isZero();
        assertThat(counted.requests(Verb.GET)).isEqualTo(2);
        assertThat(counted.requests(Verb.LIST)).isEqualTo(1);
        assertThat(counted.requests(Verb.WATCH)).isEqualTo(1);
        assertThat(counted.responses())
                .containsEntry(200, 2L)
                .containsEntry(404, 1L)
                .containsEntry(101, 1L);
        assertThat(counted.watchEvents()).isEqualTo(1);
        assertThat(counted.peakWatches()).isEqualTo(1);
        assertThat(counted.bytesSent()).isGreaterThan(500);
    }

    @Test
    void answersAboutItself() throws Exception {
        assertThat(fixture.request("GET", "/healthz", "").body()).isEqualTo("ok");
        assertThat(fixture.request("GET", "/readyz", "").statusCode()).isEqualTo(200);
        assertThat(fixture.request("GET", "/livez", "").statusCode()).isEqualTo(200);
        assertThat(fixture.request("GET", "/version", "").body()).contains("\"major\":\"1\"");
        assertThat(fixture.request("GET", "/api", "").body()).contains("\"versions\":[\"v1\"]");
        assertThat(fixture.request("GET", "/apis", "").body()).contains("APIGroupList");
        assertThat(fixture.request("GET", "/api/v1", "").body())
                .contains("\"name\":\"configmaps\"", "\"name\":\"nodes\"", "\"singularName\":\"secret\"");
    }

    @Test
    void refusesWhatItDoesNotHave() throws Exception {
        HttpResponse<String> unknown = fixture.request("GET", "/api/v1/namespaces/ns/gadgets", "");

        assertThat(unknown.statusCode()).isEqualTo(404);
        assertThat(unknown.body()).contains("\"kind\":\"Status\"", "\"reason\":\"NotFound\"");
        assertThat(fixture.request("GET", "/api/v1/namespaces/ns/configmaps/a/status", "")
                        .statusCode())
                .isEqualTo(404);
        assertThat(fixture.request("GET", "/apis/apps/v1/deployments", "").statusCode())
                .isEqualTo(404);
        assertThat(fixture.request("POST", "/api/v1/configmaps", "{}").statusCode())
                .isEqualTo(405);
        assertThat(fixture.request("POST", "/api/v1/namespaces/ns/configmaps", "not json")
                        .statusCode())
                .isEqualTo(400);
        assertThat(fixture.request("POST", "/api/v1/namespaces/ns/configmaps", "[]")
                        .statusCode())
                .isEqualTo(400);
        assertThat(fixture.request("GET", "/api/v1/configmaps?fieldSelector=spec.x%3Dy", "")
                        .body())
                .contains("field label not supported: spec.x");
        assertThat(fixture.request("GET", "/api/v1/configmaps?limit=many", "").statusCode())
                .isEqualTo(400);
        assertThat(fixture.request("GET", "/api/v1/configmaps?watch=true&resourceVersion=x", "")
                        .statusCode())
                .isEqualTo(400);
        assertThat(fixture.request("GET", "/api/v1/configmaps?resourceVersion=99", "")
                        .headers()
                        .firstValue("Retry-After"))
                .contains("1");
    }

    @Test
    void refusesBodiesOfMoreThanThreeMebibytes() throws Exception {
        String body = "{\"metadata\":{\"name\":\"a\"},\"data\":{\"k\":\"" + "x".repeat(3 << 20) + "\"}}";

        HttpResponse<String> refused = fixture.request("POST", "/api/v1/namespaces/ns/configmaps", body);

        assertThat(refused.statusCode()).isEqualTo(413);
        assertThat(refused.body()).contains("RequestEntityTooLarge");
    }

    @Test
    void aPortInUseIsSaidClearly() {
        int port = fixture.server.url().getPort();

        assertThatThrownBy(() -> MockApiServer.start(store, InetAddress.getLoopbackAddress(), port))
                .isInstanceOf(BindException.class)
                .hasMessageContaining("port " + port + " is in use");
    }

    @Test
    void listensOnLoopbackOnly() {
        assertThatThrownBy(() -> MockApiServer.start(store, InetAddress.getByName("0.0.0.0"), 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("loopback");
    }

    @Test
    void closingEndsTheWatchesAndLeavesTheStore() {
        ServerFixture.Events events = watch("a", from("1").build());
        await().until(() -> store.openWatchCount() == 1);

        fixture.server.close();
        fixture.server.close();

        await().until(() -> events.over);
        assertThat(store.openWatchCount()).isZero();
        assertThat(store.create(configMap("ns", "a", "1")).revision()).isEqualTo(2);
    }

    /** A trial deletes nothing, whether the query or the body says that it is one. */
    @Test
    void aTrialIsRefusedAndDoesNothing() throws Exception {
        store.create(configMap("ns", "a", "1"));
        String collection = "/api/v1/namespaces/ns/configmaps";

        for (String target : List.of(collection + "/a", collection)) {
            assertThat(fixture.request("DELETE", target, "{\"dryRun\":[\"All\"]}")
                            .statusCode())
                    .isEqualTo(400);
            assertThat(fixture.request("DELETE", target + "?dryRun=All", "").statusCode())
                    .isEqualTo(400);
        }
        assertThat(store.find(dev.kubechurn.sim.apiserver.Resource.CONFIGMAPS, "ns", "a"))
                .isPresent();
        assertThat(fixture.request("DELETE", collection + "?labelSelector=x%3Dy", "")
                        .statusCode())
                .isEqualTo(200);
        assertThat(fixture.request("DELETE", collection, "{}").body()).contains("\"name\":\"a\"");
        assertThat(store.find(dev.kubechurn.sim.apiserver.Resource.CONFIGMAPS, "ns", "a"))
                .isEmpty();
    }

    @Test
    void aNameIsMadeOfItsBeginning() throws Exception {
        String body = "{\"metadata\":{\"generateName\":\"job-\"}}";
        String first = fixture.request("POST", "/api/v1/namespaces/ns/configmaps", body)
                .body();
        String second = fixture.request("POST", "/api/v1/namespaces/ns/configmaps", body)
                .body();

        assertThat(first).containsPattern("\"name\":\"job-[b-z2-9]{5}\"");
        assertThat(second).containsPattern("\"name\":\"job-[b-z2-9]{5}\"").isNotEqualTo(first);
    }
}
