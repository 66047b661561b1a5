package dev.kubechurn.reports.result;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Reads what JMH writes with {@code -rf json}, as a {@link RunResult}: for each benchmark and its parameters a sampled metric
 * with the measurements of each fork, and what it allocates beside it. JMH records neither the machine nor the mode of its
 * blackholes: who started it has to add them.
 */
public final class JmhJson {

    /** What a benchmark allocates for each operation is the metric of its name with this behind it. */
    public static final String ALLOCATION = ".alloc";

    private static final Unit BYTES_PER_OPERATION = new Unit("B/op");

    /** JMH 1.37's name; older ones have a dot in the middle of the line before it. */
    private static final String ALLOCATION_RATE = "gc.alloc.rate.norm";

    /** Of bytes for each operation, less is the profiler's own work. */
    private static final double LEAST_BYTES = 0.05;

    private JmhJson() {}

    /** What is allocated for each operation; what the profiler's own work adds is nothing. */
    public static double settled(double bytes) {
        return bytes < LEAST_BYTES ? 0 : bytes;
    }

    /** Whether a JSON document is JMH's: an array, where a result is an object. */
    static boolean isOne(JsonField root) {
        return root.node().isArray();
    }

    /**
     * Reads a file of JMH.
     *
     * @throws ResultFormatException if there is none or it cannot be understood
     */
    public static RunResultBuilder read(Path file) {
        JsonField root = ResultJson.field(file);
        return ResultJson.explained(file.toString(), () -> read(root));
    }

    static RunResultBuilder read(JsonField root) {
        List<JsonField> benchmarks = root.elements();
        if (benchmarks.isEmpty()) {
            throw new FieldException("", "contains no benchmark", "give the JSON output of JMH (-rf json)");
        }
        RunResultBuilder result = new RunResultBuilder(RunResult.BENCHMARK, "jmh").environment(machine(benchmarks));
        Set<String> seen = new LinkedHashSet<>();
        for (JsonField benchmark : benchmarks) {
            Benchmark read = benchmark.build(() -> Benchmark.of(benchmark));
            if (!seen.add(read.time().descriptor().id())) {
                throw new FieldException(
                        benchmark.path(),
                        read.time().descriptor().id() + " is duplicated",
                        "give one JMH run per file");
            }
            result.metric(read.time()).metric(read.allocation());
            read.parameters()
                    .forEach((name, value) ->
                            result.parameter(read.time().descriptor().id() + " " + name, value));
        }
        return result;
    }

    /** What all benchmarks of a file must have in common, or no two of its figures can be compared. */
    private static Map<String, String> machine(List<JsonField> benchmarks) {
        Map<String, String> facts = new LinkedHashMap<>();
        for (JsonField benchmark : benchmarks) {
            Map<String, String> own = new LinkedHashMap<>();
            own.put("jdk", benchmark.get("jdkVersion").text());
            own.put(
                    "jvm",
                    benchmark.get("vmName").text() + " "
                            + benchmark.get("vmVersion").text());
            own.put("jmh", benchmark.get("jmhVersion").text());
            own.forEach((name, value) -> {
                String before = facts.putIfAbsent(name, value);
                if (before != null && !before.equals(value)) {
                    throw new FieldException(
                            benchmark.path(),
                            name + " is " + value + " here and " + before + " before",
                            "give one JMH run per file");
                }
            });
        }
        return facts;
    }

    /** One benchmark with one set of parameters. */
    private record Benchmark(SamplesMetric time, Metric allocation, Map<String, String> parameters) {

