package dev.kubechurn.sim.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kubechurn.reports.text.Paint;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What commands print fits a terminal of 24 lines and 80 columns, the command and the next prompt included. */
final class ScreenfulTest {

    private static final int LINES = 23;
    private static final int COLUMNS = 80;
    private static final String ESCAPE = "\u001b";

    private static final List<String> SMALL = List.of(
            "--transport=virtual",
            "--duration=60s",
            "--set=warmup=5s",
            "--set=cluster.nodes=3",
            "--set=pods.perNode=5",
            "--seed=7");

    @TempDir
    private Path directory;

    private final CapturedTerminal terminal = new CapturedTerminal();

    private int run(Object... arguments) {
        List<Object> all = new ArrayList<>(List.of("run"));
        all.addAll(List.of(arguments));
        return terminal.execute(all.toArray());
    }

    /** Paths aside, which are there to be copied. */
    private void assertFits() {
        assertThat(Stream.concat(terminal.errLines().stream(), terminal.out().lines()))
                .hasSizeLessThanOrEqualTo(LINES);
        assertThat(terminal.out().lines().filter(line -> !line.contains(directory.toString())))
                .allSatisfy(line -> assertThat(line.length()).as(line).isLessThanOrEqualTo(COLUMNS));
    }

    @ParameterizedTest
    @ValueSource(strings = {"steady-churn", "config-rollout", "env-only-watches"})
    void aRunInVirtualTimeFits(String scenario) {
        List<Object> arguments = new ArrayList<>(List.of(scenario, "--out", directory.resolve("out")));
        arguments.addAll(SMALL);
        run(arguments.toArray());
        assertThat(terminal.out())
                .as(terminal.err())
                .startsWith("ConfigMaps and Secrets hold")
                .contains("open watches", "requests", "checks", "report", "repeat")
                .doesNotContain(ESCAPE);
        assertFits();
    }

    @Test
    void aRunFullOfFaultsFits() {
        run("faulty", "--transport=virtual", "--set=cluster.nodes=3", "--out", directory.resolve("out"));
        assertThat(terminal.out()).as(terminal.err()).contains("faults ", "relists", "checks");
        assertFits();
    }

    @Test
    void aRunOverHttpFits() {
        assertThat(run("--duration=2s", "--set=cluster.nodes=2", "--set=warmup=1s", "--out", directory.resolve("out")))
                .isZero();
        assertThat(terminal.out()).contains("update → volume", "update → kubelet", "note");
        assertFits();
    }

    @Test
    void detailsHaveEveryRow() {
        List<Object> arguments = new ArrayList<>(List.of("--details", "--out", directory.resolve("out")));
        arguments.addAll(SMALL);
        assertThat(run(arguments.toArray())).isZero();
        assertThat(terminal.out())
                .contains("p50", "p95", "registerPod", "those from memory", "environment of a container")
                .contains("first value of an object", "staleness of reads", "digest       sha256 ")
                .containsPattern("pods +15 pods · .* 0 failed mounts and 0 failed starts, tried again")
                .containsPattern("engine +[0-9,]+ events in ")
                .endsWith("checks: 0 violations\n");
    }

    @Test
    void whatManifestsCostFits() throws IOException {
        StringBuilder yaml = new StringBuilder();
        for (int i = 0; i < 20; i++) {
            yaml.append("""
                    ---
                    apiVersion: apps/v1
                    kind: Deployment
                    metadata: {name: a-deployment-with-quite-a-long-name-indeed-%1$d, namespace: a-namespace-with-a-long-name}
                    spec:
                      replicas: 3
                      selector: {matchLabels: {app: a%1$d}}
                      template:
                        metadata: {labels: {app: a%1$d}}
                        spec:
                          containers: [{name: c, image: c, volumeMounts: [{name: v, mountPath: /v}], envFrom: [{secretRef: {name: a-secret-with-a-long-name-%1$d}}]}]
                          volumes: [{name: v, configMap: {name: a-configuration-with-a-long-name-%1$d}}]
                    ---
                    apiVersion: v1
                    kind: ConfigMap
                    metadata: {name: a-configuration-with-a-long-name-%1$d, namespace: a-namespace-with-a-long-name}
                    data: {key: value}
                    """.formatted(i));
        }
        Path file = Files.writeString(directory.resolve("app.yaml"), yaml);
        assertThat(run("--manifests", file, "--nodes", 50, "--out", directory.resolve("out")))
                .as(terminal.err())
                .isZero();
        assertThat(terminal.out())
                .contains("cost on 50 nodes", "17 more (--details)", "most expensive objects", "kube-root-ca.crt:")
                .contains(" and 19 more could be immutable,", "saves 60 of 110 watches");
        assertThat(terminal.out().lines()).hasSizeLessThanOrEqualTo(LINES);
        assertFitsInWidth();
    }

