package dev.kubechurn.core.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.DoubleSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.JsonNode;

/** Every script of every strategy; those of Watch with the smallest, the largest and random factors of R11 and R6. */
class ScriptTest {

    private static final double JUST_UNDER_ONE = Math.nextDown(1.0);
    private static final int SEEDS = 20;

    private static final List<String> FILES = List.of(
            "watch-store.json",
            "reflector.json",
            "idle.json",
            "idle-wait.json",
            "go-kubelet.json",
            "immutable.json",
            "registration.json",
            "pod-manager.json",
            "stale-reads.json",
            "cache-store.json",
            "get-store.json");

    @TestFactory
    Stream<DynamicTest> watchHoldsForEveryFactor() {
        return scripts("Watch").flatMap(ScriptTest::everyFactor);
    }

    @TestFactory
    Stream<DynamicTest> cacheHolds() {
        return scripts("Cache").map(ScriptTest::once);
    }

    @TestFactory
    Stream<DynamicTest> getHolds() {
        return scripts("Get").map(ScriptTest::once);
    }

    @Test
    @DisplayName("No script is left out: all that the files hold are of one of the strategies, in the known numbers")
    void noScriptIsLeftOut() {
        Map<String, Long> counts = FILES.stream()
                .flatMap(file -> Vectors.in(file).stream())
                .collect(Collectors.groupingBy(ScriptTest::strategy, Collectors.counting()));

        assertThat(counts).isEqualTo(Map.of("Watch", 161L, "Cache", 74L, "Get", 15L));
    }

    private static Stream<JsonNode> scripts(String strategy) {
        return FILES.stream()
                .flatMap(file -> Vectors.in(file).stream())
                .filter(script -> strategy(script).equals(strategy));
    }

    private static String strategy(JsonNode script) {
        return script.path("strategy").asString();
    }

    private static String name(JsonNode script) {
        return script.path("rule").asString() + " " + script.path("name").asString();
    }

    /** Nothing is drawn at random where there is no reflector. */
    private static DynamicTest once(JsonNode script) {
        return DynamicTest.dynamicTest(
                name(script),
                () -> ScriptRunner.play(script, () -> {
                    throw new AssertionError("a random factor was drawn");
                }));
    }

    private static Stream<DynamicTest> everyFactor(JsonNode script) {
        String name = name(script);
        return Stream.of(
                DynamicTest.dynamicTest(name + ", factor 0", () -> ScriptRunner.play(script, () -> 0)),
                DynamicTest.dynamicTest(
                        name + ", factor just under 1", () -> ScriptRunner.play(script, () -> JUST_UNDER_ONE)),
                DynamicTest.dynamicTest(name + ", random factors", () -> randomFactors(script)));
    }

    private static void randomFactors(JsonNode script) {
        for (long seed = 0; seed < SEEDS; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            DoubleSupplier factors = random::nextDouble;
            try {
                ScriptRunner.play(script, factors);
            } catch (AssertionError e) {
                throw new AssertionError("seed " + seed + ": " + e.getMessage(), e);
            }
        }
    }
}
