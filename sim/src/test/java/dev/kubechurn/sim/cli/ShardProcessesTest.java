package dev.kubechurn.sim.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kubechurn.reports.result.HistogramMetric;
import dev.kubechurn.reports.result.Labels;
import dev.kubechurn.reports.result.Metric;
import dev.kubechurn.reports.result.ResultJson;
import dev.kubechurn.reports.result.RunResult;
import dev.kubechurn.reports.result.ValueMetric;
import dev.kubechurn.sim.engine.RandomStreams;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Shards as a Job runs them: each a process of its own, told its number by the environment. */
@Timeout(240)
final class ShardProcessesTest {

    private static final int SHARDS = 4;

    private final CapturedTerminal terminal = new CapturedTerminal();

    @TempDir
    private Path directory;

    private CommandProcess shard(int index, List<String> arguments) throws IOException {
        return CommandProcess.start(
                directory.resolve("shard-" + index + ".err"),
                Map.of(
                        ShardOptions.INDEX, Integer.toString(index),
                        ShardOptions.COUNT, Integer.toString(SHARDS)),
                arguments);
    }

    /** Nothing comes or goes once all is registered, so that every count is the same however fast the machine is. */
    @Test
    void fourProcessesOnOneServerCountWhatOneCounts() throws Exception {
        Path parts = directory.resolve("parts");
        Path whole = directory.resolve("whole");
        try (CommandProcess server = CommandProcess.start(
                directory.resolve("serve.err"), Map.of(), List.of("serve", "--out=" + directory.resolve("serve")))) {
            String url = server.awaitLine("mock API server on ");
            List<CommandProcess> shards = new ArrayList<>();
            try {
                for (int index = 0; index < SHARDS; index++) {
                    shards.add(shard(index, run(url, "parts", parts)));
                }
                assertThat(terminal.execute(run(url, "whole", whole).toArray()))
                        .as(terminal.err())
                        .isZero();
                for (CommandProcess shard : shards) {
                    assertThat(shard.await()).as(shard.err()).isZero();
                }
            } finally {
                shards.forEach(CommandProcess::close);
            }
            assertThat(terminal.execute("cleanup", "--run=parts", "--server=" + url))
                    .isZero();
            assertThat(terminal.out()).contains("nothing left of run parts");
        }

        Path merged = directory.resolve("merged");
        assertThat(terminal.execute("merge", parts, "--out", merged))
                .as(terminal.err())
                .isZero();
        assertCountsAreEqual(ResultJson.read(merged), ResultJson.read(whole));
        assertLatenciesAreTheSum(ResultJson.read(merged), parts);
        assertThat(terminal.execute("compare", "--prediction", whole, "--", merged))
                .isZero();
        assertThat(terminal.out()).contains("All 8 counts are as predicted");
        assertThat(terminal.execute("report", merged, "-o", directory.resolve("merged.html")))
                .isZero();
    }

    private static List<String> run(String url, String id, Path out) {
        return List.of(
                "run",
                "settled",
                "--seed=" + quietAtFirst(),
                "--duration=12s",
                "--set=warmup=1s",
                "--set=pods.perNode=4",
                "--set=configMaps.count=20",
                "--set=configMaps.immutable=0%",
                "--set=secrets.immutable=0%",
                "--set=kubelet.syncFrequency=1s",
                "--set=updates.rate=1/s",
                "--server=" + url,
                "--run-id=" + id,
                "--qps=2000",
                "--yes",
                "--quiet",
                "--out=" + out);
    }

    /** A seed whose first update comes long after the last watch is open, and whose last one long before the end. */
    private static long quietAtFirst() {
        return LongStream.iterate(1, seed -> seed + 1)
                .filter(seed -> {
                    SplittableRandom gaps = new RandomStreams(seed).stream("update-gaps", 0);
                    List<Double> seconds = new ArrayList<>();
                    for (double at = gap(gaps); at < 12; at += gap(gaps)) {
                        seconds.add(at);
                    }
                    return seconds.size() >= 3 && seconds.get(0) > 7 && seconds.get(seconds.size() - 1) < 11;
                })
                .findFirst()
                .orElseThrow();
    }

    private static double gap(SplittableRandom random) {
        return -StrictMath.log(1 - random.nextDouble());
    }

    private static void assertCountsAreEqual(RunResult merged, RunResult whole) {
        for (String name : List.of(
                "pods",
                "references",
                "entries",
                "updates",
                "apiserver.events",
                "apiserver.watches.peak",
                "apiserver.watches.end",
                "reflector.relists",
                "propagation.leftOut")) {
            assertThat(count(merged, name, Labels.NONE)).as(name).isEqualTo(count(whole, name, Labels.NONE));
        }
        for (String verb : List.of("list", "watch", "get")) {
            Labels labels = Labels.of("verb", verb);
            assertThat(count(merged, "apiserver.requests", labels))
                    .as(verb)
                    .isEqualTo(count(whole, "apiserver.requests", labels));
        }
        assertThat(count(merged, "updates", Labels.NONE)).isGreaterThan(2);
        assertThat(histogram(merged, "propagation.latency", Labels.NONE).getTotalCount())
                .as("every update reached every kubelet that follows it, whichever process wrote it")
                .isPositive()
                .isEqualTo(histogram(whole, "propagation.latency", Labels.NONE).getTotalCount());
        assertThat(merged.checksHeld()).as("%s", merged.checks()).isTrue();
    }

