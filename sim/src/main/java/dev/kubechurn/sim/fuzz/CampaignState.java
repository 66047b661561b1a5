package dev.kubechurn.sim.fuzz;

import dev.kubechurn.sim.run.EnvironmentException;
import dev.kubechurn.sim.run.UnsupportedScenarioException;
import dev.kubechurn.sim.shard.Shard;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * How far a campaign is, as its directory says it. Immutable.
 *
 * @param version and the three after it: the {@link Campaign}
 * @param shard {@code I/N}
 * @param held how many scenarios held, from the first one on
 * @param failed those that did not
 */
public record CampaignState(
        String version, long firstSeed, long count, String shard, long held, List<FailedSeed> failed) {

    /** Its file in the directory. */
    public static final String FILE = "fuzz.json";

    private static final JsonMapper MAPPER =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    public CampaignState {
        failed = List.copyOf(failed);
    }

    /**
     * A scenario that failed.
     *
     * @param what the check that it broke
     * @param message what was expected and what was found
     */
    public record FailedSeed(long seed, String what, String message) {}

    /** How far a campaign is. */
    public static CampaignState of(Campaign campaign, long held, List<FailedSeed> failed) {
        return new CampaignState(
                campaign.version(),
                campaign.firstSeed(),
                campaign.count(),
                campaign.shard().toString(),
                held,
                failed);
    }

    /** Which campaign it is. */
    public Campaign campaign() {
        return new Campaign(version, firstSeed, count, Shard.parse(shard));
    }

    /** Whether nothing is left to do. */
    public boolean isOver() {
        return !failed.isEmpty() || held == campaign().size();
    }

    /** Whether a directory is that of a campaign, or of a shard of one. */
    public static boolean isIn(Path directory) {
        return Files.isRegularFile(directory.resolve(FILE));
    }

    /**
     * What a directory says; empty where no campaign was.
     *
     * @throws UnsupportedScenarioException if it says nothing that makes sense
     */
    public static Optional<CampaignState> read(Path directory) {
        Path file = directory.resolve(FILE);
        if (!isIn(directory)) {
            return Optional.empty();
        }
        try {
            CampaignState read = MAPPER.readValue(Files.readString(file), CampaignState.class);
            Campaign campaign = read.campaign();
            if (read.held < 0 || read.held > campaign.size()) {
                throw new IllegalArgumentException("\"held\" is " + read.held + " of " + campaign.size());
            }
            return Optional.of(read);
        } catch (IOException e) {
            throw new EnvironmentException("cannot read " + file + ": " + e.getMessage(), e);
        } catch (JacksonException | IllegalArgumentException | NullPointerException e) {
            throw new UnsupportedScenarioException(file + " was not written by a fuzz campaign (" + firstLine(e)
                    + "): remove it, or choose another directory with --out");
        }
    }

    private static String firstLine(Exception e) {
        return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
    }

    /** As it stands in the file. */
    public String toJson() {
        return MAPPER.writeValueAsString(this) + "\n";
    }
}
