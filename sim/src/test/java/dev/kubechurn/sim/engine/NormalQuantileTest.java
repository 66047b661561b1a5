package dev.kubechurn.sim.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class NormalQuantileTest {

    // From tables of the standard normal distribution.
    @ParameterizedTest
    @CsvSource({
        "0.5, 0",
        "0.841344746068543, 1",
        "0.975, 1.959963984540054",
        "0.99, 2.3263478740408408",
        "0.999, 3.090232306167813",
        "0.01, -2.3263478740408408",
        "0.000001, -4.753424308822899"
    })
    void agreesWithTheTables(double p, double quantile) {
        assertThat(NormalQuantile.of(p)).isCloseTo(quantile, within(1e-8));
    }
}
