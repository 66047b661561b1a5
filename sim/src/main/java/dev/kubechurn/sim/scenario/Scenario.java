package dev.kubechurn.sim.scenario;

import java.util.Map;

/** A run to be made: what it is called and all that it simulates. Immutable; equal texts give equal scenarios. */
public record Scenario(Metadata metadata, ScenarioSpec spec) {

    /** The {@code apiVersion} and {@code kind} of the files. */
    public static final String API_VERSION = "kubechurn.dev/v1";

    public static final String KIND = "Scenario";

    /** What the file is called that a run leaves behind, so that it can be repeated. */
    public static final String FILE = "scenario.yaml";

    /**
     * What the scenario is called.
     *
     * @param name as in {@code kubechurn run NAME}; also part of the name of the run directory
     * @param description the question it asks, in one line
     */
    public record Metadata(String name, String description) {}

    /** The whole scenario as YAML, defaults written out: reads back to an equal one. */
    public String toYaml() {
        return ScenarioText.yaml(this);
    }

    /** Every field of the spec by its dotted path, as {@code --set} takes it, in the order of the description. */
    public Map<String, String> parameters() {
        return ScenarioText.parameters(this);
    }
}
