package dev.kubechurn.sim.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kubechurn.reports.result.Labels;
import dev.kubechurn.reports.result.ResultJson;
import dev.kubechurn.reports.result.RunResult;
import dev.kubechurn.reports.result.ValueMetric;
import dev.kubechurn.sim.apiserver.ApiStore;
import dev.kubechurn.sim.apiserver.http.MockApiServer;
import dev.kubechurn.sim.engine.VirtualTime;
import dev.kubechurn.sim.manifests.Manifests;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code run --manifests DIR --nodes N}: what manifests cost, by workload and by object. */
final class ManifestCostTest {

    private final CapturedTerminal terminal = new CapturedTerminal();

    @TempDir
    private Path directory;

    /**
     * By hand. The daemon set has a pod on each of 500 nodes, which names kube-root-ca.crt and nothing else. The six other
     * pods are dealt out to the nodes 0 to 5 in the order of the files: blackbox-exporter, grafana, kube-state-metrics, two
     * of prometheus-adapter, prometheus-operator. All but grafana, which opts out of the token, name kube-root-ca.crt too: on
     * five nodes it is shared. So the daemon set has 495 of its own. Grafana names 34 ConfigMaps and 2 Secrets, which nobody
     * else does. The adapter's two pods name adapter-config on two nodes, and share kube-root-ca.crt there.
     */
    @Test
    void threeRowsOfKubePrometheusCountedByHand() throws Exception {
        cost("kube-prometheus", 500);

        //                       pods,nodes,objects,shared,,,watched,open,lists
        assertThat(row("DaemonSet monitoring/node-exporter")).startsWith("500,500,1,5,,,495,495,495,");
        assertThat(row("Deployment monitoring/grafana")).startsWith("1,1,36,0,,,36,36,36,");
        assertThat(row("Deployment monitoring/prometheus-adapter")).startsWith("2,2,2,2,,,2,2,2,");
        assertThat(line("shared,")).startsWith("shared,,,,,,,,5,5,5,");
        assertThat(bytes(row("DaemonSet monitoring/node-exporter"))).isEqualTo(495L * bytesOfOneList());
        assertThat(terminal.out())
                .contains("cost on 500 nodes (1h, Watch)")
                .containsPattern("could\\s+be\\s+immutable,\\s+which\\s+saves\\s+39\\s+of\\s+539\\s+watches")
                .contains("kube-root-ca.crt: 500 watches");
    }

    /** The answer to one list of kube-root-ca.crt, as a server over HTTP gives it. */
    private static int bytesOfOneList() throws Exception {
        ApiStore store = new ApiStore(
                ApiStore.Limits.DEFAULT, new VirtualTime(), InstantSource.system(), new SplittableRandom(1));
        Manifests.read(List.of(files("kube-prometheus")))
                .withKubeApiAccess()
                .objects()
                .forEach(store::create);
        try (MockApiServer server = MockApiServer.start(store)) {
            URI list = server.url()
                    .resolve("/api/v1/namespaces/monitoring/configmaps?fieldSelector=metadata.name%3Dkube-root-ca.crt");
            return HttpClient.newHttpClient()
                    .send(HttpRequest.newBuilder(list).build(), HttpResponse.BodyHandlers.ofByteArray())
                    .body()
                    .length;
        }
    }

    /** All rows together are what the server counted, bookmarks aside, whatever the strategy. */
    @ParameterizedTest
    @CsvSource({
        "kube-prometheus, Watch, 0/s",
        "kube-prometheus, Cache, 0/s",
        "online-boutique, Get, 0/s",
        "kube-prometheus, Watch, 10/m"
    })
    void theRowsAddUp(String manifests, String strategy, String updates) throws Exception {
        RunResult result = cost(manifests, 40, "--set", "strategy=" + strategy, "--set", "updates.rate=" + updates);

        long[] sums = new long[7];
        long[] objects = new long[7];
        for (String line : Files.readAllLines(directory.resolve("out/cost.csv"))) {
            long[] into = line.startsWith("workload,") || line.startsWith("shared,") || line.startsWith("other,")
                    ? sums
                    : objects;
            if (!line.startsWith("bookmarks,") && !line.startsWith("sort,")) {
                String[] fields = line.split(",", -1);
                for (int i = 0; i < 7; i++) {
                    into[i] += Long.parseLong(fields[8 + i]);
                }
            }
        }
        assertThat(objects).isEqualTo(sums);
        assertThat(sums[2]).isEqualTo(requests(result, "list"));
        assertThat(sums[3]).isEqualTo(requests(result, "watch"));
        assertThat(sums[4]).isEqualTo(requests(result, "get"));
        assertThat(line("other,")).endsWith(",0,0,0,0,0,0,0");
        assertThat(sums[5] > 0).isEqualTo(!updates.equals("0/s"));
    }

