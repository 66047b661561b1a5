package dev.kubechurn.sim.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.kubechurn.reports.result.RunResult;
import dev.kubechurn.sim.scenario.Overrides;
import dev.kubechurn.sim.scenario.ReadyMadeScenarios;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A run over HTTP in which connections break leaves no thread and no socket behind; ten minutes of it are {@code soak}. */
final class NothingIsLeftTest {

    @Test
    void ofARunInWhichConnectionsBreak() throws Exception {
        run(); // what the JVM and its libraries keep for good
        Map<String, Long> threads = threads();
        long sockets = sockets();

        RunResult result = run();

        assertThat(result.checksHeld()).as("%s", result.checks()).isTrue();
        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
            assertThat(threads())
                    .allSatisfy((name, count) ->
                            assertThat(count).as(name).isLessThanOrEqualTo(threads.getOrDefault(name, 0L)));
            assertThat(threads().keySet()).as("its own").noneMatch(NothingIsLeftTest::isOfARun);
            assertThat(sockets()).isLessThanOrEqualTo(sockets);
        });
    }

    private static boolean isOfARun(String thread) {
        return thread.startsWith("kubechurn") || thread.startsWith("vert.x");
    }

    /** How many by name without its number: pools number theirs through. The one that this test waits with is left out. */
    private static Map<String, Long> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .map(thread -> thread.getName().replaceAll("[0-9]+", "N"))
                .filter(name -> !name.startsWith("awaitility"))
                .collect(Collectors.groupingBy(name -> name, TreeMap::new, Collectors.counting()));
    }

    /** Where the system does not show them, none. */
    private static long sockets() throws Exception {
        Path descriptors = Path.of("/proc/self/fd");
        if (!Files.isDirectory(descriptors)) {
            return 0;
        }
        try (Stream<Path> all = Files.list(descriptors)) {
            return all.filter(NothingIsLeftTest::isSocket).count();
        }
    }

    private static boolean isSocket(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor).toString().startsWith("socket:");
        } catch (IOException gone) {
            return false;
        }
    }

    private static RunResult run() throws Exception {
        RunPlan plan = Plans.of(
                ReadyMadeScenarios.read(
                        "soak",
                        Overrides.of(
                                List.of(
                                        "duration=3s",
                                        "warmup=0s",
                                        "cluster.nodes=5",
                                        "kubelet.syncFrequency=1s",
                                        "faults=[{every: 700ms, dropWatches: {fraction: 50%}}, {every: 1100ms, compact: {}},"
                                                + " {at: 1s, restartServer: {for: 500ms}}, {at: 2s, restartKubelets: {nodes: 50%}}]"))));
        try (Simulation simulation = Simulation.of(plan, 0, figures -> {})) {
            return simulation.run();
        }
    }
}
