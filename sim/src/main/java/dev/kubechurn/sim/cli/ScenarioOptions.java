package dev.kubechurn.sim.cli;

import static java.util.Objects.requireNonNull;

import dev.kubechurn.sim.scenario.Overrides;
import dev.kubechurn.sim.scenario.ScenarioException;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What every command that runs a scenario lets the user set over it. */
final class ScenarioOptions {

    private static final Pattern HEAP = Pattern.compile("[0-9]+[mMgG]i?");

    @Spec(Spec.Target.MIXEE)
    private @Nullable CommandSpec command;

    @Mixin
    private OverrideOptions given = new OverrideOptions();

    @Option(
            names = "--heap",
            paramLabel = "SIZE",
            description = "Heap size of the JVM, such as 512m or 20g; default: up to 80%% of memory.")
    private @Nullable String heap;

    /** The launcher takes a good size for itself: the JVM wants it before it starts. */
    void requireNoHeap() {
        if (heap != null) {
            throw new ParameterException(
                    requireNonNull(command).commandLine(),
                    HEAP.matcher(heap).matches()
                            ? "--heap " + heap + " needs the launcher ./kubechurn and a size between 64m and 16384g;"
                                    + " with java, use -Xmx"
                            : "--heap " + heap + " is not a size: write it like 512m or 20g");
        }
    }

    OptionalLong seed() {
        return given.seed();
    }

    /** Whether any of them but the seed says what is to be run. */
    boolean describeAScenario() {
        return given.describeAScenario();
    }

    Overrides overrides() throws ScenarioException {
        return given.overrides();
    }
}
