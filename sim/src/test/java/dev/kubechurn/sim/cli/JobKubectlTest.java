package dev.kubechurn.sim.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * kubectl, which nobody here wrote, takes the manifests as they are printed. It asks a server which kinds there are, and
 * whether the objects are there: this one knows the kinds, and has no objects. Skipped where kubectl is not on the path.
 */
final class JobKubectlTest {

    private static final Map<String, String> ANSWERS = Map.of(
            "/api",
            "{'kind':'APIVersions','versions':['v1']}",
            "/api/v1",
            resources(
                    "v1",
                    "namespaces Namespace",
                    "serviceaccounts ServiceAccount",
                    "configmaps ConfigMap",
                    "persistentvolumeclaims PersistentVolumeClaim",
                    "pods Pod"),
            "/apis",
            "{'kind':'APIGroupList','apiVersion':'v1','groups':[" + group("batch") + ","
                    + group("rbac.authorization.k8s.io") + "]}",
            "/apis/batch/v1",
            resources("batch/v1", "jobs Job"),
            "/apis/rbac.authorization.k8s.io/v1",
            resources(
                    "rbac.authorization.k8s.io/v1",
                    "clusterroles ClusterRole",
                    "clusterrolebindings ClusterRoleBinding"));

    private static final String NOT_FOUND =
            "{'kind':'Status','apiVersion':'v1','status':'Failure','reason':'NotFound','code':404}";

    @TempDir
    private static Path directory;

    private static final List<String> WRITES = Collections.synchronizedList(new ArrayList<>());
    private static HttpServer server;

    private static String group(String name) {
        String version = "{'groupVersion':'" + name + "/v1','version':'v1'}";
        return "{'name':'" + name + "','versions':[" + version + "],'preferredVersion':" + version + "}";
    }

    private static String resources(String version, String... kinds) {
        List<String> all = new ArrayList<>();
        for (String kind : kinds) {
            String[] names = kind.split(" ", -1);
            boolean namespaced = !names[1].equals("Namespace") && !names[1].startsWith("Cluster");
            all.add("{'name':'" + names[0] + "','singularName':'','kind':'" + names[1] + "','namespaced':" + namespaced
                    + ",'verbs':['create','get','list','patch']}");
        }
        return "{'kind':'APIResourceList','apiVersion':'v1','groupVersion':'" + version + "','resources':["
                + String.join(",", all) + "]}";
    }

    @BeforeAll
    static void serve() throws IOException {
        KubectlTest.assumeThereIsKubectl();
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", JobKubectlTest::answer);
        server.start();
    }

    @AfterAll
    static void stop() {
        if (server != null) {
            server.stop(0);
        }
    }

    private static void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            if (!exchange.getRequestMethod().equals("GET")) {
                WRITES.add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
            }
            String known = ANSWERS.get(exchange.getRequestURI().getPath());
            byte[] body = (known == null ? NOT_FOUND : known).replace('\'', '"').getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(known == null ? 404 : 200, body.length);
            exchange.getResponseBody().write(body);
        }
    }

    private static List<String> applied(String yaml) throws Exception {
        Path file = Files.writeString(Files.createTempFile(directory, "printed", ".yaml"), yaml);
        Path out = Files.createTempFile(directory, "kubectl", ".out");
        ProcessBuilder kubectl = new ProcessBuilder(
                        "kubectl",
                        "--server=http://127.0.0.1:" + server.getAddress().getPort(),
                        "apply",
                        "--dry-run=client",
                        "--validate=ignore",
                        "-f",
                        "-")
                .redirectInput(file.toFile())
                .redirectErrorStream(true)
                .redirectOutput(out.toFile());
        kubectl.environment().put("HOME", directory.toString());
        kubectl.environment().put("KUBECONFIG", directory.resolve("none").toString());
        Process process = kubectl.start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(Files.readString(out)).isZero();
        return Files.readAllLines(out);
    }

    private static String printed(String... arguments) {
        CapturedTerminal terminal = new CapturedTerminal();
        assertThat(terminal.execute((Object[]) arguments)).as(terminal.err()).isZero();
        return terminal.out();
    }

    @Test
    void aRunIsTaken() throws Exception {
        assertThat(applied(printed("job", "settled", "--shards", "4", "--image", "kubechurn")))
                .containsExactly(
                        "namespace/kubechurn created (dry run)",
                        "serviceaccount/kubechurn-settled-7 created (dry run)",
                        "clusterrole.rbac.authorization.k8s.io/kubechurn:kubechurn:kubechurn-settled-7 created (dry run)",
                        "clusterrolebinding.rbac.authorization.k8s.io/kubechurn:kubechurn:kubechurn-settled-7 created (dry run)",
                        "configmap/kubechurn-settled-7-scenario created (dry run)",
                        "persistentvolumeclaim/kubechurn-settled-7-results created (dry run)",
                        "job.batch/kubechurn-settled-7 created (dry run)");
        assertThat(WRITES).isEmpty();
    }

    @Test
    void aSweepIsTaken() throws Exception {
        String[] command = {"job", "settled", "--sweep", "--seeds", "2", "--shards", "2", "--image", "i", "--claim", "c"
        };
        assertThat(applied(printed(command)))
                .containsExactly(
                        "namespace/kubechurn created (dry run)",
                        "serviceaccount/kubechurn-sweep-settled-7 created (dry run)",
                        "configmap/kubechurn-sweep-settled-7-scenario created (dry run)",
                        "job.batch/kubechurn-sweep-settled-7 created (dry run)");
    }

    /** Names that YAML would take for a number and a truth value, if nobody quoted them. */
    @Test
    void aCampaignIsTakenWhateverItsName() throws Exception {
        String[] command = {
            "job", "--fuzz", "9", "--seed", "1", "--shards", "2", "--image", "1.0", "--name", "1e3", "--namespace", "on"
        };
        assertThat(applied(printed(command)))
                .containsExactly(
                        "namespace/on created (dry run)",
                        "serviceaccount/1e3 created (dry run)",
                        "persistentvolumeclaim/1e3-results created (dry run)",
                        "job.batch/1e3 created (dry run)");
    }

    @Test
    void thePodThatCollectsIsTaken() throws Exception {
        assertThat(applied(Files.readString(Path.of("..", "deploy", "collect.yaml"))))
                .containsExactly("pod/kubechurn-collect created (dry run)");
    }
}
