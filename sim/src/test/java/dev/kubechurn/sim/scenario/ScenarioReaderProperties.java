package dev.kubechurn.sim.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Whatever a slip of the keyboard makes of a file: it is a scenario, or it is told in lines of bounded length. */
class ScenarioReaderProperties {

    private static final String KEYS = "{}[]:,-&*!|>'\"%@`#?\n \t0aé\u0000<";

    @Test
    void slipsAreToldLineByLine() throws IOException {
        String text = Files.readString(Path.of("..", "scenarios", ReadyMadeScenarios.DEFAULT + ".yaml"));
        long base = Long.getLong("kubechurn.seed", 1);
        int told = 0;
        for (long seed = base; seed < base + 3000; seed++) {
            String slipped = slip(text, new SplittableRandom(seed));
            try {
                ScenarioReader.read("s.yaml", slipped, Overrides.none());
            } catch (ScenarioException e) {
                told++;
                assertThat(e.problems())
                        .as("seed %d", seed)
                        .isNotEmpty()
                        .allSatisfy(line -> assertThat(line)
                                .matches("(s\\.yaml.*|and [0-9]+ more)")
                                .hasSizeLessThan(400));
            }
        }
        assertThat(told).as("slips from seed %d on that were told", base).isGreaterThan(1500);
    }

    private static String slip(String text, SplittableRandom random) {
        StringBuilder slipped = new StringBuilder(text);
        int slips = 1 + random.nextInt(4);
        for (int i = 0; i < slips; i++) {
            int at = random.nextInt(slipped.length());
            char key = KEYS.charAt(random.nextInt(KEYS.length()));
            switch (random.nextInt(3)) {
                case 0 -> slipped.setCharAt(at, key);
                case 1 -> slipped.deleteCharAt(at);
                default -> slipped.insert(at, key);
            }
        }
        return slipped.toString();
    }
}
