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
import java.util.List;
import java.util.Optional;

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

    /**
     * Reads what another directory says of itself.
     *
     * @return empty if it is of another sweep, or of another version
     * @throws UnsupportedScenarioException if it says nothing that makes sense
     */
    public Optional<SweepPart> readAnother(Path directory) {
        String other = text(directory);
        Shard its = shard(directory, other);
        SweepPart same = new SweepPart(version, its, plan);
        return same.text().equals(other) ? Optional.of(same) : Optional.empty();
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
        String text = text(directory);
        Shard shard = shard(directory, text);
        try {
            SweepPlan plan = SweepPlan.of(
                    overrides -> ScenarioReader.read(file, overrides),
                    Overrides.of(List.of()),
                    Variation.of(said(text, VARY)),
                    Integer.parseInt(String.join(" ", said(text, SEEDS))));
            SweepPart part = new SweepPart(String.join(" ", said(text, VERSION)), shard, plan);
            if (part.text().equals(text)) {
                return part;
            }
        } catch (NumberFormatException e) {
            throw none(file, "the number of seeds is missing");
        }
        throw none(file, "it was not written by kubechurn sweep");
    }

    private static String text(Path directory) {
        Path file = directory.resolve(SweepDirectory.PLAN);
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new EnvironmentException("cannot read " + file + ": " + e.getMessage(), e);
        }
    }

    private static Shard shard(Path directory, String text) {
        try {
            List<String> said = said(text, SHARD);
            return said.isEmpty() ? Shard.WHOLE : Shard.parse(String.join(" ", said));
        } catch (IllegalArgumentException e) {
            throw none(directory.resolve(SweepDirectory.PLAN), String.valueOf(e.getMessage()));
        }
    }

    /** What the comments above the scenario say after these words. */
    private static List<String> said(String text, String words) {
        return text.lines()
                .takeWhile(line -> line.startsWith("#"))
                .filter(line -> line.startsWith(words))
                .map(line -> line.substring(words.length()))
                .toList();
    }

    private static UnsupportedScenarioException none(Path file, String why) {
        return new UnsupportedScenarioException(file + ": " + why + "; run the sweep again");
    }
}
