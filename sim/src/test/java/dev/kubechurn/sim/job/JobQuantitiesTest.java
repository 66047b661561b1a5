package dev.kubechurn.sim.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class JobQuantitiesTest {

    @ParameterizedTest
    @CsvSource({"1Gi,1073741824", "1.5Gi,1610612736", "1G,1000000000", "1e9,1000000000", "1E,1000000000000000000"})
    void aSizeIsTakenAsItWasWritten(String text, long bytes) throws Exception {
        assertThat(JobQuantities.memory(text)).hasToString(text);
        assertThat(JobQuantities.bytes(JobQuantities.memory(text))).isEqualTo(bytes);
    }

    /** Some of them fabric8 would take. */
    @ParameterizedTest
    @ValueSource(
            strings = {"", "Gi", "1K", "1 Gi", "1Gi ", "1gi", "abc", "-1Gi", "1e3Gi", "1..2", "1,5Gi", "\u0661Gi", "1e"
            })
    void whatKubernetesWouldNotReadIsRefused(String text) {
        assertThatThrownBy(() -> JobQuantities.memory(text))
                .isInstanceOf(JobException.class)
                .hasMessageContaining("--memory")
                .hasMessageContaining("is not a quantity");
        assertThatThrownBy(() -> JobQuantities.cpu(text)).isInstanceOf(JobException.class);
        assertThatThrownBy(() -> JobQuantities.storage(text)).isInstanceOf(JobException.class);
    }

    /** A size without a unit is bytes, which nobody means. */
    @Test
    void whatIsTooLittleToBeMeantIsRefused() throws Exception {
        assertThatThrownBy(() -> JobQuantities.memory("2")).hasMessageContaining("at least 256Mi");
        assertThatThrownBy(() -> JobQuantities.storage("10")).hasMessageContaining("at least 1Mi");
        assertThatThrownBy(() -> JobQuantities.cpu("0")).hasMessageContaining("at least 1m");
        assertThat(JobQuantities.cpu("500m")).hasToString("500m");
    }

    @Test
    void bytesAreToldInTheLargestUnitThatIsExact() {
        assertThat(JobQuantities.ofBytes(2L << 30)).hasToString("2Gi");
        assertThat(JobQuantities.ofBytes(1280L << 20)).hasToString("1280Mi");
        assertThat(JobQuantities.ofBytes(1_000_000_000)).hasToString("1000000000");
    }
}
