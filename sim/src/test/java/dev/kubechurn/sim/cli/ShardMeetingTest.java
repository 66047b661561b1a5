package dev.kubechurn.sim.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kubechurn.reports.result.ResultJson;
import dev.kubechurn.reports.result.RunResult;
import dev.kubechurn.sim.apiserver.ApiStore;
import dev.kubechurn.sim.apiserver.ListRequest;
import dev.kubechurn.sim.apiserver.NamespaceLifecycle;
import dev.kubechurn.sim.apiserver.Resource;
import dev.kubechurn.sim.apiserver.Selection;
import dev.kubechurn.sim.apiserver.http.Access;
import dev.kubechurn.sim.apiserver.http.MockApiServer;
import dev.kubechurn.sim.engine.WallClock;
import dev.kubechurn.sim.scenario.Overrides;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** How the shards of a run find each other, wait for each other and part. */
@Timeout(120)
final class ShardMeetingTest {

    private static final List<String> SMALL = List.of(
            "warmup=500ms", "kubelet.syncFrequency=1s", "cluster.nodes=3", "pods.perNode=3", "configMaps.count=9");

    @TempDir
    private Path directory;

    private final WallClock clock = new WallClock(2, failure -> {
        throw new IllegalStateException(failure);
    });
    private final ApiStore store =
            new ApiStore(ApiStore.Limits.DEFAULT, clock, InstantSource.system(), new SplittableRandom(1));
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private MockApiServer server;

    @BeforeEach
    void serve() throws Exception {
        new NamespaceLifecycle(store).create("default");
        server = MockApiServer.serve(store, InetAddress.getLoopbackAddress(), 0, Access.OPEN);
    }

    @AfterEach
    void stop() {
        assertThat(namespaces()).as("what is left").containsExactly("default");
        server.close();
        clock.close();
        threads.shutdownNow();
    }

    private List<String> namespaces() {
        return store.list(ListRequest.newest(Selection.of(Resource.NAMESPACES, ""))).items().stream()
                .map(namespace -> namespace.key().name())
                .toList();
    }

    private List<String> configMaps(String namespace) {
        return store.list(ListRequest.newest(Selection.of(Resource.CONFIGMAPS, namespace))).items().stream()
                .map(object -> object.key().name())
                .toList();
    }

    private Object[] shard(String shard, String... more) {
        List<String> arguments = new ArrayList<>(List.of(
                "run",
                "settled",
                "--server=" + server.url(),
                "--run-id=meet",
                "--qps=2000",
                "--yes",
                "--quiet",
                "--shard=" + shard,
                "--out=" + directory.resolve("out")));
        if (Stream.of(more).noneMatch(option -> option.startsWith("--duration"))) {
            arguments.add("--duration=4s");
        }
        SMALL.forEach(setting -> arguments.add("--set=" + setting));
        Stream.of(more).forEach(arguments::add);
        return arguments.toArray();
    }

    private CompletableFuture<Integer> begin(CapturedTerminal terminal, Object... arguments) {
        return CompletableFuture.supplyAsync(() -> terminal.execute(arguments), threads);
    }

    @Test
    void aShardThatNeverComesIsNamed() {
        CapturedTerminal terminal = new CapturedTerminal();
        assertThat(terminal.execute(shard("0/3", "--shard-timeout=2s"))).isEqualTo(3);
        assertThat(terminal.err())
                .contains("run meet did not begin: after 2 s these shards had not joined: 1/3, 2/3; start all shards");
        assertThat(directory.resolve("out").resolve("shard-0-of-3")).doesNotExist();
    }

    @Test
    void oneThatDoesSomethingElseIsRefusedAndTheOthersGoOn() {
        CapturedTerminal first = new CapturedTerminal();
        CompletableFuture<Integer> waiting = begin(first, shard("0/2"));
        Awaitility.await().until(() -> configMaps("kubechurn-meet").contains("shard-0"));

        CapturedTerminal other = new CapturedTerminal();
        assertThat(other.execute(shard("1/2", "--seed=8"))).isEqualTo(2);
        assertThat(other.err())
                .contains("shard 0/2 of run meet has a different scenario, seed, manifests or version than this one");
        assertThat(other.execute(shard("1/3"))).isEqualTo(2);
        assertThat(other.err()).contains("run meet has 2 shards, not 3");

        CapturedTerminal second = new CapturedTerminal();
        assertThat(second.execute(shard("1/2"))).as(second.err()).isZero();
        assertThat(waiting.join()).as(first.err()).isZero();

        RunResult one = ResultJson.read(directory.resolve("out/shard-0-of-2"));
        RunResult two = ResultJson.read(directory.resolve("out/shard-1-of-2"));
        assertThat(one.started()).as("the agreed instant").isEqualTo(two.started());
        assertThat(one.environment())
                .containsEntry("shard", "0/2")
                .containsEntry("run", "meet")
                .containsEntry("fingerprint", two.environment().get("fingerprint"));
    }

