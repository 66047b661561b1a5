package dev.kubechurn.sim.scenario;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.common.FlowStyle;

/** The written forms of a scenario: YAML that can be run again, and flat parameters for results. */
final class ScenarioText {

    private ScenarioText() {}

    static String yaml(Scenario scenario) {
        DumpSettings settings = DumpSettings.builder()
                .setDefaultFlowStyle(FlowStyle.BLOCK)
                .setBestLineBreak("\n")
                .setSplitLines(false)
                .build();
        return new Dump(settings).dumpToString(ScenarioDescription.scenario().plain(scenario));
    }

    static Map<String, String> parameters(Scenario scenario) {
        Map<String, String> parameters = new LinkedHashMap<>();
        Object spec = ScenarioDescription.scenario().plain(scenario).get("spec");
        flatten("", java.util.Objects.requireNonNull(spec), parameters);
        return parameters;
    }

    private static void flatten(String path, Object value, Map<String, String> parameters) {
        if (value instanceof Map<?, ?> map) {
            map.forEach((name, inner) -> flatten(Block.join(path, name.toString()), inner, parameters));
        } else {
            parameters.put(path, flow(value));
        }
    }

    /** As YAML on one line; what stands in lists of a scenario needs no quotes. */
    static String flow(Object value) {
        if (value instanceof List<?> list) {
            return list.stream().map(ScenarioText::flow).collect(Collectors.joining(", ", "[", "]"));
        }
        if (value instanceof Map<?, ?> map) {
            return map.entrySet().stream()
                    .map(entry -> entry.getKey() + ": " + flow(entry.getValue()))
                    .collect(Collectors.joining(", ", "{", "}"));
        }
        return value.toString();
    }
}
