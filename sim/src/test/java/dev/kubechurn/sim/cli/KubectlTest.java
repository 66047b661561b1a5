package dev.kubechurn.sim.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.kubechurn.sim.apiserver.http.Access;
import dev.kubechurn.sim.apiserver.http.ServerIdentity;
import dev.kubechurn.sim.run.ServedCluster;
import dev.kubechurn.sim.scenario.Fault;
import dev.kubechurn.sim.scenario.Share;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * kubectl, which nobody here wrote, against our server with TLS and a token: everything that it can do with a ConfigMap. Skipped
 * where kubectl is not on the path. With {@code mvn verify -Preal-cluster -Dkubeconfig=FILE} the same script is held to a real
 * cluster, of which it needs nothing but namespaces, ConfigMaps and Secrets.
 */
@Tag("real-cluster")
final class KubectlTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    private static Path directory;

    /** Of all that is done here; made at the start and deleted at the end. */
    private static final String NAMESPACE =
            "kubechurn-kubectl-" + Long.toHexString(ProcessHandle.current().pid());

    private static Path kubeconfig;
    private static @Nullable ServedCluster served;

    @BeforeAll
    static void serve() throws Exception {
        assumeThereIsKubectl();
        Optional<Path> real = RealCluster.kubeconfig();
        kubeconfig = real.orElse(directory.resolve("kubeconfig"));
        if (real.isEmpty()) {
            served = served();
        }
        ok("create", "namespace", NAMESPACE);
    }

    /** Skips what needs it. */
    static void assumeThereIsKubectl() {
        assumeTrue(
                Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                        .anyMatch(folder -> new File(folder, "kubectl").canExecute()),
                "kubectl is not on the path: nothing was tried with it");
    }

    private static ServedCluster served() throws Exception {
        InetAddress loopback = InetAddress.getLoopbackAddress();
        ServerIdentity identity = ServerIdentity.selfSigned(loopback);
        Access access = new Access(identity, "s3cret-token");
        // Every other second all watches end; every few the history is gone too.
        List<Fault> faults = List.of(
                new Fault(new Fault.Every(Duration.ofSeconds(2)), new Fault.DropWatches(Share.percent(100))),
                new Fault(new Fault.Every(Duration.ofSeconds(5)), new Fault.Compact(Share.percent(100))));
        ServedCluster cluster =
                ServedCluster.start(new ServedCluster.Settings(loopback, 0, access, List.of(), 1, 0, faults));
        new Kubeconfig(cluster.url(), identity.certificatePem(), access.token()).write(kubeconfig);
        return cluster;
    }

    @AfterAll
    static void stop() throws Exception {
        if (kubeconfig != null) {
            kubectl("delete", "namespace", NAMESPACE, "--wait=false");
        }
        if (served != null) {
            served.close();
        }
    }

    private record Said(int code, String text) {}

    private static Process start(Path out, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of("kubectl", "--namespace", NAMESPACE));
        command.addAll(Arrays.asList(arguments));
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(out.toFile());
        builder.environment().put("KUBECONFIG", kubeconfig.toAbsolutePath().toString());
        builder.environment().put("HOME", directory.toString());
        return builder.start();
    }

    private static Said kubectl(String... arguments) throws Exception {
        Path out = Files.createTempFile(directory, "kubectl", ".out");
        Process process = start(out, arguments);
        process.getOutputStream().close();
        assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS))
                .as(() -> "kubectl " + String.join(" ", arguments) + " ends")
                .isTrue();
        return new Said(process.exitValue(), Files.readString(out));
    }

    /** What it prints when all goes well. */
    private static String ok(String... arguments) throws Exception {
        Said said = kubectl(arguments);
        assertThat(said.code()).as(said.text()).isZero();
        return said.text();
    }

    private static Path manifest(String name, String data) throws IOException {
        return Files.writeString(directory.resolve(name + ".yaml"), """
                apiVersion: v1
                kind: ConfigMap
                metadata: {name: %s, labels: {app: %s}}
                data: %s
                """.formatted(name, name, data));
    }

    @Test
    void findsWhatThereIs() throws Exception {
        assertThat(ok("version")).contains("Server Version: v1.");
        assertThat(ok("api-resources")).containsPattern("configmaps +cm ").containsPattern("namespaces +ns ");
        assertThat(ok("get", "namespaces")).contains("NAME", "STATUS", "kube-system", "Active");
        assertThat(ok("get", "cm", "-A")).contains("DATA", "kube-root-ca.crt");
        assertThat(ok("get", "--raw", "/healthz")).isEqualTo("ok");
    }

    @Test
    void createsChangesAndDeletes() throws Exception {
        ok("create", "configmap", "made", "--from-literal=a=1");
        assertThat(ok("get", "cm", "made", "-o", "yaml")).contains("a: \"1\"", "resourceVersion:");
        assertThat(ok("describe", "cm", "made")).contains("Name:         made", "Events:  <none>");
        ok("patch", "cm", "made", "-p", "{\"data\":{\"b\":\"2\"}}");
        ok("patch", "cm", "made", "--type=merge", "-p", "{\"data\":{\"a\":null}}");
        ok("patch", "cm", "made", "--type=json", "-p", "[{\"op\":\"add\",\"path\":\"/data/c\",\"value\":\"3\"}]");
        ok("label", "cm", "made", "tier=front");
        ok("annotate", "cm", "made", "why=test");
        assertThat(ok("get", "cm", "made", "-o", "jsonpath={.data}")).isEqualTo("{\"b\":\"2\",\"c\":\"3\"}");
        assertThat(ok("get", "cm", "-l", "tier=front", "-o", "name")).isEqualTo("configmap/made\n");
        assertThat(ok("get", "cm", "--field-selector", "metadata.name=made", "-o", "name"))
                .isEqualTo("configmap/made\n");
        ok("delete", "cm", "made");
        Said gone = kubectl("get", "cm", "made");
        assertThat(gone.code()).isEqualTo(1);
        assertThat(gone.text()).contains("(NotFound): configmaps \"made\" not found");
    }

    @Test
    void appliesOnTheClientsSide() throws Exception {
        String file = manifest("applied", "{k: v, gone: x}").toString();
        assertThat(ok("apply", "-f", file)).contains("configmap/applied created");
        manifest("applied", "{k: w}");
        assertThat(ok("apply", "-f", file)).contains("configmap/applied configured");
        assertThat(ok("get", "cm", "applied", "-o", "jsonpath={.data}")).isEqualTo("{\"k\":\"w\"}");
        assertThat(ok("apply", "-f", file)).contains("unchanged");
    }

    /** Never a wrong answer: what our server cannot do it says. */
    @Test
    @DisabledIfSystemProperty(named = RealCluster.PROPERTY, matches = ".+")
    void saysThatItCannotApplyOnTheServersSide() throws Exception {
        String file = manifest("server-side", "{k: v}").toString();
        assertThat(kubectl("apply", "--server-side", "-f", file).text()).contains("apply without --server-side");
        assertThat(kubectl("create", "cm", "dry", "--dry-run=server").text()).contains("dryRun is not supported");
    }

    @Test
    void aFieldThatNobodyKnowsIsRefusedByTheServer() throws Exception {
        Path file = Files.writeString(directory.resolve("typo.yaml"), """
                apiVersion: v1
                kind: ConfigMap
                metadata: {name: typo}
                datta: {a: b}
                """);
        assertThat(kubectl("create", "-f", file.toString()).text())
                .contains("strict decoding error: unknown field \"datta\"");
        assertThat(ok("create", "-f", file.toString(), "--validate=false")).contains("created");
    }

    @Test
    void replacesUnlessSomebodyWasFaster() throws Exception {
        ok("create", "configmap", "edited", "--from-literal=a=1");
        Path old = Files.writeString(directory.resolve("old.json"), ok("get", "cm", "edited", "-o", "json"));
        ok("label", "cm", "edited", "x=y");
        Said conflict = kubectl("replace", "-f", old.toString());
        assertThat(conflict.code()).isEqualTo(1);
        assertThat(conflict.text()).contains("(Conflict)", "the object has been modified");
        Files.writeString(old, ok("get", "cm", "edited", "-o", "json"));
        assertThat(ok("replace", "-f", old.toString())).contains("replaced");
    }

    @Test
    void secretsAndNamespacesTakeWhatBelongsToThem() throws Exception {
        String team = NAMESPACE + "-team";
        ok("create", "namespace", team);
        ok("-n", team, "create", "secret", "generic", "s", "--from-literal=p=q");
        assertThat(ok("-n", team, "get", "secret", "s", "-o", "jsonpath={.data.p}"))
                .isEqualTo("cQ==");
        Awaitility.await()
                .atMost(PATIENCE)
                .until(() -> ok("-n", team, "get", "cm").contains("kube-root-ca.crt"));
        ok("delete", "namespace", team);
        assertThat(ok("-n", team, "get", "secret")).contains("No resources found");
        assertThat(kubectl("-n", "nope", "create", "cm", "x").text()).contains("namespaces \"nope\" not found");
    }

    @Test
    void readsALongListInPages() throws Exception {
        for (int i = 0; i < 7; i++) {
            ok("create", "configmap", "p" + i);
            ok("label", "configmap", "p" + i, "paged=yes");
        }
        assertThat(ok("get", "cm", "-l", "paged=yes", "--chunk-size=2", "-o", "name")
                        .lines())
                .hasSize(7);
    }

    /** Watches end every other second, and what a watch starts from is forgotten: it waits all the same. */
    @Test
    void waitsThroughDroppedConnections() throws Exception {
        ok("create", "configmap", "awaited", "--from-literal=done=no");
        Path out = directory.resolve("wait.out");
        Process wait = start(out, "wait", "--for=jsonpath={.data.done}=yes", "cm/awaited", "--timeout=50s");
        // Long enough for two drops and a compaction.
        assertThat(wait.waitFor(6, TimeUnit.SECONDS)).as("it waits").isFalse();
        ok("patch", "cm", "awaited", "-p", "{\"data\":{\"done\":\"yes\"}}");

        assertThat(wait.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        assertThat(Files.readString(out)).contains("configmap/awaited condition met");
        Path gone = directory.resolve("gone.out");
        Process deletion = start(gone, "wait", "--for=delete", "cm/awaited", "--timeout=50s");
        ok("delete", "cm", "awaited", "--wait=false");
        assertThat(deletion.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        assertThat(deletion.exitValue()).as(Files.readString(gone)).isZero();
    }

    /** kubectl's own watch ends with its connection; started again it shows what came meanwhile. */
    @Test
    void watchesFollowEachOtherWithoutALoss() throws Exception {
        ok("create", "configmap", "watched", "--from-literal=n=0");
        StringBuilder seen = new StringBuilder();
        for (int n = 1; n <= 3; n++) {
            Path out = directory.resolve("watch" + n + ".out");
            Process watch = start(
                    out, "get", "cm", "watched", "-w", "-o", "jsonpath={.data.n}{\"\\n\"}", "--request-timeout=20s");
            Awaitility.await().atMost(PATIENCE).until(() -> Files.size(out) > 0);
            ok("patch", "cm", "watched", "-p", "{\"data\":{\"n\":\"" + n + "\"}}");
            assertThat(watch.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
            seen.append(Files.readString(out, StandardCharsets.UTF_8));
        }
        assertThat(Pattern.compile("(?m)^0$").matcher(seen).find()).isTrue();
        assertThat(ok("get", "cm", "watched", "-o", "jsonpath={.data.n}")).isEqualTo("3");
        assertThat(seen.toString().lines().map(Integer::parseInt).toList()).isSorted();
    }

    @Test
    @DisabledIfSystemProperty(named = RealCluster.PROPERTY, matches = ".+")
    void aWrongTokenIsNotLetIn() throws Exception {
        assertThat(kubectl("--token=wrong", "get", "cm").text()).containsIgnoringCase("unauthorized");
    }
}
