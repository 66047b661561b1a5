package dev.kubechurn.core.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Rule S29: what a node's annotation means. */
class TtlSourceTest {

    @ParameterizedTest
    @CsvSource({"0, 0", "1, 1", "15, 15", "+15, 15", "-15, -15", "007, 7", "-0, 0", "300, 300", "9223372036, 9223372036"
    })
    @DisplayName("S29: a decimal integer, a sign allowed, is the TTL in seconds")
    void integersCount(String annotation, long seconds) {
        assertThat(nanos(annotation)).isEqualTo(seconds * 1_000_000_000);
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(
            strings = {
                "",
                "+",
                "-",
                " 15",
                "15 ",
                "1 5",
                "15s",
                "15.0",
                "1e1",
                "0x10",
                "1_000",
                "--1",
                "+-1",
                "1-",
                "١٥",
                "/",
                ":",
                "9223372036854775808",
                "-9223372036854775809"
            })
    @DisplayName("S29: no annotation, and whatever is no such integer, is the default of 60 s")
    void anythingElseIsTheDefault(@Nullable String annotation) {
        assertThat(nanos(annotation)).isEqualTo(TimeUnit.SECONDS.toNanos(60));
    }

    @ParameterizedTest
    @CsvSource({"9223372037, 9223372036854775807", "9223372036854775807, 9223372036854775807"})
    @DisplayName("S29: what no clock can hold is the longest time there is")
    void hugeIsForever(String annotation, long nanos) {
        assertThat(nanos(annotation)).isEqualTo(nanos);
    }

    @Test
    @DisplayName("S29: the ready-made sources")
    void readyMade() {
        assertThat(TtlSource.absent().annotation()).isNull();
        assertThat(TtlSource.absent().nanos()).isEqualTo(TimeUnit.MINUTES.toNanos(1));
        assertThat(TtlSource.ofSeconds(15).annotation()).isEqualTo("15");
        assertThat(TtlSource.ofSeconds(-1).nanos()).isEqualTo(TimeUnit.SECONDS.toNanos(-1));
        assertThat(TtlSource.ANNOTATION).isEqualTo("node.alpha.kubernetes.io/ttl");
    }

    private static long nanos(@Nullable String annotation) {
        TtlSource source = () -> annotation;
        return source.nanos();
    }
}
