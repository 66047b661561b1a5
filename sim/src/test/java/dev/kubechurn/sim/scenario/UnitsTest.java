package dev.kubechurn.sim.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UnitsTest {

    @ParameterizedTest
    @CsvSource({
        "500ms, 500000000, 500ms",
        "1m30s, 90000000000, 1m30s",
        "90s, 90000000000, 1m30s",
        "2h, 7200000000000, 2h",
        "1.5s, 1500000000, 1s500ms",
        "0s, 0, 0s",
        "3us, 3000, 3us",
        "3µs7ns, 3007, 3us7ns",
        "720h, 2592000000000000, 720h"
    })
    void durationsAreWrittenAsGoWritesThem(String text, long nanos, String canonical) {
        assertThat(Durations.parse(text)).isEqualTo(Duration.ofNanos(nanos));
        assertThat(Durations.format(Duration.ofNanos(nanos))).isEqualTo(canonical);
        assertThat(Durations.parse(canonical)).isEqualTo(Duration.ofNanos(nanos));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "s",
                "10",
                "1d",
                "1 s",
                "1s ",
                "+1s",
                "1e3s",
                ".5s",
                "1.s",
                "-1",
                "99999999999999s",
                "999999999h"
            })
    void refusesWhatIsNoDuration(String text) {
        assertThatThrownBy(() -> Durations.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0, 0",
        "512, 512, 512",
        "1Ki, 1024, 1Ki",
        "100Ki, 102400, 100Ki",
        "1M, 1000000, 1M",
        "1.5Ki, 1536, 1536",
        "1Mi, 1048576, 1Mi",
        "2000, 2000, 2k",
        "1G, 1000000000, 1G",
        "3Ti, 3298534883328, 3Ti"
    })
    void quantitiesAreWrittenAsKubernetesWritesThem(String text, long bytes, String canonical) {
        assertThat(Quantities.parse(text)).isEqualTo(bytes);
        assertThat(Quantities.format(bytes)).isEqualTo(canonical);
        assertThat(Quantities.parse(canonical)).isEqualTo(bytes);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Ki", "1KB", "1kb", "1 Ki", "0.3", "100m", "-1", "999999999999999999T", "1e3"})
    void refusesWhatIsNoQuantity(String text) {
        assertThatThrownBy(() -> Quantities.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void ratesKnowTheirUnit() {
        assertThat(Rate.parse("90/m").perSecond()).isEqualTo(1.5);
        assertThat(Rate.parse("0.001/h").thousandths()).isEqualTo(1);
        assertThat(Rate.parse("2.50/s")).hasToString("2.5/s");
        assertThat(Rate.parse("0/s").isZero()).isTrue();
    }

    @Test
    void sharesAreExact() {
        assertThat(Share.parse("12.3456%").millionths()).isEqualTo(123_456);
        assertThat(Share.parse("100%").fraction()).isEqualTo(1.0);
        assertThat(Share.parse("0.10%")).hasToString("0.1%");
        assertThat(Share.NONE).hasToString("0%");
        assertThatThrownBy(() -> Share.parse("1.23456%")).hasMessageContaining("is not a percentage");
    }

    @Test
    void theNearestNameIsWithinASlip() {
        List<String> names = List.of("rate", "replicas", "references");
        assertThat(NearestName.of("rat", names)).contains("rate");
        assertThat(NearestName.of("raet", names)).contains("rate");
        assertThat(NearestName.of("refrences", names)).contains("references");
        assertThat(NearestName.of("colour", names)).isEmpty();
        assertThat(NearestName.of("r".repeat(100_000), names)).isEmpty();
        assertThat(NearestName.edits("kitten", "sitting")).isEqualTo(3);
    }
}
