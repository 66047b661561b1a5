package dev.kubechurn.sim.apiserver.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Iterator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The same over the carrier that serves any client, and what only that one can do. */
final class ServedApiServerTest extends ApiServerContract {

    ServedApiServerTest() {
        super(true);
    }

    private Iterator<String> lines(String target) throws Exception {
        HttpResponse<Stream<String>> response = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(
                                        fixture.server.url().toString().replaceFirst("/$", "") + target))
                                .build(),
                        HttpResponse.BodyHandlers.ofLines());
        assertThat(response.statusCode()).isEqualTo(200);
        return response.body().iterator();
    }

    @Test
    void streamsAWatchOverHttpAsLines() throws Exception {
        fixture.store.create(ServerFixture.configMap("ns", "a", "\u00e9\u4e16"));

        Iterator<String> lines = lines("/api/v1/configmaps?watch=true");

        assertThat(lines.next()).startsWith("{\"type\":\"ADDED\"").contains("\u00e9\u4e16");
        fixture.store.update(ServerFixture.configMap("ns", "a", "2"));
        assertThat(lines.next()).startsWith("{\"type\":\"MODIFIED\"");
        fixture.store.dropWatches(watch -> true);
        assertThat(lines.hasNext()).isFalse();
    }

    /** Headers must come before the first event: clients wait for them before they believe in a watch. */
    @Test
    void aWatchOfNothingIsOpenAtOnce() throws Exception {
        Iterator<String> lines = lines("/api/v1/configmaps?watch=true&resourceVersion=1");

        fixture.store.create(ServerFixture.configMap("ns", "a", "1"));
        assertThat(lines.next()).startsWith("{\"type\":\"ADDED\"");
    }

    @Test
    void aVersionThatIsForgottenIsAnEventAndTheEnd() throws Exception {
        for (int i = 0; i < 3; i++) {
            fixture.store.create(ServerFixture.configMap("ns", "a" + i, "1"));
        }
        fixture.store.compactAll();

        Iterator<String> lines = lines("/api/v1/configmaps?watch=true&resourceVersion=2");

        assertThat(lines.next()).contains("\"type\":\"ERROR\"", "\"code\":410");
        assertThat(lines.hasNext()).isFalse();
    }

    /** As client-go asks from 1.35 on (KEP-3157). */
    @Test
    void aWatchThatListsEndsItsListWithABookmark() throws Exception {
        fixture.store.create(ServerFixture.configMap("ns", "a", "1"));

        Iterator<String> lines = lines("/api/v1/configmaps?watch=true&sendInitialEvents=true&allowWatchBookmarks=true"
                + "&resourceVersionMatch=NotOlderThan&resourceVersion=");

        assertThat(lines.next()).startsWith("{\"type\":\"ADDED\"");
        assertThat(lines.next())
                .startsWith("{\"type\":\"BOOKMARK\"")
                .contains("\"k8s.io/initial-events-end\":\"true\"");
        fixture.store.create(ServerFixture.configMap("ns", "b", "1"));
        assertThat(lines.next()).startsWith("{\"type\":\"ADDED\"").contains("\"name\":\"b\"");
    }

    @Test
    void rowsForKubectl() throws Exception {
        fixture.store.create(ServerFixture.configMap("ns", "a", "1"));
        HttpResponse<String> table = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(fixture.uri("/api/v1/configmaps", "http"))
                                .header("Accept", "application/json;as=Table;v=v1;g=meta.k8s.io,application/json")
                                .build(),
                        HttpResponse.BodyHandlers.ofString());

        assertThat(table.body())
                .contains("\"kind\":\"Table\"", "\"name\":\"Data\"", "\"cells\":[\"a\",1,\"", "PartialObjectMetadata")
                .doesNotContain("\"key\"");
    }

    @Test
    void tellsWhatAKubeApiserverTells() throws Exception {
        fixture.store.create(ServerFixture.configMap("ns", "a", "1"));
        Iterator<String> lines = lines("/api/v1/namespaces/ns/configmaps?watch=true");
        lines.next();
        fixture.request("GET", "/api/v1/namespaces/ns/configmaps/a", "");
        fixture.request("GET", "/api/v1/namespaces/ns/configmaps/b", "");

        String metrics = fixture.request("GET", "/metrics", "").body();

        String place = "group=\"\",resource=\"configmaps\",scope=\"resource\",verb=\"GET\",version=\"v1\"} 1.0";
        assertThat(metrics)
                .contains(
                        "apiserver_request_total{code=\"200\"," + place,
                        "apiserver_request_total{code=\"404\"," + place)
                .contains("apiserver_longrunning_requests{group=\"\",resource=\"configmaps\",scope=\"namespace\","
                        + "verb=\"WATCH\",version=\"v1\"} 1.0")
                .contains("apiserver_watch_events_total{group=\"\",resource=\"configmaps\",version=\"v1\"} 1.0")
                .contains("apiserver_watch_events_sizes_bucket", "apiserver_request_duration_seconds_count");
    }
}
