package dev.kubechurn.sim.sweep;

import dev.kubechurn.reports.render.SweepReport;
import dev.kubechurn.reports.render.SweepTable;
import dev.kubechurn.reports.render.Table;
import dev.kubechurn.reports.result.ResultFormatException;
import dev.kubechurn.reports.result.ResultJson;
import dev.kubechurn.reports.result.RunDirectory;
import dev.kubechurn.reports.result.RunResult;
import dev.kubechurn.reports.result.SweepCsv;
import dev.kubechurn.reports.result.SweepJson;
import dev.kubechurn.reports.result.SweepResult;
import dev.kubechurn.sim.run.EnvironmentException;
import dev.kubechurn.sim.run.RunReport;
import dev.kubechurn.sim.run.UnsupportedScenarioException;
import dev.kubechurn.sim.scenario.Scenario;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The directory of a sweep: which sweep it is, a run directory for each run that is finished, and the results of all. A run
 * is finished when its result is there, which appears last and whole. For one process at a time; safe from any thread.
 */
public final class SweepDirectory implements AutoCloseable {

    public static final String JSON = "sweep.json";
    public static final String CSV = "sweep.csv";

    /** What is swept, and how. */
    static final String PLAN = "sweep.yaml";

    private static final String RUNS = "runs";

    private final RunDirectory directory;

    private SweepDirectory(RunDirectory directory) {
        this.directory = directory;
    }

    /**
     * Opens the directory, new or where the same sweep was.
     *
     * @throws UnsupportedScenarioException if another sweep is there
     */
    public static SweepDirectory open(Path path, SweepPart part) {
        String text = part.text();
        Path file = path.resolve(PLAN);
        try {
            if (!Files.readString(file).equals(text)) {
                throw new UnsupportedScenarioException(path + " holds another sweep or one of another version (" + file
                        + "): choose another directory with --out, or remove this one");
            }
        } catch (NoSuchFileException isNew) {
            RunDirectory opened = RunDirectory.open(path);
            opened.writeText(PLAN, text);
            return new SweepDirectory(opened);
        } catch (IOException e) {
            throw new EnvironmentException("cannot read " + file + ": " + e.getMessage(), e);
        }
        return new SweepDirectory(RunDirectory.open(path));
    }

    public Path path() {
        return directory.path();
    }

    /** Where a run has, or will have, its results. */
    public Path of(SweepRun run) {
        return path().resolve(RUNS).resolve(run.directory());
    }

    /** A directory that is there, to read from. */
    public static SweepDirectory ofPart(Path path) {
        return new SweepDirectory(RunDirectory.open(path));
    }

    /** The result of a run that is finished. */
    public Optional<RunResult> finished(SweepRun run) {
        Path of = of(run);
        try {
            if (!Files.readString(of.resolve(Scenario.FILE))
                    .equals(run.scenario().toYaml())) {
                return Optional.empty();
            }
            return Optional.of(ResultJson.read(of)).filter(SweepDirectory::isFinished);
        } catch (IOException | ResultFormatException notThere) {
            return Optional.empty();
        }
    }

    /** A run that ended before its time is none, unless a violation ended it: that one it will always find. */
    static boolean isFinished(RunResult result) {
        return !result.partial() || !result.checksHeld();
    }

    void write(SweepRun run, RunResult result) {
        try (RunDirectory open = RunDirectory.open(of(run))) {
            open.write(result, Map.of(Scenario.FILE, run.scenario().toYaml(), RunReport.FILE, RunReport.html(result)));
        }
    }

    /** Takes over what another directory holds of a run. */
    public void copy(SweepRun run, SweepDirectory from) {
        try (RunDirectory open = RunDirectory.open(of(run))) {
            open.copy(from.of(run), Set.of(Scenario.FILE, RunReport.FILE));
        }
    }

    /** Writes the results of all. */
    public void write(SweepResult result) {
        directory.writeText(CSV, SweepCsv.write(result));
        directory.writeText(JSON, SweepJson.write(result));
    }

    /** Writes the page of the sweep, and those of its runs with a link back to it. */
    public void writePages(SweepResult result, List<SweepTable.Column> columns) {
        Table.Link whole = new Table.Link("sweep of " + result.name(), "../../" + SweepReport.FILE);
        for (int cell = 0; cell < result.cells().size(); cell++) {
            for (SweepResult.Run run : result.cells().get(cell).runs()) {
                Path of = path().resolve(RUNS).resolve(SweepRun.directory(cell, run.seed()));
                try (RunDirectory open = RunDirectory.open(of)) {
                    open.writeText(RunReport.FILE, RunReport.html(ResultJson.read(of), whole));
                }
            }
        }
        directory.writeText(SweepReport.FILE, SweepReport.html(result, columns, SweepDirectory::page));
    }

    /** Where a run's page is, seen from the sweep's. */
    private static String page(int cell, long seed) {
        return RUNS + "/" + SweepRun.directory(cell, seed) + "/" + RunReport.FILE;
    }

    @Override
    public void close() {
        directory.close();
    }
}