        static Benchmark of(JsonField json) {
            String name = shortName(json.get("benchmark").text());
            Labels labels =
                    json.find("params").map(JsonField::texts).map(Labels::of).orElse(Labels.NONE);
            long threads = json.get("threads").whole();
            if (threads != 1) {
                labels = labels.and("threads", Long.toString(threads));
            }
            String mode = json.get("mode").text();
            JsonField primary = json.get("primaryMetric");
            MetricDescriptor descriptor = new MetricDescriptor(
                    name,
                    labels,
                    new Unit(primary.get("scoreUnit").text()),
                    better(json.get("mode")),
                    Precision.SAMPLED);
            Map<String, String> parameters = new LinkedHashMap<>();
            parameters.put("mode", mode);
            parameters.put(
                    "jvmArguments",
                    HostEnvironment.tuning(json.get("jvmArgs").elements().stream()
                            .map(JsonField::text)
                            .toList()));
            for (String phase : List.of("warmup", "measurement")) {
                parameters.put(
                        phase,
                        json.get(phase + "Iterations").whole() + " x "
                                + json.get(phase + "Time").text());
            }
            return new Benchmark(
                    new SamplesMetric(descriptor, forks(primary, mode)), allocation(json, name, labels), parameters);
        }

        /** The class and the method: packages differ in nothing. */
        private static String shortName(String name) {
            int method = name.lastIndexOf('.');
            int type = method < 0 ? -1 : name.lastIndexOf('.', method - 1);
            return name.substring(type + 1);
        }

        /** The direction follows from the mode and from nothing else. */
        private static Better better(JsonField mode) {
            return switch (mode.text()) {
                case "thrpt" -> Better.HIGHER;
                case "avgt", "sample", "ss" -> Better.LOWER;
                default ->
                    throw new FieldException(
                            mode.path(),
                            "\"" + mode.text() + "\" is not a JMH mode (thrpt, avgt, sample, ss)",
                            "create the file again with JMH 1.37");
            };
        }

        private static List<List<Double>> forks(JsonField metric, String mode) {
            return mode.equals("sample") && metric.find("rawData").isEmpty()
                    ? metric.get("rawDataHistogram").elements().stream()
                            .map(fork -> fork.elements().stream()
                                    .map(Benchmark::mean)
                                    .toList())
                            .toList()
                    : metric.get("rawData").elements().stream()
                            .map(fork -> fork.elements().stream()
                                    .map(Benchmark::number)
                                    .toList())
                            .toList();
        }

        /** The mean of an iteration whose values are counted. */
        private static double mean(JsonField iteration) {
            double sum = 0;
            double count = 0;
            for (JsonField pair : iteration.elements()) {
                List<JsonField> valueAndCount = pair.elements();
                sum += number(valueAndCount.get(0)) * number(valueAndCount.get(1));
                count += number(valueAndCount.get(1));
            }
            return sum / count;
        }

        /** Without the profiler, or where nothing was allocated in older versions, there is none: that is zero. */
        private static Metric allocation(JsonField json, String name, Labels labels) {
            MetricDescriptor descriptor = new MetricDescriptor(
                    name + ALLOCATION, labels, BYTES_PER_OPERATION, Better.LOWER, Precision.SAMPLED);
            JsonField secondary = json.get("secondaryMetrics");
            return secondary
                    .find(ALLOCATION_RATE)
                    .or(() -> secondary.find("\u00b7" + ALLOCATION_RATE))
                    .<Metric>map(rate -> new SamplesMetric(descriptor, forks(rate, "")))
                    .orElseGet(() -> SamplesMetric.of(descriptor, 0));
        }

        /** JMH writes what is no finite number as a text. */
        private static double number(JsonField field) {
            if (field.node().isString()) {
                throw new FieldException(
                        field.path(), "is " + field.text() + ", which is not a measurement", "run the benchmark again");
            }
            return field.number();
        }
    }

    /**
     * Reads results of either kind: JMH's JSON, which is as old as its file, or a run directory or its {@code result.json}.
     *
     * @throws ResultFormatException if one cannot be understood
     */
    public static RunResult readAny(Path file) {
        Path json = Files.isDirectory(file) ? file.resolve(RunDirectory.RESULT) : file;
        JsonField root = ResultJson.field(json);
        return ResultJson.explained(
                json.toString(),
                () -> isOne(root) ? read(root).started(age(json)).build() : ResultReader.read(root));
    }

    private static Instant age(Path file) {
        try {
            return Files.getLastModifiedTime(file).toInstant();
        } catch (IOException e) {
            throw new ResultFormatException(file + ": cannot read the file: " + e.getMessage(), e);
        }
    }
}
