package dev.kubechurn.sim.sweep;

import dev.kubechurn.sim.run.EnvironmentException;
import dev.kubechurn.sim.run.UnsupportedScenarioException;
import dev.kubechurn.sim.scenario.Overrides;
import dev.kubechurn.sim.scenario.ScenarioException;
import dev.kubechurn.sim.scenario.ScenarioReader;
import dev.kubechurn.sim.scenario.Variation;
import dev.kubechurn.sim.shard.Shard;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What a sweep, or a shard of one, is: its directory says so in a file, which is the scenario below some comments. Immutable.
 *
 * @param version of the program that makes it: another one may find something else
 */
public record SweepPart(String version, Shard shard, SweepPlan plan) {

    private static final String VERSION = "# kubechurn ";
    private static final String VARY = "# --vary ";
    private static final String SEEDS = "# --seeds ";
    private static final String SHARD = "# --shard ";

    /** All that makes it this one and no other: where it goes on, this must be the same. */
    String text() {
        StringBuilder text = new StringBuilder(VERSION).append(version).append('\n');
        for (Variation variation : plan.variations()) {
            text.append(VARY).append(variation.path()).append('=');
            text.append(String.join(",", variation.values())).append('\n');
        }
        text.append(SEEDS).append(plan.seeds().size()).append('\n');
        if (!shard.isWhole()) {
            text.append(SHARD).append(shard).append('\n');
        }
        return text.append(plan.base().toYaml()).toString();
    }

    /** Whether both are parts of the same sweep. */
    public boolean isOfTheSame(SweepPart other) {
        return new SweepPart(version, Shard.WHOLE, plan)
                .text()
                .equals(new SweepPart(other.version, Shard.WHOLE, other.plan).text());
    }

    /** Whether a directory is that of a sweep, or of a shard of one. */
    public static boolean isIn(Path directory) {
        return Files.isRegularFile(directory.resolve(SweepDirectory.PLAN));
    }

    /**
     * Reads what a directory says of itself.
     *
     * @throws ScenarioException if the scenario in it is none
     * @throws UnsupportedScenarioException if it says nothing that makes sense
     */
    public static SweepPart read(Path directory) throws ScenarioException {
        Path file = directory.resolve(SweepDirectory.PLAN);
        String version = "";
        List<String> vary = new ArrayList<>();
        String seeds = "1";
        Shard shard = Shard.WHOLE;
        String text;
        try {
            text = Files.readString(file);
            for (String line :
                    text.lines().takeWhile(line -> line.startsWith("#")).toList()) {
                if (line.startsWith(VERSION)) {
                    version = line.substring(VERSION.length());
                } else if (line.startsWith(VARY)) {
                    vary.add(line.substring(VARY.length()));
                } else if (line.startsWith(SEEDS)) {
                    seeds = line.substring(SEEDS.length());
                } else if (line.startsWith(SHARD)) {
                    shard = Shard.parse(line.substring(SHARD.length()));
                }
            }
            SweepPlan plan = SweepPlan.of(
                    overrides -> ScenarioReader.read(file, overrides),
                    Overrides.of(List.of()),
                    Variation.of(vary),
                    Integer.parseInt(seeds));
            SweepPart part = new SweepPart(version, shard, plan);
            if (!part.text().equals(text)) {
                throw new UnsupportedScenarioException(file + " is not as a sweep writes it; make the sweep anew");
            }
            return part;
        } catch (IllegalArgumentException e) {
            throw new UnsupportedScenarioException(file + ": " + e.getMessage() + "; make the sweep anew");
        } catch (IOException e) {
            throw new EnvironmentException(file + " cannot be read: " + e.getMessage(), e);
        }
    }
}
