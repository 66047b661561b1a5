package dev.kubechurn.sim.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/**
 * Stands for the jar of the benchmarks, which is built after these tests: says what JMH says, and writes what it writes. The
 * benchmarks themselves are run by the tests of their own module.
 */
final class RecordedJmh {

    private static final String RESULT = """
            [{"jmhVersion": "1.37", "benchmark": "dev.kubechurn.bench.LookupBenchmark.manager", "mode": "avgt", "threads": 1,
              "forks": 2, "jdkVersion": "17.0.1", "vmName": "VM", "vmVersion": "1", "jvmArgs": ["-Xmx1g"],
              "warmupIterations": 1, "warmupTime": "1 s", "measurementIterations": 1, "measurementTime": "1 s",
              "params": {"objects": "100"},
              "primaryMetric": {"score": 25.5, "scoreUnit": "ns/op", "rawData": [[25.0], [26.0]]},
              "secondaryMetrics": {}}]
            """;

    private RecordedJmh() {}

    public static void main(String[] args) throws Exception {
        run(args, 1);
    }

    /** A version in which everything takes longer. */
    static final class Slower {

        private Slower() {}

        public static void main(String[] args) throws Exception {
            run(args, 1.3);
        }
    }

    private static void run(String[] args, double factor) throws Exception {
        List<String> given = Arrays.asList(args);
        if (given.contains("-lp")) {
            System.out.println("Benchmarks: ");
            System.out.println("dev.kubechurn.bench.LookupBenchmark.manager");
            System.out.println("  param \"objects\" = {100, 10000, 1000000}");
            System.out.println("  param \"kind\" = {a, b}");
            System.out.println("dev.kubechurn.bench.LookupBenchmark.floor");
        } else if (given.contains("-l")) {
            System.out.println("Benchmarks: ");
            System.out.println("dev.kubechurn.bench.LookupBenchmark.manager");
        } else if (given.contains("nonsense")) {
            System.out.println("No matching benchmarks. Miss-spelled regexp?");
            System.exit(1);
        } else if (given.contains("broken")) {
            System.out.println("java.lang.IllegalStateException: the setup failed");
            System.exit(1);
        } else if (given.contains("endless")) {
            System.out.println("# Run progress: 0.00% complete, ETA 99:00:00");
            Thread.sleep(Long.MAX_VALUE);
        } else {
            System.out.println(
                    "# Blackhole mode: compiler (auto-detected, use -Djmh.blackhole.autoDetect=false to disable)");
            System.out.println("# Benchmark: dev.kubechurn.bench.LookupBenchmark.manager");
            System.out.println("# Parameters: (objects = 100)");
            System.out.println();
            System.out.println("# Run progress: 50.00% complete, ETA 00:00:42");
            System.out.println("arguments " + String.join(" ", given));
            Path file = Path.of(given.get(given.indexOf("-rff") + 1));
            double time = file.toString().contains("-again") ? 1.1 * factor : factor; // the machine's noise
            Files.writeString(file, RESULT.replace("[[25.0], [26.0]]", "[[" + 25 * time + "], [" + 26 * time + "]]"));
        }
    }

    /** A jar that starts this. */
    static Path jar(Path directory, Class<?> main) throws IOException {
        Path classes = Path.of(RecordedJmh.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .getPath());
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, main.getName());
        manifest.getMainAttributes()
                .put(Attributes.Name.CLASS_PATH, classes.toUri().toString());
        Path jar = directory.resolve(main.getSimpleName() + ".jar");
        try (OutputStream file = Files.newOutputStream(jar)) {
            new JarOutputStream(file, manifest).close();
        }
        return jar;
    }
}
