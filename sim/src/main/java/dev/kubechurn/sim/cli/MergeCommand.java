package dev.kubechurn.sim.cli;

import static java.util.Objects.requireNonNull;

import dev.kubechurn.reports.render.ResultSummary;
import dev.kubechurn.reports.render.SummaryLine;
import dev.kubechurn.reports.result.ResultJson;
import dev.kubechurn.reports.result.RunDirectory;
import dev.kubechurn.reports.result.RunResult;
import dev.kubechurn.reports.result.SweepResult;
import dev.kubechurn.sim.fuzz.CampaignState;
import dev.kubechurn.sim.merge.FuzzMerge;
import dev.kubechurn.sim.merge.RunMerge;
import dev.kubechurn.sim.merge.SweepMerge;
import dev.kubechurn.sim.run.RunReport;
import dev.kubechurn.sim.scenario.Scenario;
import dev.kubechurn.sim.scenario.ScenarioException;
import dev.kubechurn.sim.shard.Shard;
import dev.kubechurn.sim.sweep.SweepDirectory;
import dev.kubechurn.sim.sweep.SweepPart;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Puts together what the shards of a run, a sweep or a fuzz campaign wrote. */
@Command(
        name = "merge",
        description = {
            "Merge the results of the shards of one run, sweep or fuzz campaign (see --shard).",
            "The output is a normal result directory, which report and compare accept."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  kubechurn merge out/settled-7 --out out/merged",
            "  kubechurn merge a/shard-0-of-2 b/shard-1-of-2 --out out/merged",
            "  kubechurn merge part-0.json part-1.json --out out/merged"
        },
        mixinStandardHelpOptions = true,
        versionProvider = VersionProvider.class,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:success",
            "1:failed check in any shard",
            "2:usage error, or shards that do not belong together, are missing, duplicate or unfinished",
            "3:environment error, such as a full disk"
        })
final class MergeCommand implements Callable<Integer> {

    private final Terminal terminal;

    @Spec
    private @Nullable CommandSpec spec;

    @Parameters(
            arity = "1..*",
            paramLabel = "DIR",
            description =
                    "Directories of shards, or one directory that holds them all; for runs also result.json files.")
    private List<Path> given = new ArrayList<>();

    @Option(names = "--out", paramLabel = "DIR", required = true, description = "Directory for the merged result.")
    private @Nullable Path out;

    @Option(names = "--quiet", description = "Print only failures and the verdict.")
    private boolean quiet;

    @Mixin
    private DetailsOption details = new DetailsOption();

    MergeCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws IOException, ScenarioException {
        List<Path> parts = parts();
        if (parts.stream().allMatch(SweepPart::isIn)) {
            return sweep(parts).code();
        }
        if (parts.stream().allMatch(CampaignState::isIn)) {
            return campaign(parts).code();
        }
        return run(parts).code();
    }

    /** A directory that is none of a shard stands for those of the shards in it. */
    private List<Path> parts() throws IOException {
        List<Path> parts = new ArrayList<>();
        for (Path path : given) {
            List<Path> within = isPart(path) ? List.of() : shardsIn(path);
            parts.addAll(within.isEmpty() ? List.of(path) : within);
        }
        return parts;
    }

    private static boolean isPart(Path path) {
        return !Files.isDirectory(path)
                || Files.exists(path.resolve(RunDirectory.RESULT))
                || SweepPart.isIn(path)
                || CampaignState.isIn(path);
    }

    private static List<Path> shardsIn(Path directory) throws IOException {
        try (Stream<Path> within = Files.list(directory)) {
            return within.filter(path ->
                            Shard.ofDirectory(path.getFileName().toString()).isPresent())
                    .sorted()
                    .toList();
        }
    }

    private Path out() {
        Path path = requireNonNull(out);
        for (Path part : given) {
            if (part.toAbsolutePath().normalize().equals(path.toAbsolutePath().normalize())) {
                throw new ParameterException(
                        requireNonNull(spec).commandLine(),
                        "--out " + path + " is one of the shards: choose another directory");
            }
        }
        return path;
    }

    private ExitCode run(List<Path> parts) throws IOException {
        Map<Path, RunResult> results = new LinkedHashMap<>();
        parts.forEach(part -> results.put(part, ResultJson.read(part)));
        RunResult merged = RunMerge.of(results);
        try (RunDirectory directory = RunDirectory.open(out())) {
            Map<String, String> files = new TreeMap<>();
            files.put(RunReport.FILE, RunReport.html(merged));
            Path scenario = parts.get(0).resolve(Scenario.FILE);
            if (Files.isRegularFile(scenario)) {
                files.put(Scenario.FILE, Files.readString(scenario));
            }
            directory.write(merged, files);
            print(merged, directory.path());
        }
        return merged.checksHeld() ? ExitCode.FINE : ExitCode.BAD_ANSWER;
    }

    private void print(RunResult merged, Path directory) {
        List<SummaryLine> closing = List.of(
                new SummaryLine("report", directory.resolve(RunReport.FILE).toString()),
                new SummaryLine("result", directory.resolve(RunDirectory.RESULT).toString()));
        if (!quiet && !details.given()) {
            Printed.summary(terminal, merged, List.of(), closing);
            return;
        }
        if (!quiet) {
            Printed.details(terminal, merged, closing);
        }
        terminal.tellChecks(merged.violations(), "");
        if (quiet && !merged.checksHeld()) {
            ResultSummary.checks(merged).forEach(line -> terminal.out().println("  " + line.text()));
        }
    }

    private ExitCode sweep(List<Path> parts) throws IOException, ScenarioException {
        SweepMerge merge = SweepMerge.of(parts);
        try (SweepDirectory directory = merge.open(out())) {
            SweepResult result = merge.into(directory);
            directory.write(result);
            directory.writePages(result, SweepCommand.COLUMNS);
            SweepText text = new SweepText(terminal, details.given());
            if (!quiet) {
                text.print(result, SweepCommand.COLUMNS, directory);
            }
            terminal.tellChecks(result.violations(), "");
            return result.checksHeld() ? ExitCode.FINE : ExitCode.BAD_ANSWER;
        }
    }

    private ExitCode campaign(List<Path> parts) throws IOException {
        FuzzMerge merged = FuzzMerge.of(parts);
        CampaignState state = merged.state();
        try (RunDirectory directory = RunDirectory.open(out())) {
            directory.writeText(CampaignState.FILE, state.toJson());
            for (int i = 0; i < state.failed().size(); i++) {
                tellFailed(state.failed().get(i), merged.failedIn().get(i), directory);
            }
        }
        terminal.out()
                .printf(
                        Locale.ROOT,
                        "fuzz: %,d of %,d scenarios from seed %d passed, %,d failed%n",
                        state.held(),
                        state.count(),
                        state.firstSeed(),
                        state.failed().size());
        return state.failed().isEmpty() ? ExitCode.FINE : ExitCode.BAD_ANSWER;
    }

    private void tellFailed(CampaignState.FailedSeed failed, Path in, RunDirectory out) throws IOException {
        terminal.out().printf(Locale.ROOT, "fuzz: seed %d: %s%n", failed.seed(), failed.what());
        terminal.out().println("  " + failed.message());
        Path smallest = in.resolve(FuzzCampaign.SMALLEST);
        if (Files.isRegularFile(smallest)) {
            String name = "seed-" + failed.seed() + ".yaml";
            out.writeText(name, Files.readString(smallest));
            terminal.out().println("  repeat     ./kubechurn run " + out.path().resolve(name));
        }
    }
}
