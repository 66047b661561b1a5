package dev.kubechurn.sim.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kubechurn.sim.fuzz.Campaign;
import dev.kubechurn.sim.fuzz.Outcome;
import dev.kubechurn.sim.shard.Shard;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Campaigns through the command line. */
final class FuzzCommandTest {

    private final CapturedTerminal terminal = new CapturedTerminal();

    @TempDir
    private Path directory;

    @Test
    void tellsHowManyHeldAndTheirSeeds() {
        assertThat(terminal.execute("run", "--fuzz", "3", "--seed", "7")).isZero();
        assertThat(terminal.err()).startsWith("fuzz: up to 3 scenarios from seed 7, in virtual time");
        assertThat(terminal.out()).startsWith("fuzz: 3 scenarios, seeds 7 to 9, no violation, ");
    }

    @Test
    void leavesTheSmallestScenarioAndTheCommandThatRepeatsIt() throws Exception {
        Path out = directory.resolve("found");
        FuzzCampaign campaign = new FuzzCampaign(
                terminal.terminal(),
                scenario -> scenario.spec().cluster().nodes() > 1
                        ? new Outcome.Broken("no-leak", "planted")
                        : new Outcome.Held(),
                false,
                new Campaign("1", 1, 100, Shard.WHOLE),
                Optional.of(out),
                Optional.empty());
        assertThat(campaign.run(0)).isEqualTo(ExitCode.BAD_ANSWER);
        assertThat(terminal.out())
                .contains(": no-leak", "planted", "minimised  2 nodes, 0 pods each, 0 objects, 0 faults")
                .contains("repeat     ./kubechurn run " + out.resolve("scenario.yaml"))
                .containsPattern("draw again \\./kubechurn run --fuzz 1 --seed [0-9]+");
        assertThat(Files.readString(out.resolve("scenario.yaml"))).contains("nodes: 2");
        assertThat(out.resolve("drawn.yaml")).exists();
        assertThat(new CapturedTerminal()
                        .execute("run", out.resolve("scenario.yaml"), "--quiet", "--out", directory.resolve("again")))
                .as("a scenario like any other")
                .isZero();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            run --fuzz 0                    | --fuzz and --minutes take a number from 1 on
            run --fuzz 5 --minutes 0        | --fuzz and --minutes take a number from 1 on
            run --fuzz 5 steady-churn       | --fuzz draws its scenarios
            run --fuzz 5 --set updates.rate=1/s | --fuzz draws its scenarios
            run --fuzz 5 --json             | --fuzz draws its scenarios
            run --minutes 5                 | --minutes is for --fuzz; a scenario takes --duration
            run --fuzz many                 | --fuzz
            """)
    void refusesWhatMakesNoSense(String arguments, String message) {
        assertThat(terminal.execute((Object[]) arguments.strip().split(" "))).isEqualTo(2);
        assertThat(terminal.err()).contains(message);
        assertThat(terminal.out()).isEmpty();
    }
}
