package dev.kubechurn.reports.result;

import dev.kubechurn.reports.result.SweepResult.Cell;
import dev.kubechurn.reports.result.SweepResult.Run;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The JSON form of a {@link SweepResult}; {@code docs/result-format.md} describes it. The same result gives the same bytes. */
public final class SweepJson {

    private SweepJson() {}

    /** The result as JSON, ending with a line end. */
    public static String write(SweepResult sweep) {
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        root.put("schemaVersion", SweepResult.SCHEMA_VERSION);
        root.put("kind", "sweep");
        root.put("name", sweep.name());
        root.put("title", sweep.title());
        ArrayNode varied = root.putArray("varied");
        sweep.varied().forEach((path, values) -> {
            ObjectNode field = varied.addObject().put("path", path);
            ArrayNode all = field.putArray("values");
            values.forEach(all::add);
        });
        ArrayNode seeds = root.putArray("seeds");
        sweep.seeds().forEach(seeds::add);
        ArrayNode cells = root.putArray("cells");
        sweep.cells().forEach(cell -> put(cells.addObject(), cell));
        return ResultJson.text(root);
    }

    private static void put(ObjectNode into, Cell cell) {
        ObjectNode values = into.putObject("values");
        cell.values().forEach(values::put);
        ArrayNode runs = into.putArray("runs");
        cell.runs().forEach(run -> put(runs.addObject(), run));
        ArrayNode figures = into.putArray("figures");
        for (String name : cell.figureNames()) {
            SweepResult.Spread spread = cell.spread(name).orElseThrow();
            figures.addObject()
                    .put("name", name)
                    .put("unit", spread.unit().symbol())
                    .put("min", spread.min())
                    .put("median", spread.median())
                    .put("max", spread.max());
        }
    }

    private static void put(ObjectNode into, Run run) {
        into.put("seed", run.seed());
        if (!run.digest().isEmpty()) {
            into.put("digest", run.digest());
        }
        into.put("violations", run.violations());
        ObjectNode figures = into.putObject("figures");
        run.figures().forEach((name, figure) -> figures.put(name, figure.value()));
    }
}
