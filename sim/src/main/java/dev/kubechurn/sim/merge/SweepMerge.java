package dev.kubechurn.sim.merge;

import dev.kubechurn.reports.result.SweepResult;
import dev.kubechurn.sim.merge.Parts.Part;
import dev.kubechurn.sim.scenario.ScenarioException;
import dev.kubechurn.sim.shard.Shard;
import dev.kubechurn.sim.sweep.SweepDirectory;
import dev.kubechurn.sim.sweep.SweepPart;
import dev.kubechurn.sim.sweep.SweepRun;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Puts the runs of the shards of one sweep together in one directory, which is then that of a sweep like any other. */
public final class SweepMerge {

    private static final int MOST_NAMED = 3;

    private final SweepPart sweep;
    private final Map<SweepRun, Path> places;
    private final Map<SweepRun, SweepResult.Run> found;

    private SweepMerge(SweepPart sweep, Map<SweepRun, Path> places, Map<SweepRun, SweepResult.Run> found) {
        this.sweep = sweep;
        this.places = places;
        this.found = found;
    }

    /**
     * Looks through the directories of all shards.
     *
     * @throws MergeException if they are no shards of one sweep, one is missing or there twice, or one is not finished
     * @throws ScenarioException if what a directory says of itself is no scenario
     */
    public static SweepMerge of(List<Path> directories) throws ScenarioException {
        SweepPart first = SweepPart.read(directories.get(0));
        List<Part<SweepPart>> parts = new ArrayList<>();
        for (Path directory : directories) {
            SweepPart part = first.readAnother(directory)
                    .orElseThrow(() -> new MergeException(directories.get(0) + " and " + directory
                            + " belong to different sweeps or versions; give the shards of one sweep"));
            parts.add(new Part<>(directory, part.shard(), part));
        }
        SweepMerge merge = new SweepMerge(
                new SweepPart(first.version(), Shard.WHOLE, first.plan()), new HashMap<>(), new HashMap<>());
        Parts.of(parts).all().forEach(merge::read);
        return merge;
    }

    private void read(Part<SweepPart> part) {
        SweepDirectory directory = SweepDirectory.ofPart(part.source());
        List<String> missing = new ArrayList<>();
        for (SweepRun run : sweep.plan().runs(part.shard())) {
            places.put(run, part.source());
            directory
                    .finished(run)
                    .ifPresentOrElse(
                            result -> found.put(run, SweepResult.Run.of(run.seed(), result)),
                            () -> missing.add(run.directory()));
        }
        if (!missing.isEmpty()) {
            throw new MergeException(part.title() + " is not finished: missing "
                    + String.join(", ", missing.subList(0, Math.min(MOST_NAMED, missing.size())))
                    + (missing.size() > MOST_NAMED ? " and " + (missing.size() - MOST_NAMED) + " more" : "")
                    + "; run the same command to resume it");
        }
    }

    /** The directory of the whole sweep, new or where it was put together before. */
    public SweepDirectory open(Path out) {
        return SweepDirectory.open(out, sweep);
    }

    /** Copies every run, and gives the table. */
    public SweepResult into(SweepDirectory directory) {
        places.forEach((run, place) -> directory.copy(run, SweepDirectory.ofPart(place)));
        return sweep.plan().result(run -> Objects.requireNonNull(found.get(run), "a run that is not finished"));
    }
}
