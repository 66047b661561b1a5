package dev.kubechurn.sim.scenario;

import dev.kubechurn.sim.yaml.Origin;
import dev.kubechurn.sim.yaml.YamlException;
import dev.kubechurn.sim.yaml.YamlNode;
import dev.kubechurn.sim.yaml.YamlReader;
import java.nio.file.Path;
import java.util.List;

/** The reader of scenario files: YAML and options in, a checked {@link Scenario} or every problem at once out. */
public final class ScenarioReader {

    static final YamlReader YAML = new YamlReader(1 << 20, YamlReader.RepeatedKeys.REFUSED);

    private ScenarioReader() {}

    /** Reads a file of at most 1 MiB. */
    public static Scenario read(Path file, Overrides overrides) throws ScenarioException {
        try {
            return bind(file.toString(), YAML.read(file), overrides);
        } catch (YamlException e) {
            throw new ScenarioException(List.of(e.getMessage()));
        }
    }

    /** Reads a text; its lines are counted under the given name. */
    public static Scenario read(String source, String text, Overrides overrides) throws ScenarioException {
        try {
            return bind(source, YAML.documents(source, text), overrides);
        } catch (YamlException e) {
            throw new ScenarioException(List.of(e.getMessage()));
        }
    }

    private static Scenario bind(String source, List<YamlNode> documents, Overrides overrides)
            throws ScenarioException {
        if (documents.isEmpty()) {
            throw new ScenarioException(
                    List.of(source + ": is empty; a scenario starts with apiVersion: " + Scenario.API_VERSION));
        }
        if (documents.size() > 1) {
            Origin second = documents.get(1).origin();
            throw new ScenarioException(
                    List.of(second + ": a second document begins here; a scenario must be a single document"));
        }
        Problems problems = new Problems();
        YamlNode root = overrides.apply(documents.get(0), problems);
        Scenario scenario = ScenarioDescription.scenario().read(root, "", new Origin(source, 1), problems);
        if (scenario == null || problems.count() > 0) {
            throw problems.exception();
        }
        return scenario;
    }
}
