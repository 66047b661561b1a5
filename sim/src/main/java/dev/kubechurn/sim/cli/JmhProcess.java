package dev.kubechurn.sim.cli;

import dev.kubechurn.sim.run.EnvironmentException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** JMH in a JVM of its own, as it wants it, which starts the benchmarks in others. */
final class JmhProcess {

    /** Set by the launcher, which has built it. */
    private static final String JAR = "kubechurn.bench";

    private static final String BLACKHOLES = "# Blackhole mode: ";

    /** As {@code -lp} lists it: {@code param "references" = {0, 4, 40}}. */
    private static final Pattern PARAMETER = Pattern.compile("\\s+param \"(\\w+)\" = \\{(.*)}");

    private final Process process;
    private final Path log;
    private volatile boolean stopped;

    /**
     * How it ended.
     *
     * @param facts what JMH says of its set-up and does not write into its result
     * @param lastError the last line that tells of a failure, or if none does the last line
     */
    record Outcome(int exitCode, boolean stopped, boolean noneMatched, Map<String, String> facts, String lastError) {}

    private JmhProcess(Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    /** @throws EnvironmentException if it is not there */
    static Path jar() {
        String given = System.getProperty(JAR);
        if (given == null || !Files.isRegularFile(Path.of(given))) {
            throw new EnvironmentException("the benchmarks are not built: run ./kubechurn bench,"
                    + " which builds them, or set -D" + JAR + " to kubechurn-bench.jar");
        }
        return Path.of(given);
    }

    /** @param log takes all that JMH prints */
    static JmhProcess start(Path jar, List<String> arguments, Path log) throws IOException {
        return new JmhProcess(command(jar, arguments).redirectErrorStream(true).start(), log);
    }

    private static ProcessBuilder command(Path jar, List<String> arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-jar");
        command.add(jar.toString());
        command.addAll(arguments);
        return new ProcessBuilder(command);
    }

    /** The names of all benchmarks, without their packages. */
    static String names() throws IOException, InterruptedException {
        return list(jar(), "").stream()
                .map(name -> name.substring(name.lastIndexOf('.', name.lastIndexOf('.') - 1) + 1))
                .collect(Collectors.joining(", "));
    }

    /** The full names of the benchmarks of a jar that match; all if the expression is empty. */
    static List<String> list(Path jar, String regex) throws IOException, InterruptedException {
        List<String> arguments = regex.isEmpty() ? List.of("-l") : List.of("-l", regex);
        Process listing = command(jar, arguments).redirectErrorStream(true).start();
        try (BufferedReader lines = listing.inputReader(Charset.defaultCharset())) {
            List<String> names = lines.lines()
                    .filter(line -> line.startsWith("dev.kubechurn."))
                    .toList();
            listing.waitFor();
            return names;
        }
    }

    /**
     * How many JVMs each of the matching benchmarks takes for one fork: one for each combination of its parameters.
     *
     * @param chosen parameters that are not all taken, as {@code name=value,value}
     */
    static int jvms(Path jar, String regex, List<String> chosen) throws IOException, InterruptedException {
        List<String> arguments = new ArrayList<>(List.of("-lp"));
        if (!regex.isEmpty()) {
            arguments.add(regex);
        }
        Map<String, Integer> told = new LinkedHashMap<>();
        chosen.forEach(each -> told.put(
                each.substring(0, each.indexOf('=')),
                (int) each.chars().filter(c -> c == ',').count() + 1));
        Process listing = command(jar, arguments).redirectErrorStream(true).start();
        int all = 0;
        int combinations = 0;
        try (BufferedReader lines = listing.inputReader(Charset.defaultCharset())) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                Matcher parameter = PARAMETER.matcher(line);
                if (line.startsWith("dev.kubechurn.")) {
                    all += combinations;
                    combinations = 1;
                } else if (parameter.matches()) {
                    int values = (int) parameter
                                    .group(2)
                                    .chars()
                                    .filter(c -> c == ',')
                                    .count()
                            + 1;
                    combinations *= told.getOrDefault(parameter.group(1), values);
                }
            }
            listing.waitFor();
        }
        return all + combinations;
    }

    /** Ends it and the JVM that it has started; from any thread. */
    void stop() {
        stopped = true;
        process.descendants().forEach(ProcessHandle::destroy);
        process.destroy();
    }

    /** Reads what it prints until its end. */
    Outcome follow(BenchProgress progress) throws InterruptedException {
        Map<String, String> facts = new LinkedHashMap<>();
        boolean noneMatched = false;
        String error = "";
        String last = "no output";
        try (BufferedReader lines = process.inputReader(Charset.defaultCharset());
                Writer copy = Files.newBufferedWriter(log, StandardCharsets.UTF_8)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                copy.append(line).append('\n');
                progress.line(line);
                if (line.startsWith(BLACKHOLES)) {
                    facts.put("blackholes", line.substring(BLACKHOLES.length()).replaceFirst(" \\(.*", ""));
                }
                noneMatched |= line.startsWith("No matching benchmarks");
                if (line.contains("ERROR") || line.contains("Exception")) {
                    error = line.strip();
                }
                last = line.isBlank() ? last : line.strip();
            }
        } catch (IOException e) {
            if (!stopped) { // else its output was closed with it
                stop();
                throw new UncheckedIOException(e);
            }
        } finally {
            progress.over();
        }
        return new Outcome(process.waitFor(), stopped, noneMatched, facts, error.isEmpty() ? last : error);
    }
}
