package dev.kubechurn.sim.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kubechurn.reports.result.RunDirectory;
import dev.kubechurn.sim.fuzz.Campaign;
import dev.kubechurn.sim.fuzz.Outcome;
import dev.kubechurn.sim.fuzz.Trial;
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

    @Test
    void shardsTryTheSeedsOfTheWholeAndGoOnWhereTheyWere() throws Exception {
        Path out = directory.resolve("parts");
        for (int index = 0; index < 3; index++) {
            assertThat(terminal.execute("run", "--fuzz", "8", "--seed", "100", "--shard", index + "/3", "--out", out))
                    .as(terminal.err())
                    .isZero();
        }
        assertThat(terminal.out())
                .contains(
                        "fuzz: 3 scenarios, seeds 100 to 106 of shard 0/3 of 8, no violation",
                        "fuzz: 3 scenarios, seeds 101 to 107 of shard 1/3 of 8, no violation",
                        "fuzz: 2 scenarios, seeds 102 to 105 of shard 2/3 of 8, no violation");
        assertThat(terminal.execute("run", "--fuzz", "8", "--seed", "100", "--shard", "1/3", "--out", out))
                .isZero();
        assertThat(terminal.err()).contains("3 passed earlier");
        assertThat(terminal.execute("run", "--fuzz", "9", "--seed", "100", "--shard", "1/3", "--out", out))
                .isEqualTo(2);
        assertThat(terminal.err()).contains("shard-1-of-3 holds another campaign");

        Path merged = directory.resolve("merged");
        assertThat(terminal.execute("merge", out, "--out", merged)).isZero();
        assertThat(terminal.out()).contains("fuzz: 8 of 8 scenarios from seed 100 passed, 0 failed");
        assertThat(terminal.execute("merge", out.resolve("shard-0-of-3"), "--out", merged))
                .isEqualTo(2);
        assertThat(terminal.err()).contains("shards 1/3, 2/3 are missing");

        Files.writeString(out.resolve("shard-2-of-3/fuzz.json"), "{\"held\": -1}");
        assertThat(terminal.execute("merge", out, "--out", merged)).isEqualTo(2);
        assertThat(terminal.err()).contains("fuzz.json was not written by a fuzz campaign");
    }

    @Test
    void whatAShardFoundIsFoundAgainAndMerged() throws Exception {
        Path found = directory.resolve("found/shard-1-of-2");
        Trial planted = scenario ->
                scenario.spec().seed() % 4 == 1 ? new Outcome.Broken("no-leak", "planted") : new Outcome.Held();
        for (int attempt = 0; attempt < 2; attempt++) {
            try (RunDirectory kept = RunDirectory.open(found)) {
                Campaign campaign = new Campaign("1", 4, 20, new Shard(1, 2));
                assertThat(new FuzzCampaign(
                                        terminal.terminal(),
                                        planted,
                                        true,
                                        campaign,
                                        Optional.of(found),
                                        Optional.of(kept))
                                .run(0))
                        .isEqualTo(ExitCode.BAD_ANSWER);
            }
        }
        assertThat(terminal.out()).contains("fuzz: seed 5 failed earlier: no-leak\n  planted\n");
        try (RunDirectory other = RunDirectory.open(directory.resolve("found/shard-0-of-2"))) {
            Campaign campaign = new Campaign("1", 4, 20, new Shard(0, 2));
            assertThat(new FuzzCampaign(
                                    terminal.terminal(), planted, true, campaign, Optional.empty(), Optional.of(other))
                            .run(0))
                    .isEqualTo(ExitCode.FINE);
        }
        Path merged = directory.resolve("merged");
        assertThat(terminal.execute("merge", directory.resolve("found"), "--out", merged))
                .isEqualTo(1);
        assertThat(terminal.out())
                .contains("fuzz: seed 5: no-leak", "fuzz: 10 of 20 scenarios from seed 4 passed, 1 failed");
        assertThat(merged.resolve("seed-5.yaml")).hasSameTextualContentAs(found.resolve("scenario.yaml"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            run --fuzz 0                    | --fuzz and --minutes must be at least 1
            run --fuzz 5 --minutes 0        | --fuzz and --minutes must be at least 1
            run --fuzz 5 steady-churn       | --fuzz generates its scenarios
            run --fuzz 5 --set updates.rate=1/s | --fuzz generates its scenarios
            run --fuzz 5 --json             | --fuzz generates its scenarios
            run --minutes 5                 | --minutes needs --fuzz; for a scenario, use --duration
            run --fuzz many                 | --fuzz
            run --fuzz 5 --shard 0/2        | --shard 0/2 of a campaign needs --seed
            run --fuzz 5 --seed 1 --shard 0/9 | only 5 seeds for 9 shards; use fewer shards
            """)
    void refusesWhatMakesNoSense(String arguments, String message) {
        assertThat(terminal.execute((Object[]) arguments.strip().split(" "))).isEqualTo(2);
        assertThat(terminal.err()).contains(message);
        assertThat(terminal.out()).isEmpty();
    }
}
