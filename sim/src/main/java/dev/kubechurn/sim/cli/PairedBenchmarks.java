package dev.kubechurn.sim.cli;

import static java.util.Objects.requireNonNull;

import dev.kubechurn.reports.gate.Comparison;
import dev.kubechurn.reports.gate.Gate;
import dev.kubechurn.reports.gate.GateException;
import dev.kubechurn.reports.gate.Policy;
import dev.kubechurn.reports.render.Durations;
import dev.kubechurn.reports.result.JmhJson;
import dev.kubechurn.reports.result.RunResult;
import dev.kubechurn.sim.engine.WallClock;
import dev.kubechurn.sim.run.EnvironmentException;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Two versions of the benchmarks in pairs of forks: each benchmark of the one and at once of the other, in an order that is
 * drawn anew for each pair, so that a machine that becomes slower is slower for both. What is measured stays: told the same
 * again, it goes on where it was. For the command's thread, but for {@link #stop}.
 */
final class PairedBenchmarks {

    private static final String BASE = "base";
    private static final String CANDIDATE = "candidate";

    /** The base once more: what it differs from itself by is noise. */
    private static final String AGAIN = "again";

    private static final String PLAN = "pairs.txt";

    /** What a JVM of JMH takes beside what it measures. */
    private static final double START_SECONDS = 2.5;

    /** What JMH says of its set-up and does not write into its result. */
    private static final String FACTS = "jvm.properties";

    private final Terminal terminal;
    private final Path directory;
    private final Map<String, Path> jars;
    private final List<String> arguments;
    private final Map<String, String> machine;
    private final boolean noise;
    private final boolean quiet;
    private volatile boolean stopped;
    private volatile @Nullable JmhProcess running;

    /**
     * Two versions.
     *
     * @param directory where what is measured is kept
     * @param jars by side, base and candidate
     * @param arguments of JMH, without a choice of benchmarks and files
     * @param machine what JMH does not tell
     * @param noise whether to measure what the base differs from itself by
     */
    PairedBenchmarks(
            Terminal terminal,
            Path directory,
            Map<String, Path> jars,
            List<String> arguments,
            Map<String, String> machine,
            boolean noise,
            boolean quiet) {
        this.terminal = terminal;
        this.directory = directory;
        this.jars = Map.copyOf(jars);
        this.arguments = List.copyOf(arguments);
        this.machine = machine;
        this.noise = noise;
        this.quiet = quiet;
    }

    /** From any thread. */
    void stop() {
        stopped = true;
        JmhProcess now = running;
        if (now != null) {
            now.stop();
        }
    }

    /**
     * Says how long the pairs will take, as far as the machine lets itself be told.
     *
     * @param jvms that one fork of all benchmarks takes
     * @param secondsEach what one of them measures
     */
    void warn(int pairs, int jvms, double secondsEach) {
        if (!quiet) {
            int all = pairs * jvms * (noise ? 3 : 2);
            terminal.err()
                    .println(pairs + " pairs, " + all + " JVMs: about "
                            + Durations.format(all * (secondsEach + START_SECONDS) * 1e9)
                            + "; if interrupted, run the same command with the same --out to resume");
            terminal.err().flush();
        }
    }

    /** Takes the pairs and compares them; empty when stopped. */
    @Nullable
    Comparison compare(String regex, int pairs, long seed, String baseName, Policy policy)
            throws IOException, InterruptedException {
        List<String> benchmarks = benchmarks(regex);
        Gate.requirePairs(pairs, benchmarks.size(), policy);
        keepPlan(String.join("\n", arguments) + "\n" + regex + "\n" + pairs + " pairs, seed " + seed
                + (noise ? ", with noise" : "") + "\n");
        SplittableRandom random = new SplittableRandom(seed);
        long began = WallClock.monotonicNanos();
        int all = pairs * benchmarks.size();
        int measured = 0;
        for (int pair = 0; pair < pairs; pair++) {
            for (int each = 0; each < benchmarks.size(); each++) {
                boolean fresh = false;
                for (String side : order(random)) {
                    fresh |= measure(benchmarks.get(each), side, file(pair, each, side));
                    if (stopped) {
                        return null;
                    }
                }
                measured += fresh ? 1 : 0;
                tell(pair * benchmarks.size() + each + 1, all, measured, WallClock.monotonicNanos() - began);
            }
        }
        if (!quiet && terminal.interactive()) {
            terminal.err().print(Terminal.OVER);
        }
        List<RunResult> base = results(BASE, pairs, benchmarks.size());
        Policy agreed = noise
                ? policy.withMeasuredNoise(Gate.noise(base, results(AGAIN, pairs, benchmarks.size()), policy))
                : policy;
        return Gate.compare(baseName, base, "this version", results(CANDIDATE, pairs, benchmarks.size()), agreed, true);
    }

