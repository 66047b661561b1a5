package dev.kubechurn.sim.cli;

import dev.kubechurn.sim.scenario.Overrides;
import dev.kubechurn.sim.scenario.ScenarioException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What every command that takes a scenario lets the user set over it, whether it runs it or not. */
final class OverrideOptions {

    @Option(names = "--seed", paramLabel = "N", description = "Random seed.")
    private @Nullable Long seed;

    @Option(names = "--duration", paramLabel = "D", description = "Duration of the load, such as 30s or 5m.")
    private @Nullable String duration;

    @Option(
            names = "--set",
            paramLabel = "PATH=VALUE",
            description = "Set a field of the scenario, such as pods.perNode=10; may be repeated.")
    private List<String> settings = new ArrayList<>();

    OptionalLong seed() {
        return seed == null ? OptionalLong.empty() : OptionalLong.of(seed);
    }

    /** Whether any of them but the seed says what is to be run. */
    boolean describeAScenario() {
        return !settings.isEmpty() || duration != null;
    }

    Overrides overrides() throws ScenarioException {
        Overrides overrides = Overrides.of(settings);
        if (seed != null) {
            overrides = overrides.withSeed(seed);
        }
        return duration == null ? overrides : overrides.withDuration(duration);
    }
}