    @Test
    void aSweepFits() {
        List<Object> arguments = new ArrayList<>(
                List.of("sweep", "steady-churn", "--vary=strategy=Watch,Cache,Get", "--vary=cluster.nodes=1,2,3,4"));
        arguments.addAll(List.of("--seeds=2", "--duration=10s", "--out", directory.resolve("sweep")));
        assertThat(terminal.execute(arguments.toArray())).as(terminal.err()).isZero();
        assertThat(terminal.out()).contains("watches", "→ volume p99", "more cells: --details", "checks: 0 violations");
        assertThat(terminal.out().lines()).hasSizeLessThanOrEqualTo(LINES);
        assertFitsInWidth();
    }

    private void assertFitsInWidth() {
        assertThat(terminal.out().lines().filter(line -> !line.contains(directory.toString())))
                .allSatisfy(line -> assertThat(line.length()).as(line).isLessThanOrEqualTo(COLUMNS));
    }

    @Test
    void aComparisonOfNothingComparableSaysSoOnOneScreen() {
        List<Object> first = new ArrayList<>(List.of("--quiet", "--out", directory.resolve("a")));
        first.addAll(SMALL);
        run(first.toArray());
        run("--quiet", "--out", directory.resolve("b"), "--transport=virtual", "--duration=61s");
        CapturedTerminal shown = new CapturedTerminal();
        assertThat(shown.execute("compare", directory.resolve("a"), "--", directory.resolve("b")))
                .isZero();
        assertThat(shown.out())
                .startsWith("NOT DECIDED: No metric could be compared.")
                .contains("more: --details", " metrics: ");
        assertThat(shown.out().lines())
                .hasSizeLessThanOrEqualTo(LINES)
                .allSatisfy(line -> assertThat(line.length()).as(line).isLessThanOrEqualTo(COLUMNS));
        CapturedTerminal whole = new CapturedTerminal();
        whole.execute("compare", "--details", directory.resolve("a"), "--", directory.resolve("b"));
        assertThat(whole.out()).contains("visible.latency").doesNotContain("more: --details");
    }

    @Test
    void theListOfScenariosFits() {
        assertThat(terminal.execute("scenarios")).isZero();
        assertFits();
    }

    @ParameterizedTest
    @ValueSource(strings = {"scenarios", "--help"})
    void coloursAreThereOnlyWhereWanted(String command) {
        StringWriter out = new StringWriter();
        PrintWriter writer = new PrintWriter(out, true);
        Kubechurn.execute(new Terminal(writer, writer, false, Paint.COLOUR), command);
        assertThat(out.toString()).contains(ESCAPE + "[");
        terminal.execute(command);
        assertThat(terminal.out()).isNotEmpty().doesNotContain(ESCAPE);
    }

    @Test
    void noColoursUnderNoColorOnADumbTerminalOrWithoutOne() {
        Map<String, String> xterm = Map.of("TERM", "xterm-256color");
        assertThat(Terminal.paint(xterm, true)).isEqualTo(Paint.COLOUR);
        assertThat(Terminal.paint(xterm, false)).isEqualTo(Paint.PLAIN);
        assertThat(Terminal.paint(Map.of("TERM", "dumb"), true)).isEqualTo(Paint.PLAIN);
        assertThat(Terminal.paint(Map.of(), true)).isEqualTo(Paint.PLAIN);
        assertThat(Terminal.paint(Map.of("TERM", "xterm", "NO_COLOR", "1"), true))
                .isEqualTo(Paint.PLAIN);
        assertThat(Terminal.paint(Map.of("TERM", "xterm", "NO_COLOR", ""), true))
                .isEqualTo(Paint.COLOUR);
        assertThat(Terminal.paint(Map.of("CLICOLOR_FORCE", "1"), false)).isEqualTo(Paint.COLOUR);
        assertThat(Terminal.paint(Map.of("CLICOLOR_FORCE", "0"), false)).isEqualTo(Paint.PLAIN);
        assertThat(Terminal.paint(Map.of("CLICOLOR_FORCE", "1", "NO_COLOR", "1"), false))
                .isEqualTo(Paint.PLAIN);
    }
}
