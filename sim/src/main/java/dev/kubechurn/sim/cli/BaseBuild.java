package dev.kubechurn.sim.cli;

import dev.kubechurn.reports.gate.GateException;
import dev.kubechurn.sim.run.EnvironmentException;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The benchmarks of another version: a jar that is there, or a commit of this project that is built beside it. */
final class BaseBuild {

    private static final String JAR = "bench/target/kubechurn-bench.jar";

    private final Path home;
    private final Terminal terminal;

    /** @param home the checkout of the project */
    BaseBuild(Path home, Terminal terminal) {
        this.home = home;
        this.terminal = terminal;
    }

    /** @throws GateException if it is neither a jar nor a commit */
    Path jar(String jarOrRef) throws IOException, InterruptedException {
        Path file = Path.of(jarOrRef);
        if (Files.isRegularFile(file)) {
            return file;
        }
        Ended commit = run(home, List.of("git", "rev-parse", "--verify", "--quiet", jarOrRef + "^{commit}"));
        if (commit.code != 0) {
            throw new GateException(
                    "--against " + jarOrRef + " is neither a jar nor a commit of this checkout: give the"
                            + " kubechurn-bench.jar of another version, or a branch, tag or commit");
        }
        return built(commit.output.strip());
    }

    /** Builds a commit in a working tree of its own, once. */
    private Path built(String commit) throws IOException, InterruptedException {
        Path tree = home.resolve("out/bases").resolve(commit.substring(0, 12));
        Path jar = tree.resolve(JAR);
        if (Files.isRegularFile(jar)) {
            return jar;
        }
        terminal.err().println("building " + commit.substring(0, 12) + " in " + tree);
        terminal.err().flush();
        if (!Files.isDirectory(tree)) {
            require(run(home, List.of("git", "worktree", "add", "--force", "--detach", tree.toString(), commit)));
        }
        require(run(
                tree, List.of("mvn", "-q", "-B", "-ntp", "-Dmaven.test.skip=true", "-pl", "bench", "-am", "package")));
        if (!Files.isRegularFile(jar)) {
            throw new EnvironmentException(
                    commit + " does not build " + JAR + ": choose a version that has benchmarks");
        }
        return jar;
    }

    private static void require(Ended ended) {
        if (ended.code != 0) {
            String last = ended.output.lines().filter(line -> !line.isBlank()).reduce("", (before, line) -> line);
            throw new EnvironmentException("cannot build the base: " + ended.command + ": " + last);
        }
    }

    private record Ended(String command, int code, String output) {}

    private static Ended run(Path directory, List<String> command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .start();
        try (var output = process.getInputStream()) {
            String text = new String(output.readAllBytes(), Charset.defaultCharset());
            return new Ended(String.join(" ", command), process.waitFor(), text);
        }
    }
}
