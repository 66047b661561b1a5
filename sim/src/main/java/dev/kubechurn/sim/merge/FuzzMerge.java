package dev.kubechurn.sim.merge;

import dev.kubechurn.sim.fuzz.CampaignState;
import dev.kubechurn.sim.fuzz.CampaignState.FailedSeed;
import dev.kubechurn.sim.merge.Parts.Part;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * What the shards of one fuzz campaign have found together.
 *
 * @param state of the whole campaign; those that failed by their seeds
 * @param failedIn the directories of the shards in which a scenario failed, in the same order
 */
public record FuzzMerge(CampaignState state, List<Path> failedIn) {

    /**
     * Looks through the directories of all shards.
     *
     * @throws MergeException if they are no shards of one campaign, or one is missing or there twice
     */
    public static FuzzMerge of(List<Path> directories) {
        List<Part<CampaignState>> parts = new ArrayList<>();
        for (Path directory : directories) {
            CampaignState state = CampaignState.read(directory)
                    .orElseThrow(() -> new MergeException(directory + " does not contain a fuzz campaign"));
            parts.add(new Part<>(directory, state.campaign().shard(), state));
        }
        for (Part<CampaignState> part : parts) {
            if (!part.content()
                    .campaign()
                    .whole()
                    .equals(parts.get(0).content().campaign().whole())) {
                throw new MergeException(parts.get(0).title() + " and " + part.title()
                        + " belong to different campaigns or versions; give the shards of one campaign");
            }
        }
        return together(Parts.of(parts));
    }

    private static FuzzMerge together(Parts<CampaignState> parts) {
        record Failed(Path in, FailedSeed seed) {}
        List<Failed> failed = new ArrayList<>();
        long held = 0;
        for (Part<CampaignState> part : parts.all()) {
            held += part.content().held();
            part.content().failed().forEach(seed -> failed.add(new Failed(part.source(), seed)));
        }
        failed.sort(Comparator.comparingLong(each -> each.seed().seed()));
        return new FuzzMerge(
                CampaignState.of(
                        parts.first().content().campaign().whole(),
                        held,
                        failed.stream().map(Failed::seed).toList()),
                failed.stream().map(Failed::in).toList());
    }
}
