package dev.kubechurn.sim.merge;

import dev.kubechurn.reports.result.RunResult;
import dev.kubechurn.reports.result.SweepResult;
import dev.kubechurn.sim.merge.Parts.Part;
import dev.kubechurn.sim.scenario.ScenarioException;
import dev.kubechurn.sim.shard.Shard;
import dev.kubechurn.sim.sweep.SweepDirectory;
import dev.kubechurn.sim.sweep.SweepPart;
import dev.kubechurn.sim.sweep.SweepPlan;
import dev.kubechurn.sim.sweep.SweepRun;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Puts the runs of the shards of one sweep together in one directory, which is then that of a sweep like any other. */
public final class SweepMerge {

    private static final int MOST_NAMED = 3;

    private final SweepPart sweep;
    private final Map<SweepRun, Path> places;

    private SweepMerge(SweepPart sweep, Map<SweepRun, Path> places) {
        this.sweep = sweep;
        this.places = places;
    }

    /**
     * Looks through the directories of all shards.
     *
     * @throws MergeException if they are no shards of one sweep, one is missing or there twice, or one is not finished
     * @throws ScenarioException if what a directory says of itself is no scenario
     */
    public static SweepMerge of(List<Path> directories) throws ScenarioException {
        List<Part<SweepPart>> parts = new ArrayList<>();
        for (Path directory : directories) {
            SweepPart part = SweepPart.read(directory);
            parts.add(new Part<>(directory, part.shard(), part));
        }
        for (Part<SweepPart> part : parts) {
            if (!part.content().isOfTheSame(parts.get(0).content())) {
                throw new MergeException(parts.get(0).title() + " and " + part.title()
                        + " are of different sweeps or versions; give the shards of one");
            }
        }
        Map<SweepRun, Path> places = new LinkedHashMap<>();
        for (Part<SweepPart> part : Parts.of(parts).all()) {
            requireFinished(part);
            part.content().plan().runs(part.shard()).forEach(run -> places.put(run, part.source()));
        }
        SweepPart first = parts.get(0).content();
        return new SweepMerge(new SweepPart(first.version(), Shard.WHOLE, first.plan()), places);
    }

    private static void requireFinished(Part<SweepPart> part) {
        SweepDirectory directory = SweepDirectory.ofPart(part.source());
        List<String> missing = part.content().plan().runs(part.shard()).stream()
                .filter(run -> directory.finished(run).isEmpty())
                .map(SweepRun::directory)
                .toList();
        if (!missing.isEmpty()) {
            throw new MergeException(part.title() + " is not finished: it lacks "
                    + String.join(", ", missing.subList(0, Math.min(MOST_NAMED, missing.size())))
                    + (missing.size() > MOST_NAMED ? " and " + (missing.size() - MOST_NAMED) + " more" : "")
                    + "; run it again, it goes on where it was");
        }
    }

    /** What is swept. */
    public SweepPlan plan() {
        return sweep.plan();
    }

    /** The directory of the whole sweep, new or where it was put together before. */
    public SweepDirectory open(Path out) {
        return SweepDirectory.open(out, sweep);
    }

    /** Copies every run, and gives the table. */
    public SweepResult into(SweepDirectory directory) {
        return sweep.plan().result(run -> {
            Optional<RunResult> found = SweepDirectory.ofPart(places.getOrDefault(run, directory.path()))
                    .finished(run);
            RunResult result = found.orElseThrow(
                    () -> new MergeException("run " + run.directory() + " is gone from " + places.get(run)));
            directory.write(run, result);
            return SweepResult.Run.of(run.seed(), result);
        });
    }
}
