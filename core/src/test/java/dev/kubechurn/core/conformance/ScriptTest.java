package dev.kubechurn.core.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import java.util.function.DoubleSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.JsonNode;

/** Every script of strategy Watch, with the smallest, the largest and random factors of R11 and R6. */
class ScriptTest {

    private static final double JUST_UNDER_ONE = Math.nextDown(1.0);
    private static final int SEEDS = 20;

    @TestFactory
    Stream<DynamicTest> scriptsHoldForEveryFactor() {
        return Stream.of(
                        "watch-store.json",
                        "reflector.json",
                        "idle.json",
                        "immutable.json",
                        "registration.json",
                        "pod-manager.json",
                        "stale-reads.json")
                .flatMap(file -> scripts(file))
                .flatMap(ScriptTest::runs);
    }

    private static Stream<JsonNode> scripts(String file) {
        var scripts = Vectors.in(file).stream()
                .filter(script -> script.path("strategy").asString().equals("Watch"))
                .toList();
        assertThat(scripts).as(file).isNotEmpty();
        return scripts.stream();
    }

    private static Stream<DynamicTest> runs(JsonNode script) {
        String name = script.path("rule").asString() + " " + script.path("name").asString();
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