    /** What only environments and the image pull take is read once: it can do without a watch. */
    @Test
    void tellsWhatIsReadOnce() throws Exception {
        Path pod = Files.writeString(directory.resolve("pod.yaml"), """
                apiVersion: v1
                kind: ConfigMap
                metadata: {name: settings, namespace: shop}
                data: {COLOUR: red}
                ---
                apiVersion: v1
                kind: ConfigMap
                metadata: {name: page, namespace: shop}
                immutable: true
                data: {index.html: hello}
                ---
                apiVersion: v1
                kind: Pod
                metadata: {name: web, namespace: shop}
                spec:
                  automountServiceAccountToken: false
                  containers:
                    - {name: web, envFrom: [{configMapRef: {name: settings}}]}
                  volumes: [{name: page, configMap: {name: page}}]
                """);
        assertThat(terminal.execute(
                        "run",
                        "--manifests",
                        pod.toString(),
                        "--nodes",
                        "3",
                        "--out",
                        directory.resolve("out").toString()))
                .isZero();
        assertThat(terminal.out())
                .contains("configmaps shop/settings: read only when a container starts")
                .doesNotContain("could be immutable")
                .doesNotContain("kube-root-ca.crt:");
        // Two watches were opened: the idle stop ended the one, and the first read of what is immutable the other.
        assertThat(row("Pod shop/web")).startsWith("1,1,2,0,,,2,0,2,");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            --nodes 5                                       | --nodes needs --manifests; for a scenario, use --set cluster.nodes=5
            --nodes 0 --manifests .                         | --nodes must be at least 1, not 0
            --nodes 5 --manifests . --transport mock        | --nodes works only in virtual time: omit --transport mock
            """)
    void whatMakesNoSenseIsRefusedInOneLine(String arguments, String message) {
        Object[] all = ("run " + arguments.strip()).split(" ");
        assertThat(terminal.execute(all)).isEqualTo(2);
        assertThat(terminal.err()).contains(message);
    }

    private RunResult cost(String manifests, int nodes, String... more) throws Exception {
        Object[] arguments = new Object[more.length + 7];
        String[] first = {
            "run",
            "--manifests",
            files(manifests).toString(),
            "--nodes=" + nodes,
            "--seed=42",
            "--out",
            directory.resolve("out").toString()
        };
        System.arraycopy(first, 0, arguments, 0, 7);
        System.arraycopy(more, 0, arguments, 7, more.length);
        assertThat(terminal.execute(arguments)).as(terminal.err()).isZero();
        return ResultJson.read(directory.resolve("out/result.json"));
    }

    private static Path files(String manifests) throws Exception {
        return Path.of(Objects.requireNonNull(ManifestCostTest.class.getResource("/manifests/" + manifests))
                .toURI());
    }

    private String row(String workload) throws Exception {
        String head = "workload," + workload + ",";
        return line(head).substring(head.length());
    }

    private String line(String head) throws Exception {
        return Files.readAllLines(directory.resolve("out/cost.csv")).stream()
                .filter(line -> line.startsWith(head))
                .findAny()
                .orElseThrow();
    }

    private static long bytes(String row) {
        return Long.parseLong(row.substring(row.lastIndexOf(',') + 1));
    }

    private static long requests(RunResult result, String verb) {
        return (long) ((ValueMetric) result.metric("apiserver.requests", Labels.of("verb", verb))
                        .orElseThrow())
                .value();
    }
}
