package dev.kubechurn.sim.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kubechurn.sim.apiserver.ApiStatusException;
import dev.kubechurn.sim.apiserver.ApiStore;
import dev.kubechurn.sim.apiserver.ListRequest;
import dev.kubechurn.sim.apiserver.NamespaceLifecycle;
import dev.kubechurn.sim.apiserver.Resource;
import dev.kubechurn.sim.apiserver.Selection;
import dev.kubechurn.sim.apiserver.Verb;
import dev.kubechurn.sim.apiserver.http.Access;
import dev.kubechurn.sim.apiserver.http.MockApiServer;
import dev.kubechurn.sim.apiserver.http.ServerIdentity;
import dev.kubechurn.sim.engine.WallClock;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** A run against a cluster that others could have made: TLS, a token, and namespaces that are not ours. */
final class ClusterRunTest {

    private static final String[] SMALL = {
        "--duration=6s", "--set=warmup=1s", "--set=cluster.nodes=3", "--set=pods.perNode=5", "--set=configMaps.count=20"
    };

    @TempDir
    private static Path directory;

    private static final WallClock CLOCK = new WallClock(2, failure -> {
        throw new IllegalStateException(failure);
    });
    private static final ApiStore STORE =
            new ApiStore(ApiStore.Limits.DEFAULT, CLOCK, InstantSource.system(), new SplittableRandom(1));
    private static MockApiServer server;

    private final CapturedTerminal terminal = new CapturedTerminal();

    @BeforeAll
    static void serve() throws Exception {
        InetAddress loopback = InetAddress.getLoopbackAddress();
        ServerIdentity identity = ServerIdentity.selfSigned(loopback);
        NamespaceLifecycle namespaces = new NamespaceLifecycle(STORE);
        namespaces.create("default");
        namespaces.create("kubechurn-taken-ns-0");
        server = MockApiServer.serve(STORE, loopback, 0, new Access(identity, "t0ken"));
        new Kubeconfig(server.url(), identity.certificatePem(), "t0ken").write(directory.resolve("kubeconfig"));
        new Kubeconfig(server.url(), identity.certificatePem(), "wrong").write(directory.resolve("wrong"));
    }

    @AfterEach
    void nothingIsLeft() {
        assertThat(namespaces()).containsExactlyInAnyOrder("default", "kubechurn-taken-ns-0");
        assertThat(STORE.openWatchCount()).isZero();
    }

    @AfterAll
    static void stop() {
        server.close();
        CLOCK.close();
    }

    private static List<String> namespaces() {
        return STORE.list(ListRequest.newest(Selection.of(Resource.NAMESPACES, ""))).items().stream()
                .map(namespace -> namespace.key().name())
                .toList();
    }

    private int run(String transport, Path out, String... more) {
        List<Object> arguments =
                new ArrayList<>(List.of("run", "settled", "--transport=" + transport, "--quiet", "--out", out));
        if (transport.equals("cluster")) {
            arguments.add("--qps=1000");
        }
        Stream.of(SMALL).forEach(arguments::add);
        Stream.of(more).forEach(arguments::add);
        return terminal.execute(arguments.toArray());
    }

    private static String kubeconfig() {
        return "--kubeconfig=" + directory.resolve("kubeconfig");
    }

    @Test
    void countsWhatThePredictionCounts() {
        Path real = directory.resolve("real");
        Path predicted = directory.resolve("predicted");

        assertThat(run("cluster", real, kubeconfig(), "--yes"))
                .as(terminal.err())
                .isZero();
        assertThat(terminal.err())
                .contains("this run will write to " + server.url(), "namespaces kubechurn-", "all deleted at the end");
        assertThat(terminal.out()).contains("checks: 0 violations");
        assertThat(run("virtual", predicted)).isZero();
        assertThat(terminal.execute("compare", "--prediction", predicted, "--", real))
                .as(terminal.out())
                .isZero();
        assertThat(terminal.out()).contains("PASS: All 8 counts are as predicted.");
        assertThat(real.resolve("result.json")).content().doesNotContain("\"apiserver.bytes");
    }

    @Test
    void asksBeforeItWrites() {
        long before = STORE.revision();
        assertThat(run("cluster", directory.resolve("unasked"), kubeconfig())).isEqualTo(2);
        assertThat(terminal.err()).contains("not confirmed, nothing was written: add --yes to continue");
        assertThat(STORE.revision()).isEqualTo(before);
    }

