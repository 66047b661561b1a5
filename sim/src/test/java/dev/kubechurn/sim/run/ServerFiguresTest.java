package dev.kubechurn.sim.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

final class ServerFiguresTest {

    @Test
    void sumsWhatPrometheusReads() {
        String text = """
                # HELP apiserver_longrunning_requests Open watches.
                # TYPE apiserver_longrunning_requests gauge
                apiserver_longrunning_requests{group="",resource="configmaps",verb="WATCH"} 12.0
                apiserver_longrunning_requests{group="",resource="secrets",verb="WATCH"} 3.0
                apiserver_request_total{code="200",resource="configmaps",verb="LIST"} 1.0E3
                apiserver_request_total{code="410",resource="configmaps",verb="LIST"} 2.0
                apiserver_request_total{code="200",resource="secrets",verb="WATCH"} 7.0
                apiserver_request_duration_seconds_bucket{verb="LIST",le="0.1"} 5
                apiserver_watch_events_total{resource="secrets"} 4.0
                apiserver_watch_events_sizes_sum{resource="secrets"} 800.0
                apiserver_watch_events_sizes_count{resource="secrets"} 4
                """;
        assertThat(ServerFigures.parse(text))
                .isEqualTo(Map.of(
                        "watches",
                        15.0,
                        "requests:list",
                        1002.0,
                        "requests:watch",
                        7.0,
                        "events",
                        4.0,
                        "bytes",
                        800.0));
    }
}
