package dev.kubechurn.sim.scenario;

import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.core.util.DefaultIndenter;
import tools.jackson.core.util.DefaultPrettyPrinter;
import tools.jackson.databind.json.JsonMapper;

/** The JSON Schema (draft 2020-12) of scenarios, by which editors complete and check them. */
public final class ScenarioSchema {

    private ScenarioSchema() {}

    /** The schema's text: two spaces of indent, lines ended by a line feed. */
    public static String json() {
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("$schema", "https://json-schema.org/draft/2020-12/schema");
        schema.put("title", "Kubechurn scenario");
        schema.putAll(ScenarioDescription.scenario().schema());
        DefaultIndenter indenter = new DefaultIndenter("  ", "\n");
        DefaultPrettyPrinter printer =
                new DefaultPrettyPrinter().withObjectIndenter(indenter).withArrayIndenter(indenter);
        return JsonMapper.builder().build().writer().with(printer).writeValueAsString(schema) + "\n";
    }
}
