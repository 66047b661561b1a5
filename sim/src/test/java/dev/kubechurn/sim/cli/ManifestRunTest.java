package dev.kubechurn.sim.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kubechurn.reports.result.Labels;
import dev.kubechurn.reports.result.ResultJson;
import dev.kubechurn.reports.result.RunResult;
import dev.kubechurn.reports.result.ValueMetric;
import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real manifests through the command line: what is listed is what the run holds. */
final class ManifestRunTest {

    private final CapturedTerminal terminal = new CapturedTerminal();

    @TempDir
    private Path directory;

    // Counted by hand: 36 objects that grafana names and its root CA; 2 + 1 + 2 + 1 ConfigMaps of the other
    // deployments' pods, and the root CA on each of five nodes, with one pod of the daemon set on each.
    @Test
    void kubePrometheusHoldsOneWatchForEachObjectAndNode() throws Exception {
        RunResult result = run("kube-prometheus");
        assertThat(terminal.err())
                .contains("6 pod templates, 11 pods, 37 ConfigMaps, 3 Secrets")
                .contains("DaemonSet monitoring/node-exporter")
                .contains("secrets monitoring/grafana-config: named by 1 pods, 1 watches")
                .contains("configmaps monitoring/kube-root-ca.crt: named by 10 pods, 5 watches")
                .contains("watches: 44 on 5 nodes");
        assertThat(value(result, "entries")).isEqualTo(44);
        assertThat(value(result, "apiserver.watches.peak")).isEqualTo(44);
        assertThat(value(result, "pods")).isEqualTo(11);
    }

    @Test
    void onlineBoutiqueNamesNothingButItsRootCa() throws Exception {
        RunResult result = run("online-boutique");
        assertThat(terminal.err())
                .contains("12 pod templates, 12 pods, 1 ConfigMaps, 0 Secrets")
                .contains("configmaps default/kube-root-ca.crt: named by 12 pods, 5 watches");
        assertThat(value(result, "entries")).isEqualTo(5);
        assertThat(value(result, "apiserver.watches.peak")).isEqualTo(5);
    }

    /** One row of {@code WatchFormulaTest} as people would ask it; the root CA is one more common ConfigMap. */
    @Test
    void theFormulaHoldsForManifestsInVirtualTime() throws IOException {
        int nodes = 3;
        int podsPerNode = 4;
        int watchesPerNode = podsPerNode * (2 + 1) + 1 + (1 + 1);
        StringBuilder yaml = new StringBuilder(configMap("shared") + secret("licence"));
        for (int pod = 0; pod < nodes * podsPerNode; pod++) {
            String own = "app-" + pod;
            yaml.append(configMap(own)).append(secret(own)).append(secret(own + "-tls"));
            yaml.append(pod(own));
        }
        Path out = directory.resolve("out");
        int code = terminal.execute(
                "run",
                "--transport=virtual",
                "--manifests",
                Files.writeString(directory.resolve("apps.yaml"), yaml),
                "--duration=10m",
                "--set=cluster.nodes=" + nodes,
                "--set=pods.churn.rate=0/s",
                "--set=pods.churn.lifetime=10h",
                "--details",
                "--out",
                out);
        assertThat(code).as(terminal.err()).isZero();
        int watches = nodes * watchesPerNode;
        assertThat(terminal.err()).contains("watches: " + watches + " on " + nodes + " nodes while all pods run");
        assertThat(terminal.out()).containsPattern("watches +" + watches + " at peak · 0 at the end");
        RunResult result = ResultJson.read(out);
        assertThat(value(result, "apiserver.watches.peak")).isEqualTo(watches);
        assertThat(result.series("apiserver.watches", Labels.NONE).orElseThrow().points())
                .filteredOn(point -> point.offsetNanos() > Duration.ofSeconds(5).toNanos()) // of warm-up
                .hasSizeGreaterThan(500)
                .allMatch(point -> point.value() == watches);
    }

