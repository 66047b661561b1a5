package dev.kubechurn.sim.apiserver.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kubechurn.sim.apiserver.ApiStatusException;
import org.junit.jupiter.api.Test;

/** Paths and queries of requests. */
class RequestTargetTest {

    @Test
    void decodesSegmentsAndParameters() {
        RequestTarget target =
                RequestTarget.parse("/api/v1/x%2Fy+z/?labelSelector=a+in+%28b%29&watch=1&limit=7&limit=8");

        assertThat(target.segments()).containsExactly("api", "v1", "x/y+z");
        assertThat(target.text("labelSelector")).isEqualTo("a in (b)");
        assertThat(target.flag("watch")).isTrue();
        assertThat(target.flag("allowWatchBookmarks")).isFalse();
        assertThat(target.number("limit")).isEqualTo(7);
        assertThat(target.number("timeoutSeconds")).isZero();
        assertThat(RequestTarget.parse("/").segments()).isEmpty();
    }

    @Test
    void refusesWhatItCannotRead() {
        RequestTarget target = RequestTarget.parse("/api?watch=maybe&limit=-1&timeoutSeconds=9999999999");

        assertThatThrownBy(() -> target.flag("watch")).isInstanceOf(ApiStatusException.class);
        assertThatThrownBy(() -> target.number("limit")).hasMessageContaining("limit");
        assertThatThrownBy(() -> target.number("timeoutSeconds")).hasMessageContaining("timeoutSeconds");
        assertThatThrownBy(() -> RequestTarget.parse("/api?labelSelector=%ZZ")).hasMessageContaining("escape");
        assertThatThrownBy(() -> RequestTarget.parse("/api/%")).hasMessageContaining("escape");
    }
}