    private static double count(RunResult result, String name, Labels labels) {
        return ((ValueMetric) result.metric(name, labels).orElseThrow()).value();
    }

    private static Histogram histogram(RunResult result, String name, Labels labels) {
        return ((HistogramMetric) result.metric(name, labels).orElseThrow())
                .histogram()
                .toHistogram();
    }

    private static void assertLatenciesAreTheSum(RunResult merged, Path parts) {
        List<RunResult> all = IntStream.range(0, SHARDS)
                .mapToObj(index -> ResultJson.read(parts.resolve("shard-" + index + "-of-" + SHARDS)))
                .toList();
        int compared = 0;
        for (Metric metric : merged.metrics()) {
            if (metric instanceof HistogramMetric together) {
                Histogram sum = histogram(all.get(0), metric.name(), metric.labels());
                sum.setAutoResize(true);
                all.stream().skip(1).forEach(part -> sum.add(histogram(part, metric.name(), metric.labels())));
                assertThat(together.histogram().toHistogram())
                        .as(metric.descriptor().id())
                        .isEqualTo(sum);
                compared++;
            }
        }
        assertThat(compared).isGreaterThan(8);
    }

    /** One shard is killed with some of its runs done, and started again, as a Job would. */
    @Test
    void aSweepWhoseShardWasKilledGivesTheSameTable() throws Exception {
        Path whole = directory.resolve("whole");
        Path parts = directory.resolve("parts");
        assertThat(terminal.execute(sweep(whole).toArray())).as(terminal.err()).isZero();

        List<String> arguments = sweep(parts);
        try (CommandProcess killed = shard(2, arguments)) {
            awaitRuns(parts.resolve("shard-2-of-4").resolve("runs"), 15);
            killed.kill();
        }
        assertThat(terminal.execute("merge", parts, "--out", directory.resolve("early")))
                .isEqualTo(2);
        assertThat(terminal.err()).contains("shards 0/4, 1/4, 3/4 are missing");
        List<CommandProcess> shards = new ArrayList<>();
        try {
            for (int index = 0; index < SHARDS; index++) {
                shards.add(shard(index, arguments));
            }
            for (CommandProcess shard : shards) {
                assertThat(shard.await()).as(shard.err()).isZero();
            }
        } finally {
            shards.forEach(CommandProcess::close);
        }
        Path merged = directory.resolve("merged");
        assertThat(terminal.execute("merge", parts, "--out", merged))
                .as(terminal.err())
                .isZero();
        for (String file : List.of("sweep.csv", "sweep.json", "sweep.yaml", "report.html")) {
            assertThat(merged.resolve(file)).hasSameBinaryContentAs(whole.resolve(file));
        }
        try (Stream<String> lines = Files.lines(merged.resolve("sweep.csv"))) {
            assertThat(lines).hasSize(201);
        }
        CapturedTerminal again = new CapturedTerminal();
        assertThat(again.execute(sweep(merged).toArray())).isZero();
        assertThat(again.out()).as("a sweep like any other: all is there").contains("checks: 0 violations");
    }

    private static List<String> sweep(Path out) {
        return List.of(
                "sweep",
                "steady-churn",
                "--vary=cluster.nodes=" + numbers(5, ""),
                "--vary=updates.rate=" + numbers(40, "/s"),
                "--duration=2s",
                "--set=warmup=1s",
                "--set=cluster.namespaces=1",
                "--set=pods.perNode=2",
                "--set=configMaps.count=5",
                "--set=secrets.count=2",
                "--jobs=1",
                "--quiet",
                "--out=" + out);
    }

    private static String numbers(int to, String unit) {
        return String.join(
                ",",
                IntStream.rangeClosed(1, to).mapToObj(number -> number + unit).toList());
    }

    /** Waits until so many runs have a directory. */
    private static void awaitRuns(Path runs, int count) throws IOException, InterruptedException {
        Files.createDirectories(runs);
        try (WatchService watcher = runs.getFileSystem().newWatchService()) {
            runs.register(watcher, StandardWatchEventKinds.ENTRY_CREATE);
            while (entries(runs) < count) {
                WatchKey key = watcher.take();
                key.pollEvents();
                key.reset();
            }
        }
    }

    private static long entries(Path directory) throws IOException {
        try (Stream<Path> entries = Files.list(directory)) {
            return entries.count();
        }
    }
}