    @Test
    void touchesNoNamespaceThatIsNotItsOwn() {
        assertThat(run("cluster", directory.resolve("taken"), kubeconfig(), "--yes", "--run-id=taken"))
                .isEqualTo(3);
        assertThat(terminal.err())
                .contains("namespace kubechurn-taken-ns-0 already exists without the label kubechurn.dev/run=taken");
        assertThat(terminal.execute("cleanup", "--run=taken", kubeconfig())).isZero();
        assertThat(terminal.out()).contains("nothing left of run taken");
    }

    @Test
    void saysWhichPermissionIsMissing() {
        Runnable ends = server.faults().fail(Set.of(Verb.CREATE), ApiStatusException.injected(403, 0), () -> true);
        try {
            assertThat(run("cluster", directory.resolve("forbidden"), kubeconfig(), "--yes"))
                    .isEqualTo(3);
        } finally {
            ends.run();
        }
        assertThat(terminal.err()).contains("forbidden: this run must create namespaces; `kubechurn run --print-rbac`");
        assertThat(run("cluster", directory.resolve("login"), "--kubeconfig=" + directory.resolve("wrong"), "--yes"))
                .isEqualTo(3);
        assertThat(terminal.err()).contains("not logged in").doesNotContain("wrong\"");
    }

    /** A failure half-way, when namespaces and some objects are there. */
    @Test
    void cleansUpAfterAFailure() {
        int[] creations = {0};
        Runnable ends = server.faults()
                .fail(Set.of(Verb.CREATE), ApiStatusException.injected(500, 0), () -> ++creations[0] > 10);
        try {
            assertThat(run("cluster", directory.resolve("broken"), kubeconfig(), "--yes"))
                    .isEqualTo(3);
        } finally {
            ends.run();
        }
        assertThat(terminal.err()).contains("cannot create configmaps: ");
    }

    @Test
    void cleansUpWhatAKilledRunLeft() {
        for (String namespace : List.of("kubechurn-gone-ns-0", "kubechurn-gone-ns-1", "kubechurn-other-ns-0")) {
            ObjectNode object = (ObjectNode) JsonMapper.shared()
                    .readTree("{\"metadata\":{\"name\":\"" + namespace + "\",\"labels\":{\"kubechurn.dev/run\":\""
                            + namespace.replaceAll("kubechurn-(.*)-ns-.", "$1") + "\"}}}");
            STORE.create(Resource.NAMESPACES, "", object);
        }

        assertThat(terminal.execute("cleanup", "--run=gone", kubeconfig())).isZero();

        assertThat(terminal.out())
                .contains("deleted namespace kubechurn-gone-ns-0\n", "deleted namespace kubechurn-gone-ns-1\n");
        assertThat(namespaces()).contains("kubechurn-other-ns-0");
        assertThat(terminal.execute("cleanup", "--run=other", kubeconfig())).isZero();
    }

    @Test
    void optionsAndFilesThatAreWrongAreTold() {
        assertThat(run("virtual", directory.resolve("x"), "--yes")).isEqualTo(2);
        assertThat(terminal.err()).contains("need --transport cluster");
        assertThat(run("cluster", directory.resolve("x"), "--kubeconfig=/no/such", "--yes"))
                .isEqualTo(3);
        assertThat(terminal.err()).contains("--kubeconfig: cannot read /no/such");
        assertThat(run("cluster", directory.resolve("x"), kubeconfig(), "--context=nope", "--yes"))
                .isEqualTo(3);
        assertThat(terminal.err()).contains("--context nope is not in ");
        assertThat(run("cluster", directory.resolve("x"), kubeconfig(), "--run-id=No!", "--yes"))
                .isEqualTo(2);
        assertThat(terminal.err()).contains("\"No!\" is not a run id");
        assertThat(terminal.execute("run", "faulty", "--transport=cluster", kubeconfig(), "--yes"))
                .isEqualTo(2);
        assertThat(terminal.err()).contains("is not supported on a real cluster");
        assertThat(terminal.execute("run", "--print-rbac")).isZero();
        assertThat(terminal.out()).contains("kind: ClusterRole\n", "\"configmaps\", \"secrets\"");
    }
}