    /** What a shard finds that was killed and comes again, while the others have begun. */
    @Test
    void oneThatComesLateSaysSoAndDoesWhatIsLeft() throws Exception {
        Instant begun = Instant.now().minusSeconds(3);
        meeting(begun);
        CapturedTerminal terminal = new CapturedTerminal();
        assertThat(terminal.execute(shard("0/2", "--duration=8s")))
                .as(terminal.err())
                .isZero();

        RunResult result = ResultJson.read(directory.resolve("out/shard-0-of-2"));
        assertThat(result.started()).isAfter(begun);
        assertThat(result.notes())
                .anySatisfy(note -> assertThat(note).matches("this shard joined [3-7]\\.[0-9] s after the others: .*"));
        assertThat(begun.plusNanos(result.durationNanos())).isBefore(begun.plusSeconds(8));
        assertThat(namespaces()).as("shard 1 is not done").contains("kubechurn-meet", "kubechurn-meet-ns-0");

        CapturedTerminal tooLate = new CapturedTerminal();
        assertThat(tooLate.execute(shard("0/2", "--duration=8s"))).isEqualTo(3);
        assertThat(tooLate.err()).contains("the load of this run ended before this shard joined");
        assertThat(tooLate.execute("cleanup", "--run=meet", "--server=" + server.url()))
                .isZero();
    }

    /** As if shard 1 had come, and all had begun at that instant. */
    private void meeting(Instant begun) throws Exception {
        List<String> settings = new ArrayList<>(SMALL);
        String fingerprint = PreparedRun.of(
                        "settled", Overrides.of(settings).withDuration("8s").withTransport("cluster"), List.of())
                .fingerprint();
        create(Resource.NAMESPACES, "", "{'metadata':{'name':'kubechurn-meet','labels':{'kubechurn.dev/run':'meet'}}}");
        create(
                Resource.CONFIGMAPS,
                "kubechurn-meet",
                "{'metadata':{'name':'shard-1'},'data':{'state':'ready','shards':'2','fingerprint':'" + fingerprint
                        + "'}}");
        create(Resource.CONFIGMAPS, "kubechurn-meet", "{'metadata':{'name':'start'},'data':{'start':'" + begun + "'}}");
    }

    private void create(Resource resource, String namespace, String json) {
        store.create(resource, namespace, (ObjectNode) JsonMapper.shared().readTree(json.replace('\'', '"')));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--shard=0/2 --transport=virtual | a run in virtual time cannot be split",
                "--shard=0/2 | starts its own API server, which other shards cannot share; use --server URL",
                "--shard=0/2 --transport=cluster --yes | --shard 0/2 needs --run-id, the same for all shards",
                "--shard=2/2 --transport=virtual | --shard 2/2: shard 2 does not exist: 2 shards are numbered 0 to 1",
                "--shard=0/9 --server=http://127.0.0.1:1 --run-id=a | only 5 nodes for 9 shards; use fewer shards",
                "--server=127.0.0.1:1 --yes | is not a URL: use one such as http://127.0.0.1:8001",
                "--server=http://127.0.0.1:1 --context=a --yes | --server cannot be combined with --kubeconfig or --context",
                "--server=http://127.0.0.1:1 --transport=virtual | need --transport cluster",
                "--server=http://127.0.0.1:1 --shard-timeout=5s --yes | --shard-timeout needs --shard",
                "--server=http://127.0.0.1:1 --shard=0/2 --run-id=a --shard-timeout=5 --yes | --shard-timeout is not a duration"
            })
    void whatCannotBeDividedIsRefused(String arguments, String why) {
        CapturedTerminal terminal = new CapturedTerminal();
        assertThat(terminal.execute((Object[]) ("run settled " + arguments).split(" ")))
                .isEqualTo(2);
        assertThat(terminal.err()).contains(why).doesNotContain("\tat ");
        assertThat(terminal.out()).isEmpty();
    }
}
