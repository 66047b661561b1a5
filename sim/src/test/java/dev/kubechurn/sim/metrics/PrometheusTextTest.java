package dev.kubechurn.sim.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.kubechurn.sim.metrics.PrometheusText.Sample;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PrometheusTextTest {

    @Test
    void readsSamplesAsTheFormatHasThem() {
        PrometheusText text = PrometheusText.parse("""
                # HELP requests_total Requests.
                # TYPE requests_total counter
                requests_total{verb="LIST",code="200"} 121
                requests_total{verb="GET", code="404",} 3 1395066363000

                up 1
                odd{path="C:\\\\DIR\\n\\"x\\", }{"} 1.5e+06
                latency_bucket{le="+Inf"} +Inf
                """);
        assertThat(text.samples())
                .containsExactly(
                        new Sample("requests_total", Map.of("verb", "LIST", "code", "200"), 121),
                        new Sample("requests_total", Map.of("verb", "GET", "code", "404"), 3),
                        new Sample("up", Map.of(), 1),
                        new Sample("odd", Map.of("path", "C:\\DIR\n\"x\", }{"), 1_500_000),
                        new Sample("latency_bucket", Map.of("le", "+Inf"), Double.POSITIVE_INFINITY));
        assertThat(text.sum("requests_total", sample -> !sample.label("code").equals("404")))
                .isEqualTo(121);
        assertThat(text.samples().get(2).label("verb")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"up", "up one", "up{a=\"b\" 1", "up{a=b} 1", "up{a=\"b} 1", "up{"})
    void saysWhichLineIsNoSample(String line) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PrometheusText.parse("fine 1\n" + line + "\n"))
                .withMessage("no sample of Prometheus' text format: " + line);
    }
}
