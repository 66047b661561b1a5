package dev.kubechurn.sim.validation;

import dev.kubechurn.sim.run.EnvironmentException;
import dev.kubechurn.sim.run.UnsupportedScenarioException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * What some rounds of all cases found, and under which conditions. Immutable.
 *
 * @param conditions by name, in the order in which to tell them
 * @param results round by round
 */
public record ValidationReport(Map<String, String> conditions, List<CaseResult> results) {

    /** Its file in the directory of a validation. */
    public static final String FILE = "validation.json";

    private static final JsonMapper MAPPER =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    public ValidationReport {
        conditions = Map.copyOf(conditions);
        results = List.copyOf(results);
    }

    /**
     * What a directory holds.
     *
     * @throws UnsupportedScenarioException if it is not as a validation wrote it
     */
    public static ValidationReport read(Path directory) {
        Path file = directory.resolve(FILE);
        try {
            return MAPPER.readValue(Files.readString(file), ValidationReport.class);
        } catch (IOException e) {
            throw new EnvironmentException(file + " cannot be read: " + e.getMessage(), e);
        } catch (JacksonException e) {
            throw new UnsupportedScenarioException(file + " is not as kubechurn validate writes it: "
                    + String.valueOf(e.getMessage()).lines().findFirst().orElse(""));
        }
    }

    public String toJson() {
        return MAPPER.writeValueAsString(this) + "\n";
    }

    /** The rounds of each case. */
    Map<String, List<CaseResult>> byCase() {
        Map<String, List<CaseResult>> rounds = new LinkedHashMap<>();
        results.forEach(result ->
                rounds.computeIfAbsent(result.name(), any -> new ArrayList<>()).add(result));
        return rounds;
    }

    /** Whether all that must agree does, in all rounds. */
    public boolean agrees() {
        return results.stream().allMatch(result -> result.disagreements().isEmpty());
    }
}