    private List<String> order(SplittableRandom random) {
        List<String> order =
                new ArrayList<>(random.nextBoolean() ? List.of(BASE, CANDIDATE) : List.of(CANDIDATE, BASE));
        if (noise) {
            order.add(random.nextInt(order.size() + 1), AGAIN);
        }
        return order;
    }

    private List<String> benchmarks(String regex) throws IOException, InterruptedException {
        List<String> base = JmhProcess.list(jar(BASE), regex);
        List<String> ours = JmhProcess.list(jar(CANDIDATE), regex);
        if (base.isEmpty() || ours.isEmpty()) {
            throw new GateException("no benchmark in both versions matches \"" + regex + "\"");
        }
        List<String> missing =
                base.stream().filter(name -> !ours.contains(name)).toList();
        if (!missing.isEmpty()) {
            throw new GateException("this version lacks " + String.join(", ", missing)
                    + ", which the base has: choose other benchmarks with REGEX");
        }
        return base;
    }

    private Path jar(String side) {
        return requireNonNull(jars.get(side.equals(AGAIN) ? BASE : side));
    }

    /** What was measured under another plan is no part of this one. */
    private void keepPlan(String plan) throws IOException {
        Path file = directory.resolve(PLAN);
        if (Files.exists(file) && !Files.readString(file).equals(plan)) {
            throw new GateException(directory + " holds pairs of another plan: choose another directory with --out");
        }
        WholeFile.write(file, plan);
    }

    private Path file(int pair, int benchmark, String side) {
        return directory.resolve(String.format(Locale.ROOT, "pair-%03d-%03d-%s.json", pair, benchmark, side));
    }

    /** Whether it was not there yet. */
    private boolean measure(String benchmark, String side, Path file) throws IOException, InterruptedException {
        if (Files.exists(file)) {
            return false;
        }
        Path unfinished = file.resolveSibling("." + file.getFileName());
        List<String> all = new ArrayList<>(arguments);
        all.addAll(0, List.of("^" + benchmark.replace(".", "\\.") + "$", "-f", "1", "-rff", unfinished.toString()));
        JmhProcess jmh = JmhProcess.start(jar(side), all, directory.resolve(BenchCommand.JMH_LOG));
        running = jmh;
        JmhProcess.Outcome outcome = jmh.follow(new BenchProgress(terminal, true));
        running = null;
        if (stopped) {
            Files.deleteIfExists(unfinished);
        } else if (outcome.exitCode() != 0) {
            throw new EnvironmentException("JMH exited with code " + outcome.exitCode() + " for the " + side + "'s "
                    + benchmark + ": " + outcome.lastError());
        } else {
            Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
            keepFacts(outcome.facts());
        }
        return true;
    }

    private void keepFacts(Map<String, String> facts) throws IOException {
        Path file = directory.resolve(FACTS);
        if (!Files.exists(file)) {
            StringBuilder text = new StringBuilder();
            facts.forEach(
                    (name, value) -> text.append(name).append('=').append(value).append('\n'));
            WholeFile.write(file, text.toString());
        }
    }

    private Map<String, String> facts() throws IOException {
        Properties facts = new Properties();
        if (!Files.exists(directory.resolve(FACTS))) {
            return Map.of();
        }
        try (Reader reader = Files.newBufferedReader(directory.resolve(FACTS))) {
            facts.load(reader);
        }
        Map<String, String> sorted = new TreeMap<>();
        facts.stringPropertyNames().forEach(name -> sorted.put(name, facts.getProperty(name)));
        return sorted;
    }

    private void tell(int done, int all, int measured, long nanos) {
        if (quiet || measured == 0) {
            return;
        }
        String left = Durations.format((double) nanos / measured * (all - done));
        String line = done + " of " + all + " pairs, about " + left + " left";
        if (terminal.interactive()) {
            terminal.redraw(line);
        } else if (measured == 1 || done % 10 == 0) {
            terminal.err().println(line);
        }
        terminal.err().flush();
    }

    private List<RunResult> results(String side, int pairs, int benchmarks) throws IOException {
        Map<String, String> facts = facts();
        List<RunResult> results = new ArrayList<>();
        for (int pair = 0; pair < pairs; pair++) {
            for (int each = 0; each < benchmarks; each++) {
                results.add(JmhJson.read(file(pair, each, side))
                        .environment(machine)
                        .environment(facts)
                        .build());
            }
        }
        return results;
    }
}
