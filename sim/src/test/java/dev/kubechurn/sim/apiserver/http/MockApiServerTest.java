package dev.kubechurn.sim.apiserver.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The server over fabric8's mock web server, which knows WebSocket watches only. */
final class MockApiServerTest extends ApiServerContract {

    MockApiServerTest() {
        super(false);
    }

    @Test
    void refusesToStreamAWatchOverHttp() throws Exception {
        assertThat(fixture.request("GET", "/api/v1/configmaps?watch=true", "").body())
                .contains("WebSocket");
    }
}
