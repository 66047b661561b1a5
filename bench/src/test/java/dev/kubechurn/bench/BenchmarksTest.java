package dev.kubechurn.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Collection;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Every benchmark runs, and its setup finds that all do equal work. How fast they are is not looked at. */
final class BenchmarksTest {

    @TempDir
    private Path directory;

    /** Others may measure on this machine: what is run here measures nothing. */
    @BeforeAll
    static void lockNobodyOut() {
        System.setProperty("jmh.ignoreLock", "true");
    }

    static Stream<Arguments> classes() {
        return Stream.of(
                Arguments.of(LookupBenchmark.class, 6, Map.of("objects", "100", "popularity", "zipf", "keys", "equal")),
                Arguments.of(LookupMissBenchmark.class, 8, Map.of()),
                Arguments.of(LookupDuringUpdatesBenchmark.class, 3, Map.of()),
                Arguments.of(RegistrationBenchmark.class, 5, Map.of("references", "4")),
                Arguments.of(ReferenceExtractionBenchmark.class, 2, Map.of("references", "4")),
                Arguments.of(ReflectorBenchmark.class, 5, Map.of()),
                Arguments.of(EnvBenchmark.class, 3, Map.of("services", "100", "variables", "20")),
                Arguments.of(ApiStoreBenchmark.class, 3, Map.of("objects", "1000", "watchers", "1000")),
                Arguments.of(VirtualTimeBenchmark.class, 2, Map.of("pending", "1000")));
    }

    @ParameterizedTest
    @MethodSource("classes")
    void runs(Class<?> benchmark, int count, Map<String, String> parameters) throws Exception {
        ChainedOptionsBuilder options = new OptionsBuilder()
                .include("\\." + benchmark.getSimpleName() + "\\.")
                .forks(0)
                .warmupIterations(0)
                .measurementIterations(1)
                .measurementTime(TimeValue.milliseconds(5))
                .shouldFailOnError(true)
                .verbosity(VerboseMode.SILENT)
                .output(directory.resolve("jmh.log").toString());
        parameters.forEach(options::param);
        Collection<RunResult> results = new Runner(options.build()).run();

        assertThat(results)
                .hasSize(count)
                .allSatisfy(result ->
                        assertThat(result.getPrimaryResult().getScore()).isPositive());
    }
}
