package dev.kubechurn.reports.render;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kubechurn.reports.result.Unit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QuantityTest {

    @ParameterizedTest(name = "{0} ns is {1}")
    @CsvSource(delimiter = '|', textBlock = """
            0               | 0 ns
            -0.0            | 0 ns
            0.25            | 0.250 ns
            0.00012345      | 0.000123 ns
            1               | 1 ns
            212             | 212 ns
            21.5            | 21.5 ns
            999             | 999 ns
            999.4           | 999 ns
            999.5           | 1.00 µs
            1000            | 1.00 µs
            3100            | 3.10 µs
            9994            | 9.99 µs
            9995            | 10.0 µs
            9996            | 10.0 µs
            99949           | 99.9 µs
            99950           | 100 µs
            402000          | 402 µs
            999499          | 999 µs
            999500          | 1.00 ms
            1234567891      | 1.23 s
            999499999       | 999 ms
            999500000       | 1.00 s
            59949999999     | 59.9 s
            59950000000     | 1.00 min
            60000000000     | 1.00 min
            90000000000     | 1.50 min
            3600000000000   | 60.0 min
            86400000000000  | 1,440 min
            -1500           | −1.50 µs
            NaN             | -
            Infinity        | -
            """)
    void durationsHaveThreeSignificantDigits(double nanos, String text) {
        assertThat(Durations.format(nanos)).isEqualTo(text);
    }

    @ParameterizedTest(name = "{0} bytes are {1}")
    @CsvSource(delimiter = '|', textBlock = """
            0                | 0 B
            1                | 1 B
            1023             | 1,023 B
            1024             | 1.00 KiB
            51200            | 50.0 KiB
            1047551          | 1,023 KiB
            1048063          | 1,023 KiB
            1048064          | 1.00 MiB
            32715571.2       | 31.2 MiB
            1073741824       | 1.00 GiB
            1125899906842624 | 1,024 TiB
            NaN              | -
            """)
    void bytesGoInPowersOf1024(double bytes, String text) {
        assertThat(Bytes.format(bytes)).isEqualTo(text);
    }

    @Test
    void countsHaveAllTheirDigits() {
        assertThat(Counts.exact(0)).isEqualTo("0");
        assertThat(Counts.exact(999)).isEqualTo("999");
        assertThat(Counts.exact(18_402)).isEqualTo("18,402");
        assertThat(Counts.exact(Long.MAX_VALUE)).isEqualTo("9,223,372,036,854,775,807");
        assertThat(Counts.exact(-1_204)).isEqualTo("−1,204");
    }

    @Test
    void measuredNumbersHaveThree() {
        assertThat(Counts.measured(5.1)).isEqualTo("5.10");
        assertThat(Counts.measured(0)).isEqualTo("0");
        assertThat(Counts.measured(0.999_6)).isEqualTo("1.00");
        assertThat(Counts.measured(1_234.56)).isEqualTo("1,235");
        assertThat(Counts.measured(-0.5)).isEqualTo("−0.500");
        assertThat(Counts.measured(Double.NaN)).isEqualTo("-");
    }

    @Test
    void theUnitDecides() {
        assertThat(Quantity.format(4_200_000, Unit.NANOSECONDS)).isEqualTo("4.20 ms");
        assertThat(Quantity.format(1_204, Unit.COUNT)).isEqualTo("1,204");
        assertThat(Quantity.format(0.5, Unit.COUNT)).isEqualTo("0.500");
        assertThat(Quantity.format(Double.NaN, Unit.COUNT)).isEqualTo("-");
        assertThat(Quantity.format(5.1, Unit.PER_SECOND)).isEqualTo("5.10/s");
        assertThat(Quantity.format(2_048, Unit.BYTES_PER_SECOND)).isEqualTo("2.00 KiB/s");
        assertThat(Quantity.format(212, new Unit("ns/op"))).isEqualTo("212 ns/op");
        assertThat(Quantity.format(1_900.4, new Unit("ns/op"))).isEqualTo("1.90 µs/op");
        assertThat(Quantity.format(24, new Unit("B/op"))).isEqualTo("24 B/op");
        assertThat(Quantity.format(12.345, new Unit("ops/ms"))).isEqualTo("12.3 ops/ms");
        assertThat(Quantity.range(51_200, 102_400, Unit.BYTES)).isEqualTo("50.0 KiB to 100 KiB");
    }
}
