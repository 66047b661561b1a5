package dev.kubechurn.sim.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScenarioReaderTest {

    private static final String HEAD = """
            apiVersion: kubechurn.dev/v1
            kind: Scenario
            metadata: {name: t}
            spec:
            """;

    /** The whole of the design's example but for its faults. */
    private static final String FULL = """
            apiVersion: kubechurn.dev/v1
            kind: Scenario
            metadata: {name: full, description: one line}
            spec:
              seed: -7
              duration: 1m30s
              warmup: 10s
              transport: virtual
              strategy: Cache
              kubernetesVersion: 1.30
              kubelet: {syncFrequency: 10s, ttl: 15s, qps: 5, burst: 10, nodeStatusFrequency: 20s, envNames: relaxed, watchList: true, starts: together}
              apiServer:
                latency: {get: {lognormal: {median: 2ms, p99: 30ms}}, list: 3ms, watch: 1ms..2ms, event: {exponential: 1.5ms}}
                maxInFlight: 40
                queue: 10
                replicas: 3
                streamsPerConnection: 250
                watchCache: {events: 100..200, fresh: 7s}
                memoryPerWatch: 5Ki..1M
              cluster: {nodes: 2, namespaces: 3}
              configMaps: {count: 20, keys: 2, size: {uniform: {min: 10, max: 1Ki}}, immutable: 12.5%}
              secrets: {count: 5, size: 1k}
              pods:
                perNode: 3
                references: {env: 4, envFrom: 5, volumes: 6, secrets: 50%, popularity: uniform, kubeRootCA: false}
                churn: {percent: 20%, cycles: 3, delay: 5s, deleteDelay: 1s, duration: 1m, mode: objects, qps: 20, burst: 30}
              updates: {rate: 30/m, popularity: {zipf: 0.9}, secrets: 10%}
            """;

    @Test
    void readsEveryField() throws ScenarioException {
        Scenario scenario = read(FULL);
        ScenarioSpec spec = scenario.spec();
        assertThat(scenario.metadata()).isEqualTo(new Scenario.Metadata("full", "one line"));
        assertThat(spec.seed()).isEqualTo(-7);
        assertThat(spec.duration()).isEqualTo(Duration.ofSeconds(90));
        assertThat(spec.warmup()).isEqualTo(Duration.ofSeconds(10));
        assertThat(spec.transport()).isEqualTo(Transport.VIRTUAL);
        assertThat(spec.strategy()).isEqualTo(Strategy.CACHE);
        assertThat(spec.kubernetesVersion()).isEqualTo("1.30");
        assertThat(spec.kubelet())
                .isEqualTo(new ScenarioSpec.Kubelet(
                        Duration.ofSeconds(10),
                        new Ttl.Fixed(Duration.ofSeconds(15)),
                        5,
                        10,
                        Duration.ofSeconds(20),
                        ScenarioSpec.EnvNames.RELAXED,
                        true,
                        ScenarioSpec.Starts.TOGETHER));
        assertThat(spec.apiServer())
                .isEqualTo(new ScenarioSpec.ApiServer(
                        new ScenarioSpec.Latency(
                                new Distribution.LogNormal(2_000_000, 30_000_000),
                                new Distribution.Constant(3_000_000),
                                new Distribution.Uniform(1_000_000, 2_000_000),
                                new Distribution.Exponential(1_500_000)),
                        40,
                        10,
                        3,
                        250,
                        new ScenarioSpec.WatchCache(new Range(100, 200), Duration.ofSeconds(7)),
                        new Range(5 * 1024, 1_000_000)));
        assertThat(spec.cluster()).isEqualTo(new ScenarioSpec.Cluster(2, 3));
        assertThat(spec.configMaps())
                .isEqualTo(new ScenarioSpec.Objects(20, 2, new Distribution.Uniform(10, 1024), new Share(125_000)));
        assertThat(spec.secrets().size()).isEqualTo(new Distribution.Constant(1000));
        assertThat(spec.pods())
                .isEqualTo(new ScenarioSpec.Pods(
                        3,
                        new ScenarioSpec.References(4, 5, 6, Share.percent(50), new Popularity.Uniform(), false),
                        new Churn.Cycles(
                                Share.percent(20),
                                3,
                                Duration.ofSeconds(5),
                                Duration.ofSeconds(1),
                                Duration.ofMinutes(1),
                                Churn.Mode.OBJECTS,
                                20,
                                30)));
        assertThat(spec.updates().rate().perSecond()).isEqualTo(0.5);
        assertThat(spec.updates().popularity()).isEqualTo(new Popularity.Zipf(0.9));
        assertThat(spec.updates().secrets()).isEqualTo(Share.percent(10));
    }

    @Test
    void whatIsLeftOutHasTheKubeletsDefaults() throws ScenarioException {
        ScenarioSpec spec = read("{apiVersion: kubechurn.dev/v1, kind: Scenario, metadata: {name: t}}")
                .spec();
        assertThat(spec.strategy()).isEqualTo(Strategy.WATCH);
        assertThat(spec.kubelet().syncFrequency()).isEqualTo(Duration.ofMinutes(1));
        assertThat(spec.kubelet().ttl()).isEqualTo(new Ttl.ByClusterSize());
        assertThat(spec.kubelet().qps()).isEqualTo(50);
        assertThat(spec.kubelet().burst()).isEqualTo(100);
        assertThat(spec.apiServer().watchCache())
                .isEqualTo(new ScenarioSpec.WatchCache(new Range(100, 102_400), Duration.ofSeconds(75)));
    }

    /** Line 5 is the first below {@code spec:}. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            updates: {rat: 5/s}           | unknown field "updates.rat"; did you mean "rate"?
            updatez: {rate: 5/s}          | unknown field "spec.updatez"; did you mean "updates"?
            pods: {pernode: 5}            | unknown field "pods.pernode"; did you mean "perNode"?
            cluster: {colour: red}        | unknown field "cluster.colour"; available: nodes, namespaces
            pods: {churn: {rte: 1/s}}     | unknown field "pods.churn.rte"; did you mean "rate"?
            duration: 20 parsecs          | "spec.duration": "20 parsecs" is not a duration; write it like 90s, 1m30s or 2h
            duration: 20                  | "spec.duration": "20" is a number; it must be a duration like 90s, 1m30s or 2h
            duration: -3s                 | "spec.duration": "-3s" is negative
            duration: 0s                  | "spec.duration": "0s" is out of range: it must be between 1ms and 720h
            duration: [1s]                | "spec.duration" is a list; it must be a duration like 90s, 1m30s or 2h
            duration:                     | "spec.duration" is empty; it must be a duration like 90s, 1m30s or 2h
            updates: {rate: -5/s}         | "updates.rate": "-5/s" is negative; a rate is 0/s or more
            updates: {rate: 5}            | "updates.rate": "5" is a number; it must be a rate like 10/s, 5/m or 100/h
            updates: {rate: 5/d}          | "updates.rate": "5/d" is not a rate; write it like 10/s, 5/m or 100/h
            updates: {rate: 100001/s}     | "updates.rate": "100001/s" is out of range: it must be between 0 and 100000 events per unit
            configMaps: {immutable: 101%} | "configMaps.immutable": "101%" is out of range: it must be between 0% and 100%
            configMaps: {immutable: -1%}  | "configMaps.immutable": "-1%" is out of range: it must be between 0% and 100%
            configMaps: {immutable: 10}   | "configMaps.immutable": "10" is a number; it must be a percentage like 10%
            configMaps: {size: 2Mi}       | "configMaps.size": "2Mi" is out of range: it must be between 0 and 1Mi
            configMaps: {size: 1KB}       | "configMaps.size": "1KB" is not a quantity of bytes; write it like 512, 1Ki, 100Ki or 1M
            configMaps: {size: 0.5}       | "configMaps.size": "0.5" is a number; it must be a quantity of bytes like 512, 1Ki or 1M, {exponential: …}, {lognormal: {median: …, p99: …}} or {uniform: {min: …, max: …}}
            configMaps: {size: 1Ki..1}    | "configMaps.size": "1Ki..1" is not a range; write the smaller end first, as in 1..2
            configMaps: {size: {gauss: 1}} | unknown field "configMaps.size.gauss"; available: exponential, lognormal, uniform
            configMaps: {size: {lognormal: {median: 2Ki, p99: 1Ki}}} | "configMaps.size.lognormal.p99" is less than the median
            configMaps: {size: {lognormal: {median: 2Ki}}} | "configMaps.size.lognormal.p99" is missing; it must be a quantity of bytes like 512, 1Ki or 1M
            configMaps: {count: 10000001} | "configMaps.count": "10000001" is out of range: it must be between 0 and 10000000
            cluster: {nodes: 0}           | "cluster.nodes": "0" is out of range: it must be between 1 and 100000
            cluster: {nodes: 100001}      | "cluster.nodes": "100001" is out of range: it must be between 1 and 100000
            cluster: {nodes: 99999999999999999999999} | "cluster.nodes": "99999999999999999999999" is out of range: it must be between 1 and 100000
            cluster: {nodes: 010}         | "cluster.nodes": "010" is not a whole number in decimal
            cluster: {nodes: "10"}        | "cluster.nodes": "10" is text; it must be a whole number
            cluster: {nodes: many}        | "cluster.nodes": "many" is text; it must be a whole number
            cluster: 20                   | "spec.cluster" is a number; it must be a mapping with fields such as "nodes"
            pods: {perNode: 1001}         | "pods.perNode": "1001" is out of range: it must be between 0 and 1000
            pods: {references: {kubeRootCA: 'yes'}} | "pods.references.kubeRootCA": "yes" is text; it must be true or false
            pods: {references: {popularity: zipf}}  | "pods.references.popularity": "zipf" is not one of uniform
            pods: {references: {popularity: {zipf: 0}}} | "pods.references.popularity.zipf" is out of range: it must be more than 0 and at most 10
            pods: {churn: 5/s}            | "pods.churn" is text; it must be {rate, lifetime} or {percent, cycles, delay, deleteDelay, duration, mode, qps, burst}
            pods: {churn: {rate: 5/s, percent: 3%}} | "pods.churn" mixes fields that exclude each other; it must be {rate, lifetime} or {percent, cycles, delay, deleteDelay, duration, mode, qps, burst}
            pods: {churn: {}}             | "pods.churn" is an empty mapping; it must be {rate, lifetime} or {percent, cycles, delay, deleteDelay, duration, mode, qps, burst}
            strategy: watch               | "spec.strategy": "watch" is not one of Watch, Cache, Get; did you mean "Watch"?
            transport: pigeon             | "spec.transport": "pigeon" is not one of mock, virtual, cluster
            kubernetesVersion: "2.0"      | "spec.kubernetesVersion": "2.0" is not a version like 1.34
            apiServer: {memoryPerWatch: 2Ki..1Ki} | "apiServer.memoryPerWatch": "2Ki..1Ki" is not a range; write the smaller end first, as in 1..2
            apiServer: {watchCache: {events: 1..2..3}} | "apiServer.watchCache.events": "1..2..3" is not a range; write it like 1..2
            warmup: 60s                   | "spec.warmup" is 1m, but must be shorter than the duration of 1m
            faults: {at: 20s}             | "spec.faults" is a mapping; it must be a list
            faults: [drop]                | "spec.faults[0]" is text; write it like {at: 20s, dropWatches: {fraction: 50%}}
            faults: [{at: 2s, dropWatches: {}}, {at: 20s}] | "spec.faults[1]" has no fault; add one of dropWatches, compact, error, delay, partition, restartServer, slowWatchers, staleReads, jumpClocks, restartKubelets, loseNodes
            faults: [{dropWatches: {}}]   | "spec.faults[0]" has no time; set either at or every, such as at: 20s
            faults: [{at: 1s, every: 1s, dropWatches: {}}] | "spec.faults[0]" has both at and every; set either at or every, such as at: 20s
            faults: [{at: 1s, dropWatches: {}, compact: {}}] | "spec.faults[0]" has more than one fault; write a separate item for each
            faults: [{at: 1s, dropWatches: {fraction: 5}}] | "faults[0].dropWatches.fraction": "5" is a number; it must be a percentage like 10%
            faults: [{at: 1s, partition: {nodes: 10%}}] | "faults[0].partition.for" is missing; it must be a duration like 90s, 1m30s or 2h
            faults: [{at: 61s, dropWatches: {}}] | "spec.faults" has a fault that first occurs after 1m1s, but the run ends after 1m
            secrets: {count: 0}           | "pods.references.secrets" is 25%, but there are no Secrets; set it to 0%
            configMaps: {count: 3}        | "configMaps.count" is less than cluster.namespaces, 5: pods reference objects in their own namespace, and some would find none
            """)
    void tellsWhatIsWrongWhereAndHowToMendIt(String line, String message) {
        assertThat(problems(HEAD + "  " + line + "\n")).containsExactly("scenario.yaml:5: " + message);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            apiVersion: v1\\nkind: Scenario\\nmetadata: {name: t} | scenario.yaml:1: "apiVersion": "v1" is not kubechurn.dev/v1
            apiVersion: kubechurn.dev/v1\\nkind: Pod\\nmetadata: {name: t} | scenario.yaml:2: "kind": "Pod" is not Scenario
            apiVersion: kubechurn.dev/v1\\nkind: Scenario | scenario.yaml:1: "metadata" is missing
            apiVersion: kubechurn.dev/v1\\nkind: Scenario\\nmetadata: {} | scenario.yaml:3: "metadata.name" is missing; it must be a name like steady-churn
            apiVersion: kubechurn.dev/v1\\nkind: Scenario\\nmetadata: {name: A b} | scenario.yaml:3: "metadata.name": "A b" is not a name like steady-churn
            kind: Scenario\\nmetadata: {name: t} | scenario.yaml:1: "apiVersion" is missing; it must be kubechurn.dev/v1
            # nothing | scenario.yaml: is empty; a scenario starts with apiVersion: kubechurn.dev/v1
            a: 1\\n---\\nb: 2 | scenario.yaml:3: a second document begins here; a scenario must be a single document
            just text | scenario.yaml:1: the document is text; it must be a mapping with fields such as "apiVersion"
            kind: Scenario\\nkind: Scenario | scenario.yaml:2: field "kind" is duplicated; it is first set on line 1
            """)
    void tellsWhatIsNoScenario(String text, String message) {
        assertThat(problems(text.replace("\\n", "\n"))).containsExactly(message);
    }

    @Test
    void tellsAllProblemsAtOnceUpToABound() {
        assertThat(problems(HEAD + "  duration: x\n  cluster: {nodes: 0, namspaces: 3}\n  warmup: 9h\n"))
                .extracting(line -> line.substring(0, line.indexOf(' ')))
                .containsExactly("scenario.yaml:5:", "scenario.yaml:6:", "scenario.yaml:6:");
        String unknown =
                IntStream.range(0, 30).mapToObj("  x%d: 1\n"::formatted).collect(Collectors.joining());
        assertThat(problems(HEAD + unknown)).hasSize(21).endsWith("and 10 more");
    }

    @Test
    void cutsWhatIsTooLongToShow() {
        assertThat(problems(HEAD + "  duration: " + "y".repeat(5000) + "\n"))
                .singleElement()
                .asString()
                .hasSizeLessThan(200)
                .contains("yyy…");
    }

    @Test
    void refusesFilesThatAreNoText(@TempDir Path folder) throws Exception {
        Path file = Files.write(folder.resolve("s.yaml"), new byte[] {0, 1, 2, (byte) 0x80});
        assertThatThrownBy(() -> ScenarioReader.read(file, Overrides.none()))
                .isInstanceOf(ScenarioException.class)
                .hasMessage(file + ": is not valid UTF-8; YAML files must be UTF-8");
        Path none = folder.resolve("none.yaml");
        assertThatThrownBy(() -> ScenarioReader.read(none, Overrides.none())).hasMessage(none + ": no such file");
        Path big = Files.writeString(folder.resolve("big.yaml"), "#".repeat((1 << 20) + 1));
        assertThatThrownBy(() -> ScenarioReader.read(big, Overrides.none()))
                .hasMessage(big + ": is too large; the limit is 1024 KiB");
    }

    private static Scenario read(String text) throws ScenarioException {
        return ScenarioReader.read("scenario.yaml", text, Overrides.none());
    }

    private static List<String> problems(String text) {
        return catchThrowableOfType(ScenarioException.class, () -> read(text)).problems();
    }
}
