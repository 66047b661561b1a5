package dev.kubechurn.sim.sweep;

import dev.kubechurn.reports.result.SweepResult;
import dev.kubechurn.sim.scenario.Overrides;
import dev.kubechurn.sim.scenario.Scenario;
import dev.kubechurn.sim.scenario.ScenarioException;
import dev.kubechurn.sim.scenario.Transport;
import dev.kubechurn.sim.scenario.Variation;
import dev.kubechurn.sim.shard.Shard;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.LongStream;

/**
 * The grid: every combination of the varied values, the last field fastest, each with several seeds. Immutable.
 *
 * @param base the scenario as it is without the variations, in virtual time
 * @param given the transport that the scenario has by itself
 * @param seeds from the scenario's own on
 * @param runs cell by cell, within a cell by seed
 */
public record SweepPlan(
        Scenario base, Transport given, List<Variation> variations, List<Long> seeds, List<SweepRun> runs) {

    /** More are a mistake, or a campaign for more than one machine. */
    public static final int MOST_RUNS = 10_000;

    public SweepPlan {
        variations = List.copyOf(variations);
        seeds = List.copyOf(seeds);
        runs = List.copyOf(runs);
    }

    /** Reads the scenario of a sweep under some overrides. */
    public interface Source {
        Scenario read(Overrides overrides) throws ScenarioException;
    }

    /**
     * Makes the grid.
     *
     * @throws ScenarioException if a combination is no scenario, before anything is run
     * @throws dev.kubechurn.sim.run.UnsupportedScenarioException if one cannot be run
     */
    public static SweepPlan of(Source source, Overrides overrides, List<Variation> variations, int seeds)
            throws ScenarioException {
        Transport given = source.read(overrides).spec().transport();
        Overrides virtual = overrides.withTransport("virtual");
        Scenario base = source.read(virtual);
        List<Long> all =
                LongStream.range(0, seeds).mapToObj(i -> base.spec().seed() + i).toList();
        List<SweepRun> runs = new ArrayList<>();
        int cell = 0;
        for (Map<String, String> values : combinations(variations)) {
            Overrides varied = virtual;
            for (Map.Entry<String, String> value : values.entrySet()) {
                varied = varied.withVaried(value.getKey(), value.getValue());
            }
            for (long seed : all) {
                runs.add(SweepRun.of(cell, values, source.read(varied.withSeed(seed))));
            }
            cell++;
        }
        return new SweepPlan(base, given, variations, all, runs);
    }

    /** How many runs there are, before they are made. */
    public static long size(List<Variation> variations, int seeds) {
        double size = seeds;
        for (Variation variation : variations) {
            size *= variation.values().size();
        }
        return (long) size;
    }

    private static List<Map<String, String>> combinations(List<Variation> variations) {
        List<Map<String, String>> all = List.of(Map.of());
        for (Variation variation : variations) {
            List<Map<String, String>> longer = new ArrayList<>();
            for (Map<String, String> values : all) {
                for (String value : variation.values()) {
                    Map<String, String> more = new LinkedHashMap<>(values);
                    more.put(variation.path(), value);
                    longer.add(more);
                }
            }
            all = longer;
        }
        return all;
    }

    public int cells() {
        return runs.size() / seeds.size();
    }

    /** The values by the paths of their fields. */
    public Map<String, List<String>> varied() {
        Map<String, List<String>> varied = new LinkedHashMap<>();
        variations.forEach(variation -> varied.put(variation.path(), variation.values()));
        return varied;
    }

    /** The runs of one shard: dealt out in turn. */
    public List<SweepRun> runs(Shard shard) {
        List<SweepRun> own = new ArrayList<>();
        for (int i = shard.index(); i < runs.size(); i += shard.count()) {
            own.add(runs.get(i));
        }
        return own;
    }

    /** Puts together what the runs found. */
    public SweepResult result(Function<SweepRun, SweepResult.Run> found) {
        Map<Integer, List<SweepResult.Run>> byCell = new LinkedHashMap<>();
        Map<Integer, Map<String, String>> values = new LinkedHashMap<>();
        for (SweepRun run : runs) {
            byCell.computeIfAbsent(run.cell(), cell -> new ArrayList<>()).add(found.apply(run));
            values.put(run.cell(), run.values());
        }
        List<SweepResult.Cell> cells = new ArrayList<>();
        byCell.forEach((cell, made) -> cells.add(new SweepResult.Cell(values.getOrDefault(cell, Map.of()), made)));
        return new SweepResult(base.metadata().name(), base.metadata().description(), varied(), seeds, cells);
    }
}
