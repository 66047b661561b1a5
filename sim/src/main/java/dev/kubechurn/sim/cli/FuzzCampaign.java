package dev.kubechurn.sim.cli;

import dev.kubechurn.reports.result.RunDirectory;
import dev.kubechurn.reports.text.Tone;
import dev.kubechurn.sim.engine.WallClock;
import dev.kubechurn.sim.fuzz.Campaign;
import dev.kubechurn.sim.fuzz.CampaignState;
import dev.kubechurn.sim.fuzz.CampaignState.FailedSeed;
import dev.kubechurn.sim.fuzz.Fuzzer;
import dev.kubechurn.sim.fuzz.Fuzzer.Failure;
import dev.kubechurn.sim.fuzz.Fuzzer.Finding;
import dev.kubechurn.sim.fuzz.Outcome;
import dev.kubechurn.sim.fuzz.Trial;
import dev.kubechurn.sim.run.EnvironmentException;
import dev.kubechurn.sim.run.UnsupportedScenarioException;
import dev.kubechurn.sim.scenario.Scenario;
import dev.kubechurn.sim.scenario.ScenarioSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** {@code run --fuzz}: runs drawn scenarios until one fails, and leaves behind the smallest that fails the same way. */
final class FuzzCampaign {

    /** What is left of the scenario that failed, and the scenario as it was drawn. */
    static final String SMALLEST = Scenario.FILE;

    static final String DRAWN = "drawn.yaml";

    private final Terminal terminal;
    private final Trial trial;
    private final boolean quiet;
    private final Campaign campaign;
    private final Optional<Path> out;
    private final Optional<RunDirectory> kept;
    private final long startNanos = WallClock.monotonicNanos();
    private final Pace pace = new Pace();
    private long before;
    private long held;

    /**
     * Makes one.
     *
     * @param out where a scenario that fails goes; empty: {@code out/fuzz-SEED}
     * @param kept where it is told how far the campaign is, so that it can go on from there
     */
    FuzzCampaign(
            Terminal terminal,
            Trial trial,
            boolean quiet,
            Campaign campaign,
            Optional<Path> out,
            Optional<RunDirectory> kept) {
        this.terminal = terminal;
        this.trial = trial;
        this.quiet = quiet;
        this.campaign = campaign;
        this.out = out;
        this.kept = kept;
    }

    /**
     * Runs it, or goes on with it.
     *
     * @param minutes after which it ends; 0: no limit
     */
    ExitCode run(long minutes) throws InterruptedException {
        List<FailedSeed> failed = goOn();
        tellHead();
        if (!failed.isEmpty()) {
            failed.forEach(this::tellAgain);
            return ExitCode.BAD_ANSWER;
        }
        long limit = minutes == 0 ? Long.MAX_VALUE : TimeUnit.MINUTES.toNanos(minutes);
        Fuzzer fuzzer = new Fuzzer(trial, this::progress, this::tell);
        Optional<Finding> finding = fuzzer.run(campaign::seed, before, campaign.size(), () -> elapsedNanos() < limit);
        if (finding.isPresent()) {
            tell(finding.get());
            return ExitCode.BAD_ANSWER;
        }
        keep(List.of());
        String verdict = String.format(
                Locale.ROOT,
                "fuzz: %,d scenarios, seeds %d to %d%s, no violation, %s",
                held,
                campaign.seed(0),
                campaign.seed(held - 1),
                part(),
                seconds());
        terminal.out().println(terminal.paint().tone(Tone.GOOD, verdict));
        return ExitCode.FINE;
    }

    /** Takes up what an earlier process has left, and gives what failed there. */
    private List<FailedSeed> goOn() {
        Optional<CampaignState> state = kept.flatMap(directory -> CampaignState.read(directory.path()));
        if (state.isEmpty()) {
            return List.of();
        }
        if (!state.get().campaign().equals(campaign)) {
            throw new UnsupportedScenarioException(kept.orElseThrow().path()
                    + " holds another campaign or one of another version: choose another directory with --out, or remove"
                    + " this one");
        }
        before = state.get().held();
        held = before;
        return state.get().failed();
    }

    private String part() {
        return campaign.shard().isWhole()
                ? ""
                : String.format(Locale.ROOT, " of shard %s of %,d", campaign.shard(), campaign.count());
    }

