package dev.kubechurn.reports.result;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a run's figures depend on beside its parameters: the JVM and the machine.
 *
 * <p>Of the JVM's arguments only those that tune it are told: system properties may hold secrets.
 */
public final class HostEnvironment {

    private static final Path CPU_INFO = Path.of("/proc/cpuinfo");
    private static final Path MEMORY_INFO = Path.of("/proc/meminfo");

    private HostEnvironment() {}

    /**
     * The facts about this JVM and machine, for {@link RunResultBuilder#environment}.
     *
     * @param version of Kubechurn
     * @param commit the Git commit it was built from, if known
     */
    public static Map<String, String> describe(String version, Optional<String> commit) {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("kubechurn", version);
        commit.ifPresent(id -> facts.put("commit", id));
        facts.put("jdk", System.getProperty("java.vendor", "?") + " " + Runtime.version());
        facts.put("jvm", System.getProperty("java.vm.name", "?"));
        facts.put("jvmArguments", tuning(ManagementFactory.getRuntimeMXBean().getInputArguments()));
        facts.put(
                "gc",
                ManagementFactory.getGarbageCollectorMXBeans().stream()
                        .map(GarbageCollectorMXBean::getName)
                        .collect(Collectors.joining(", ")));
        facts.put("maxHeapBytes", Long.toString(Runtime.getRuntime().maxMemory()));
        facts.put("os", System.getProperty("os.name", "?") + " " + System.getProperty("os.version", "?"));
        facts.put("arch", System.getProperty("os.arch", "?"));
        facts.put("cpus", Integer.toString(Runtime.getRuntime().availableProcessors()));
        cpuModel().ifPresent(model -> facts.put("cpu", model));
        facts.replaceAll((name, value) -> value.replaceAll("\\p{Cntrl}", " "));
        return facts;
    }

    /** What benchmarks depend on beside it: the machine's memory, and how busy it is with other things now. */
    public static Map<String, String> machine() {
        Map<String, String> facts = new LinkedHashMap<>();
        memory().ifPresent(size -> facts.put("memory", size));
        double load = ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
        if (load >= 0) {
            facts.put("loadAtStart", String.format(Locale.ROOT, "%.2f", load));
        }
        return facts;
    }

    private static Optional<String> memory() {
        try (Stream<String> lines = Files.lines(MEMORY_INFO, StandardCharsets.UTF_8)) {
            return lines.filter(line -> line.startsWith("MemTotal:"))
                    .map(line -> line.substring("MemTotal:".length()).strip())
                    .findFirst();
        } catch (IOException | UncheckedIOException e) {
            return Optional.empty();
        }
    }

    /** Of the JVM's arguments those that tune it. */
    static String tuning(List<String> arguments) {
        return arguments.stream()
                .filter(argument -> argument.startsWith("-X"))
                // their values are paths of this machine, which tune nothing
                .filter(argument -> !argument.contains("/"))
                .collect(Collectors.joining(" "));
    }

    private static Optional<String> cpuModel() {
        try (Stream<String> lines = Files.lines(CPU_INFO, StandardCharsets.UTF_8)) {
            return lines.filter(line -> line.startsWith("model name"))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst();
        } catch (IOException | UncheckedIOException e) {
            // not every system says
            return Optional.empty();
        }
    }
}
