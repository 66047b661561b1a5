package dev.kubechurn.sim.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A command in a JVM of its own, as users run it. */
final class CommandProcess implements AutoCloseable {

    private final Process process;
    private final Path err;
    private final BufferedReader out;

    private CommandProcess(Process process, Path err) {
        this.process = process;
        this.err = err;
        this.out = process.inputReader(StandardCharsets.UTF_8);
    }

    /**
     * Starts one.
     *
     * @param err where its standard error goes
     * @param variables of its environment, beside those of this process
     */
    static CommandProcess start(Path err, Map<String, String> variables, List<String> arguments) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-Xmx256m", "-XX:TieredStopAtLevel=1", "-cp", System.getProperty("java.class.path")));
        command.add(Kubechurn.class.getName());
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(err.toFile());
        builder.environment().putAll(variables);
        return new CommandProcess(builder.start(), err);
    }

    /** The rest of the first line of its standard output that begins so. */
    String awaitLine(String beginning) throws IOException {
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            if (line.startsWith(beginning)) {
                return line.substring(beginning.length());
            }
        }
        throw new AssertionError("ended without \"" + beginning + "\": " + err());
    }

    /** Waits until it ends; gives its exit code. */
    int await() throws IOException, InterruptedException {
        out.transferTo(Writer.nullWriter()); // or it would wait for us
        return process.waitFor();
    }

    /** SIGKILL: it can do nothing about it, and is gone. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** What it wrote to its standard error so far. */
    String err() throws IOException {
        return Files.readString(err);
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