    private void tellHead() {
        if (quiet) {
            return;
        }
        terminal.err()
                .printf(
                        Locale.ROOT,
                        "fuzz: up to %,d scenarios from seed %d%s, in virtual time%n",
                        campaign.size(),
                        campaign.seed(0),
                        part());
        if (before > 0) {
            terminal.err().printf(Locale.ROOT, "  %,d passed earlier%n", before);
        }
        terminal.err().flush();
    }

    private void progress(long count) {
        held = count;
        if (pace.isDue(elapsedNanos())) {
            keep(List.of());
            if (!quiet) {
                terminal.err()
                        .printf(
                                Locale.ROOT,
                                "  %,d scenarios passed · %.0f/s%n",
                                count,
                                (count - before) / (elapsedNanos() / (double) TimeUnit.SECONDS.toNanos(1)));
                terminal.err().flush();
            }
        }
    }

    private void keep(List<FailedSeed> failed) {
        kept.ifPresent(directory -> directory.writeText(
                CampaignState.FILE, CampaignState.of(campaign, held, failed).toJson()));
    }

    private Path directory(long seed) {
        return directory(out, seed);
    }

    private void tellAgain(FailedSeed failure) {
        terminal.out().printf(Locale.ROOT, "fuzz: seed %d failed earlier: %s%n", failure.seed(), failure.what());
        terminal.out().println("  " + failure.message());
        terminal.out()
                .println("  repeat     ./kubechurn run "
                        + directory(failure.seed()).resolve(SMALLEST));
    }

    private static Path directory(Optional<Path> out, long seed) {
        return out.orElse(Path.of("out", "fuzz-" + seed));
    }

    /** At once: making it smaller takes a while, and somebody may not wait for it. */
    private void tell(Failure failure) {
        Path directory = directory(failure.seed());
        try (RunDirectory open = RunDirectory.open(directory)) {
            write(open.path(), DRAWN, failure.scenario());
        }
        String verdict = String.format(
                Locale.ROOT,
                "fuzz: seed %d failed after %,d that passed, %s: %s",
                failure.seed(),
                held,
                seconds(),
                failure.broken().what());
        terminal.out().println(terminal.paint().tone(Tone.BAD, verdict));
        terminal.out().println("  " + failure.broken().message());
        terminal.out().println("  drawn      " + size(failure.scenario()) + ", in " + directory.resolve(DRAWN));
        terminal.out().flush();
    }

    private void tell(Finding finding) {
        Path directory = directory(finding.seed());
        try (RunDirectory open = RunDirectory.open(directory)) {
            write(open.path(), SMALLEST, finding.smallest());
        }
        Outcome.Broken broken = finding.broken();
        keep(List.of(new FailedSeed(finding.seed(), broken.what(), broken.message())));
        terminal.out()
                .printf(Locale.ROOT, "  minimised  %s, in %,d trials%n", size(finding.smallest()), finding.trials());
        terminal.out().println("  repeat     ./kubechurn run " + directory.resolve(SMALLEST));
        terminal.out().println("  draw again ./kubechurn run --fuzz 1 --seed " + finding.seed());
    }

    private static String size(Scenario scenario) {
        ScenarioSpec spec = scenario.spec();
        return String.format(
                Locale.ROOT,
                "%d nodes, %d pods each, %d objects, %d faults, %d ms",
                spec.cluster().nodes(),
                spec.pods().perNode(),
                spec.configMaps().count() + spec.secrets().count(),
                spec.faults().size(),
                spec.duration().toMillis());
    }

    private static void write(Path directory, String name, Scenario scenario) {
        Path part = directory.resolve("." + name + ".part");
        try {
            Files.writeString(part, scenario.toYaml());
            Files.move(
                    part, directory.resolve(name), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new EnvironmentException("cannot write " + directory.resolve(name) + ": " + e.getMessage(), e);
        }
    }

    private String seconds() {
        return String.format(Locale.ROOT, "%.1f s", elapsedNanos() / (double) TimeUnit.SECONDS.toNanos(1));
    }

    private long elapsedNanos() {
        return WallClock.monotonicNanos() - startNanos;
    }
}
