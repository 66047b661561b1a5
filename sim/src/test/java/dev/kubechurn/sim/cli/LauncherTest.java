package dev.kubechurn.sim.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The script {@code kubechurn}, in a house of its own with a java that tells its arguments and does nothing. */
final class LauncherTest {

    @TempDir
    private Path house;

    @BeforeEach
    void build() throws IOException {
        Files.copy(Path.of("..", "kubechurn"), house.resolve("kubechurn"));
        for (String module : List.of("core", "reports", "sim", "bench")) {
            Files.createDirectories(house.resolve(module).resolve("src/main"));
            Files.createFile(house.resolve(module).resolve("pom.xml"));
        }
        Files.createFile(house.resolve("pom.xml"));
        Files.createDirectories(house.resolve("scenarios"));
        Files.createDirectories(house.resolve("sim/target"));
        Files.createDirectories(house.resolve("jdk/bin"));
        Path java = Files.writeString(house.resolve("jdk/bin/java"), "#!/bin/sh\nprintf '%s\\n' \"$@\"\n");
        Files.setPosixFilePermissions(java, PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.createFile(house.resolve("sim/target/kubechurn-sim.jar"));
        Files.createDirectories(house.resolve("bench/target"));
        Files.createFile(house.resolve("bench/target/kubechurn-bench.jar"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"run --heap 20g big.yaml", "run big.yaml --heap=20g", "--verbose run --heap 20Gi big.yaml"})
    void takesTheHeapOfARunForItselfWhereverItStands(String arguments) {
        Started started = start(Map.of(), arguments.split(" "));
        assertThat(started.options).contains("-Xmx20480m");
        assertThat(started.arguments).endsWith("big.yaml").contains("run").noneMatch(any -> any.contains("heap"));
    }

    @Test
    void takesMegabytesToo() {
        assertThat(start(Map.of(), "run", "--heap", "512m").options).contains("-Xmx512m");
    }

    @ParameterizedTest
    @ValueSource(strings = {"12x", "20", "0g", "-3g", "1m", "99999g", "99999999999999999999g", "g", "2g 3g"})
    void leavesWhatIsNoSizeToTheCommand(String size) {
        Started started = start(Map.of(), "run", "--heap", size);
        assertThat(started.options).noneMatch(option -> option.startsWith("-Xmx"));
        assertThat(started.arguments).containsExactly("run", "--heap", size);
        assertThat(start(Map.of(), "run", "--heap=" + size).arguments).containsExactly("run", "--heap=" + size);
    }

    @Test
    void leavesOtherCommandsAndOddArgumentsAlone() {
        assertThat(start(Map.of()).arguments).isEmpty();
        assertThat(start(Map.of(), "run", "--heap").arguments).containsExactly("run", "--heap");
        assertThat(start(Map.of(), "conform", "--heap", "2g").arguments).containsExactly("conform", "--heap", "2g");
        assertThat(start(Map.of(), "run", "a b", "", "*").arguments).containsExactly("run", "a b", "", "*");
    }

    @Test
    void aCollectorOfTheUsersTakesThePlaceOfOurs() {
        assertThat(start(Map.of(), "run").options).contains("-XX:+UseG1GC", "-XX:MaxRAMPercentage=80");
        assertThat(start(Map.of("KUBECHURN_JAVA_OPTS", "-Xint -XX:+UseSerialGC"), "run").options)
                .contains("-Xint", "-XX:+UseSerialGC")
                .doesNotContain("-XX:+UseG1GC");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "run big",
                "run --quiet big",
                "run --details big",
                "run --seed 7 big",
                "run --seed=7 --json big --set pods.perNode=3",
                "--verbose run scenarios/big.yaml",
                "run small --transport virtual",
                "run --transport=virtual",
                "run small --set transport=virtual",
                "run --set=transport=virtual small"
            })
    void virtualTimeHasTheCollectorAndTheCompilerForIt(String arguments) throws IOException {
        writeScenarios();
        List<String> options = start(Map.of(), arguments.split(" ")).options;
        assertThat(options)
                .contains("-XX:+UseParallelGC", "-XX:MaxInlineLevel=4")
                .doesNotContain("-XX:+UseG1GC");
        assertThat(start(Map.of("KUBECHURN_JAVA_OPTS", "-XX:+UseSerialGC"), arguments.split(" ")).options)
                .contains("-XX:+UseSerialGC", "-XX:MaxInlineLevel=4")
                .doesNotContain("-XX:+UseG1GC", "-XX:+UseParallelGC");
    }

    /** A heap that grows is collected as a whole again and again. */
    @Test
    void virtualTimeHasItsWholeHeapFromTheStart() throws IOException {
        writeScenarios();
        assertThat(start(Map.of(), "run", "big", "--heap", "2g").options).contains("-Xms2048m", "-Xmx2048m");
        assertThat(start(Map.of(), "run", "big").options)
                .contains("-XX:InitialRAMPercentage=80", "-XX:MaxRAMPercentage=80")
                .noneMatch(option -> option.startsWith("-Xm"));
        assertThat(start(Map.of(), "run", "small", "--heap", "2g").options)
                .contains("-Xmx2048m")
                .noneMatch(option -> option.startsWith("-Xms"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "run",
                "run small",
                "run big --transport mock",
                "run big --set transport=mock",
                "run --out big small",
                "run no-such-scenario",
                "conform big"
            })
    void wallTimeHasItsOwn(String arguments) throws IOException {
        writeScenarios();
        assertThat(start(Map.of(), arguments.split(" ")).options)
                .contains("-XX:+UseG1GC")
                .doesNotContain("-XX:+UseParallelGC", "-XX:MaxInlineLevel=4");
    }

    @Test
    void tellsTheBenchmarksTheirJar() {
        String jar = "-Dkubechurn.bench=" + house.resolve("bench/target/kubechurn-bench.jar");
        assertThat(start(Map.of(), "bench", "Lookup").options).contains(jar);
        assertThat(start(Map.of(), "run").options).doesNotContain(jar);
    }

    @Test
    void tellsThatNeitherOutputIsATerminal() {
        assertThat(start(Map.of(), "run").options).contains("-Dkubechurn.shown=false", "-Dkubechurn.interactive=false");
    }

    void saysInPlainTextThatItBuilds() throws IOException {
        maven("printf '\\033[0m\\033[0m'; printf '\\033[33mold plugin\\033[0m\\n'");
        Ended ended = runWithoutJar();
        assertThat(ended.exitCode).isZero();
        assertThat(ended.printed)
                .doesNotContain("\u001b")
                .containsSubsequence(
                        "kubechurn: building from source", "old plugin\n", "kubechurn: built in ", "-jar\n");
    }

    @Test
    void aBuildThatFailsSaysWhyAndRunsNothing() throws IOException {
        maven("printf '\\033[1m[ERROR] no such symbol\\033[0m\\n'; exit 1");
        Ended ended = runWithoutJar();
        assertThat(ended.exitCode).isEqualTo(ExitCode.BAD_ENVIRONMENT.code());
        assertThat(ended.printed)
                .doesNotContain("\u001b", "-jar", "built in")
                .containsSubsequence("[ERROR] no such symbol\n", "kubechurn: the build failed: see the messages above");
    }

    /** A Maven that does this, in place of the machine's. */
    private void maven(String script) throws IOException {
        Path maven = Files.writeString(house.resolve("jdk/bin/mvn"), "#!/bin/sh\n" + script + "\n");
        Files.setPosixFilePermissions(maven, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private Ended runWithoutJar() throws IOException {
        Files.delete(house.resolve("sim/target/kubechurn-sim.jar"));
        ProcessBuilder builder = new ProcessBuilder(house.resolve("kubechurn").toString(), "run")
                .directory(house.toFile())
                .redirectErrorStream(true);
        builder.environment().remove("KUBECHURN_JAVA_OPTS");
        builder.environment().put("JAVA_HOME", house.resolve("jdk").toString());
        builder.environment().merge("PATH", "", (path, none) -> house.resolve("jdk/bin") + File.pathSeparator + path);
        Process process = builder.start();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Ended(process.onExit().join().exitValue(), printed);
    }

    /** A launcher that ended, with both its streams in one. */
    private record Ended(int exitCode, String printed) {}

    private void writeScenarios() throws IOException {
        Files.writeString(house.resolve("scenarios/big.yaml"), "spec:\n  transport: virtual\n");
        Files.writeString(house.resolve("scenarios/small.yaml"), "spec:\n  transport: mock\n");
    }

    /** The JVM heeds the last one. */
    @Test
    void theArgumentGoesBeforeTheEnvironment() {
        List<String> options = start(Map.of("KUBECHURN_JAVA_OPTS", "-Xmx1g"), "run", "--heap", "2g").options;
        assertThat(options.indexOf("-Xmx2048m")).isGreaterThan(options.indexOf("-Xmx1g"));
    }

    private Started start(Map<String, String> environment, String... arguments) {
        List<String> command =
                new ArrayList<>(List.of(house.resolve("kubechurn").toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(house.toFile()).redirectErrorStream(true);
        builder.environment().remove("KUBECHURN_JAVA_OPTS");
        builder.environment().put("JAVA_HOME", house.resolve("jdk").toString());
        builder.environment().putAll(environment);
        try {
            String told = new String(builder.start().getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            List<String> lines = told.lines().toList();
            int jar = lines.indexOf("-jar");
            assertThat(jar).as(told).isNotNegative();
            return new Started(lines.subList(0, jar), lines.subList(jar + 2, lines.size()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The java that was started: the options before its jar, and the arguments after it. */
    private record Started(List<String> options, List<String> arguments) {}
}
