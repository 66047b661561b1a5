package dev.kubechurn.sim.validation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Pages as kube-apiserver v1.37.2 writes them, with other samples among them. */
final class ServerCountsTest {

    private static final String BEFORE = """
            apiserver_longrunning_requests{component="apiserver",group="",resource="configmaps",scope="cluster",verb="WATCH"} 1
            apiserver_longrunning_requests{component="apiserver",group="",resource="configmaps",scope="namespace",verb="WATCH"} 1
            apiserver_request_total{code="201",group="",resource="configmaps",scope="resource",verb="POST"} 6
            apiserver_request_total{code="404",group="",resource="configmaps",scope="resource",verb="POST"} 1
            apiserver_watch_events_sizes_bucket{group="",resource="configmaps",version="v1",le="1024"} 10
            apiserver_watch_events_sizes_count{group="",resource="configmaps",version="v1"} 16
            apiserver_watch_events_sizes_sum{group="",resource="configmaps",version="v1"} 12682
            """;

    private static final String AFTER = """
            apiserver_longrunning_requests{component="apiserver",group="",resource="configmaps",scope="cluster",verb="WATCH"} 1
            apiserver_longrunning_requests{component="apiserver",group="",resource="configmaps",scope="namespace",verb="WATCH"} 89
            apiserver_longrunning_requests{component="apiserver",group="",resource="secrets",scope="resource",verb="WATCH"} 33
            apiserver_longrunning_requests{component="apiserver",group="",resource="services",scope="namespace",verb="WATCH"} 9
            apiserver_request_total{code="200",group="",resource="configmaps",scope="namespace",verb="LIST"} 88
            apiserver_request_total{code="200",group="",resource="secrets",scope="namespace",verb="LIST"} 33
            apiserver_request_total{code="200",group="",resource="configmaps",scope="cluster",verb="LIST"} 2
            apiserver_request_total{code="200",group="apps",resource="configmaps",scope="namespace",verb="LIST"} 5
            apiserver_request_total{code="201",group="",resource="configmaps",scope="resource",verb="POST"} 6
            apiserver_request_total{code="404",group="",resource="configmaps",scope="resource",verb="POST"} 2
            apiserver_request_total{code="200",group="",resource="configmaps",scope="resource",verb="PUT"} 10
            apiserver_request_total{code="200",group="",resource="configmaps",scope="namespace",verb="WATCH"} 90
            apiserver_request_duration_seconds_bucket{group="",resource="configmaps",scope="namespace",verb="WATCH",le="60"} 88
            apiserver_request_duration_seconds_count{group="",resource="configmaps",scope="namespace",verb="WATCH"} 90
            apiserver_watch_events_sizes_bucket{group="",resource="configmaps",version="v1",le="1024"} 13
            apiserver_watch_events_sizes_count{group="",resource="configmaps",version="v1"} 59
            apiserver_watch_events_sizes_sum{group="",resource="configmaps",version="v1"} 1.12682e+05
            """;

    private final ServerCounts before = ServerCounts.of(BEFORE);
    private final ServerCounts after = ServerCounts.of(AFTER);

    @Test
    void countsWhatIsOfOneNamespaceOrObject() {
        assertThat(before.openWatches()).isEqualTo(1);
        assertThat(after.openWatches()).isEqualTo(122);
        assertThat(after.requests("LIST")).isEqualTo(121);
        assertThat(after.requests("GET")).isZero();
    }

    @Test
    void watchesOfMoreThanAMinuteAreToldApart() {
        assertThat(after.longWatches(List.of("configmaps", "secrets"))).isEqualTo(2);
        assertThat(after.longWatches(List.of("secrets"))).isZero();
        assertThat(after.watchesSince(before, List.of())).isEqualTo(88);
        assertThat(after.watchesSince(before, List.of("configmaps"))).isEqualTo(90);
    }

    /** Ten writes, each seen by one watch of all namespaces, and three bookmarks. */
    @Test
    void eventsOfOthersAndBookmarksAreLeftOut() {
        Server.Others others = new Server.Others(Map.of("configmaps", 1.0), Map.of("configmaps", 1000.0));
        WatchEvents events = WatchEvents.between(before, after, others);
        assertThat(events.count()).isEqualTo(30);
        assertThat(events.bytesEach()).isEqualTo(3000);
    }
}
