package dev.kubechurn.sim.cli;

import dev.kubechurn.reports.result.RunDirectory;
import dev.kubechurn.sim.engine.WallClock;
import dev.kubechurn.sim.fuzz.Fuzzer;
import dev.kubechurn.sim.fuzz.Fuzzer.Failure;
import dev.kubechurn.sim.fuzz.Fuzzer.Finding;
import dev.kubechurn.sim.fuzz.Trial;
import dev.kubechurn.sim.run.EnvironmentException;
import dev.kubechurn.sim.scenario.Scenario;
import dev.kubechurn.sim.scenario.ScenarioSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** {@code run --fuzz}: runs drawn scenarios until one fails, and leaves behind the smallest that fails the same way. */
final class FuzzCampaign {

    /** What is left of the scenario that failed, and the scenario as it was drawn. */
    static final String SMALLEST = Scenario.FILE;

    static final String DRAWN = "drawn.yaml";

    private static final long INTERVAL_NANOS = TimeUnit.SECONDS.toNanos(5);

    private final Terminal terminal;
    private final Trial trial;
    private final boolean quiet;
    private final long startNanos = WallClock.monotonicNanos();
    private long nextNanos = INTERVAL_NANOS;
    private long held;

    FuzzCampaign(Terminal terminal, Trial trial, boolean quiet) {
        this.terminal = terminal;
        this.trial = trial;
        this.quiet = quiet;
    }

    /**
     * Runs it.
     *
     * @param minutes after which it ends; 0: no limit
     * @param out where a scenario that fails goes; null: {@code out/fuzz-SEED}
     */
    ExitCode run(long firstSeed, long count, long minutes, Optional<Path> out) throws InterruptedException {
        if (!quiet) {
            terminal.err()
                    .printf(Locale.ROOT, "fuzz: up to %,d scenarios from seed %d, in virtual time%n", count, firstSeed);
            terminal.err().flush();
        }
        long limit = minutes == 0 ? Long.MAX_VALUE : TimeUnit.MINUTES.toNanos(minutes);
        Fuzzer fuzzer = new Fuzzer(trial, this::progress, failure -> tell(failure, directory(out, failure.seed())));
        Optional<Finding> finding = fuzzer.run(firstSeed, count, () -> elapsedNanos() < limit);
        if (finding.isPresent()) {
            tell(finding.get(), directory(out, finding.get().seed()));
            return ExitCode.BAD_ANSWER;
        }
        terminal.out()
                .printf(
                        Locale.ROOT,
                        "fuzz: %,d scenarios, seeds %d to %d, no violation, %s%n",
                        held,
                        firstSeed,
                        firstSeed + held - 1,
                        seconds());
        return ExitCode.FINE;
    }

    private void progress(long count) {
        held = count;
        if (!quiet && elapsedNanos() >= nextNanos) {
            nextNanos += INTERVAL_NANOS;
            terminal.err()
                    .printf(
                            Locale.ROOT,
                            "  %,d scenarios held · %.0f/s%n",
                            count,
                            count / (elapsedNanos() / (double) TimeUnit.SECONDS.toNanos(1)));
            terminal.err().flush();
        }
    }

    private static Path directory(Optional<Path> out, long seed) {
        return out.orElse(Path.of("out", "fuzz-" + seed));
    }

    /** At once: making it smaller takes a while, and somebody may not wait for it. */
    private void tell(Failure failure, Path directory) {
        try (RunDirectory open = RunDirectory.open(directory)) {
            write(open.path(), DRAWN, failure.scenario());
        }
        terminal.out()
                .printf(
                        Locale.ROOT,
                        "fuzz: seed %d after %,d that held, %s: %s%n",
                        failure.seed(),
                        held,
                        seconds(),
                        failure.broken().what());
        terminal.out().println("  " + failure.broken().message());
        terminal.out().println("  drawn      " + size(failure.scenario()) + ", in " + directory.resolve(DRAWN));
        terminal.out().flush();
    }

    private void tell(Finding finding, Path directory) {
        try (RunDirectory open = RunDirectory.open(directory)) {
            write(open.path(), SMALLEST, finding.smallest());
        }
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
            throw new EnvironmentException(directory.resolve(name) + " cannot be written: " + e.getMessage(), e);
        }
    }

    private String seconds() {
        return String.format(Locale.ROOT, "%.1f s", elapsedNanos() / (double) TimeUnit.SECONDS.toNanos(1));
    }

    private long elapsedNanos() {
        return WallClock.monotonicNanos() - startNanos;
    }
}