    private static String configMap(String name) {
        return "---\napiVersion: v1\nkind: ConfigMap\nmetadata: {name: %s}\ndata: {key: value}\n".formatted(name);
    }

    private static String secret(String name) {
        return "---\napiVersion: v1\nkind: Secret\nmetadata: {name: %s}\nstringData: {key: value}\n".formatted(name);
    }

    private static String pod(String name) {
        return """
                ---
                apiVersion: v1
                kind: Pod
                metadata: {name: NAME}
                spec:
                  containers:
                  - name: main
                    image: app
                    envFrom: [{configMapRef: {name: NAME}}]
                    env: [{name: LICENCE, valueFrom: {secretKeyRef: {name: licence, key: key}}}]
                    volumeMounts:
                    - {name: own, mountPath: /own}
                    - {name: tls, mountPath: /tls}
                    - {name: all, mountPath: /all}
                  volumes:
                  - {name: own, configMap: {name: NAME}}
                  - {name: tls, secret: {secretName: NAME-tls}}
                  - name: all
                    projected:
                      sources:
                      - {secret: {name: NAME}}
                      - {secret: {name: licence}}
                      - {configMap: {name: shared}}
                """.replace("NAME", name);
    }

    @Test
    void anObjectThatTheServerWouldRefuseIsToldWithItsLineAndField() throws IOException {
        Path file = Files.writeString(
                directory.resolve("bad.yaml"), "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: Bad_Name\n");
        Path out = directory.resolve("out");
        assertThat(terminal.execute("run", "--manifests", file, "--out", out)).isEqualTo(2);
        assertThat(terminal.errLines())
                .singleElement()
                .asString()
                .startsWith(file + ":4: ConfigMap \"default/Bad_Name\": metadata.name: ")
                .contains("DNS-1123", "rename it");
        assertThat(out).doesNotExist();
    }

    @Test
    void anEmptyContainerIsToldWithItsLineAndField() throws IOException {
        Path file = Files.writeString(
                directory.resolve("pod.yaml"),
                "apiVersion: v1\nkind: Pod\nmetadata: {name: p}\nspec:\n  containers: [~]\n");
        Path out = directory.resolve("out");
        assertThat(terminal.execute("run", "--manifests", file, "--out", out)).isEqualTo(2);
        assertThat(terminal.errLines())
                .singleElement()
                .asString()
                .startsWith(file + ":5: Pod \"default/p\": spec.containers[0] is empty;");
        assertThat(out).doesNotExist();
    }

    @Test
    void aManifestThatIsNoYamlIsRefusedWithItsLine() throws IOException {
        Path file = Files.writeString(directory.resolve("broken.yaml"), "kind: Pod\n  name: [\n");
        Path out = directory.resolve("out");
        assertThat(terminal.execute("run", "--manifests", file, "--out", out)).isEqualTo(2);
        assertThat(terminal.errLines()).hasSize(1).first().asString().startsWith(file + ":");
        assertThat(out).doesNotExist();
    }

    @Test
    void aFolderThatIsNotThereIsRefused() {
        Path absent = directory.resolve("absent");
        assertThat(terminal.execute("run", "--manifests", absent)).isEqualTo(2);
        assertThat(terminal.errLines()).hasSize(1).first().asString().contains(absent.toString());
    }

    private RunResult run(String manifests) throws URISyntaxException {
        URL folder = Objects.requireNonNull(getClass().getResource("/manifests/" + manifests));
        Path out = directory.resolve("out");
        int code = terminal.execute(
                "run",
                "--manifests",
                Path.of(folder.toURI()),
                "--duration=3s",
                "--set=warmup=1s",
                "--set=pods.churn.rate=0/s",
                "--set=pods.churn.lifetime=1h",
                "--details",
                "--out",
                out);
        assertThat(code).as(terminal.err()).isZero();
        return ResultJson.read(out);
    }

    private static long value(RunResult result, String metric) {
        return (long) ((ValueMetric) result.metric(metric, Labels.NONE).orElseThrow()).value();
    }
}
