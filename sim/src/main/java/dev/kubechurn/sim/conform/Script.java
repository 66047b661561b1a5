package dev.kubechurn.sim.conform;

import dev.kubechurn.core.api.ApiError;
import dev.kubechurn.core.api.ObjectKey;
import dev.kubechurn.core.api.ObjectKind;
import dev.kubechurn.core.manager.ObjectManager;
import dev.kubechurn.core.pod.PodManager;
import dev.kubechurn.core.pod.PodRegistry;
import dev.kubechurn.core.store.LookupError;
import dev.kubechurn.core.store.Reader;
import dev.kubechurn.sim.apiserver.ApiStatusException;
import dev.kubechurn.sim.apiserver.ApiStore;
import dev.kubechurn.sim.apiserver.Resource;
import dev.kubechurn.sim.apiserver.virtual.KubeletVerb;
import dev.kubechurn.sim.apiserver.virtual.VirtualNetwork;
import dev.kubechurn.sim.engine.VirtualTime;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.DoubleSupplier;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * One script being played: a server, a manager of one kind and strategy, and virtual time.
 *
 * @param <T> the kind of object
 */
final class Script<T extends HasMetadata> {

    private static final Duration READ_LIMIT = Duration.ofSeconds(1);
    private static final BigDecimal MOST_SECONDS = BigDecimal.valueOf(1_000_000_000);
    private static final Map<Integer, String> REASONS = Map.of(
            403, "Forbidden",
            410, "Expired",
            429, "TooManyRequests",
            500, "InternalError",
            503, "ServiceUnavailable");

    private final Vector vector;
    private final VirtualTime time = new VirtualTime();
    private final ApiStore store =
            new ApiStore(ApiStore.Limits.DEFAULT, time, InstantSource.fixed(Instant.EPOCH), new SplittableRandom(0));
    private final VirtualNetwork network = new VirtualNetwork(store, time);
    private final ObjectKind<T> kind;
    private final Function<T, @Nullable Map<String, String>> dataOf;
    private final ObjectManager<T> manager;
    private final PodManager podManager;

    private Script(
            Vector vector, ObjectKind<T> kind, Function<T, @Nullable Map<String, String>> dataOf, DoubleSupplier random)
            throws VectorException {
        this.vector = vector;
        this.kind = kind;
        this.dataOf = dataOf;
        int number = 0;
        for (JsonNode object : vector.body().path("server").path("objects")) {
            try {
                store.create(KubernetesJson.readObject(vector, object));
            } catch (ApiStatusException refusal) {
                throw VectorException.refused(vector, "server.objects[" + number + "]", refusal);
            }
            number++;
        }
        manager = ScriptManagers.create(vector, kind, network.api(kind), time, random);
        PodRegistry other = new NobodysRegistry();
        boolean secret = kind == ObjectKind.SECRET;
        podManager = new PodManager(secret ? other : manager, secret ? manager : other);
    }

    static Script<?> of(Vector vector, DoubleSupplier random) throws VectorException {
        return vector.body().path("kind").asString("").equals("Secret")
                ? new Script<>(vector, ObjectKind.SECRET, secret -> secret.getData(), random)
                : new Script<>(vector, ObjectKind.CONFIG_MAP, configMap -> configMap.getData(), random);
    }

    void play() throws VectorException {
        int number = 0;
        for (JsonNode step : vector.body().path("steps")) {
            String where = "step " + number++ + ", " + step.path("op").asString("") + " " + about(step);
            try {
                play(step, where.strip());
            } catch (ApiStatusException refusal) {
                throw VectorException.refused(vector, where.strip(), refusal);
            }
            time.runDue();
        }
        manager.close();
    }

    private static String about(JsonNode step) {
        String name = step.path("name").asString("");
        return name.isEmpty()
                ? step.path("fault").asString("")
                : step.path("namespace").asString("") + "/" + name;
    }

    private void play(JsonNode step, String where) throws VectorException {
        String op = step.path("op").asString("");
        switch (op) {
            case "registerPod" -> manager.registerPod(pod(step.path("pod")));
            case "unregisterPod" -> manager.unregisterPod(pod(step.path("pod")));
            case "updatePods" -> podManager.updatePods(pods(step));
            case "get" -> get(step, where);
            case "server.create" -> store.create(KubernetesJson.readObject(vector, step.path("object")));
            case "server.update" -> store.update(KubernetesJson.readObject(vector, step.path("object")));
            case "server.delete" ->
                store.delete(
                        Resource.ofPlural(kind.plural()).orElseThrow(),
                        key(step).namespace(),
                        key(step).name());
            case "server.fault" -> fault(step);
            case "advance" -> time.advance(duration(step));
            case "expect" -> expect(step, where);
            default -> throw unknown("step \"" + op + "\"");
        }
    }

    private void get(JsonNode step, String where) {
        ObjectKey key = key(step);
        Answer answer = new Answer();
        manager.get(key.namespace(), key.name(), answer);
        time.runDue();
        long limit = time.nanos() + READ_LIMIT.toNanos();
        while (answer.text == null && time.nextDueNanos() <= limit) {
            time.runNext();
        }
        JsonNode expect = step.path("expect");
        String expected =
                expect.has("error") ? expect.path("error").asString("") : String.valueOf(texts(expect.path("data")));
        Mismatch.requireEqual(where, expected, answer.text == null ? "no response within a second" : answer.text);
    }

    private void fault(JsonNode step) throws VectorException {
        String fault = step.path("fault").asString("");
        switch (fault) {
            case "dropWatches" -> network.faults().dropWatches();
            case "expireWatches" -> network.faults().expireWatches();
            case "partition" -> network.faults().partition();
            case "staleReads" -> network.faults().staleReads();
            case "heal" -> network.faults().heal();
            case "failNext" -> {
                int status = step.path("status").asInt();
                String reason = REASONS.getOrDefault(status, "");
                network.faults()
                        .failNext(
                                verb(step.path("verb").asString("")),
                                new ApiError.Status(status, reason, "planted by the script: " + status),
                                step.path("times").asInt(1));
            }
            default -> throw unknown("fault \"" + fault + "\"");
        }
    }

    private void expect(JsonNode step, String where) throws VectorException {
        if (step.has("openWatches")) {
            List<String> open = network.openWatches().stream()
                    .map(watch -> watch.key().toString())
                    .toList();
            List<String> expected = step.path("openWatches")
                    .valueStream()
                    .map(JsonNode::asString)
                    .toList();
            Mismatch.requireEqual(where + "openWatches", expected, open);
        }
        for (Map.Entry<String, JsonNode> reference : step.path("references").properties()) {
            String[] parts = reference.getKey().split("/", -1);
            if (parts.length != 2) {
                throw unknown("object \"" + reference.getKey() + "\": write namespace/name");
            }
            int actual = manager.references().getOrDefault(new ObjectKey(parts[0], parts[1]), 0);
            Mismatch.requireEqual(
                    where + "references of " + reference.getKey(),
                    reference.getValue().asInt(),
                    actual);
        }
        if (step.has("registeredPods")) {
            Mismatch.requireEqual(
                    where + "registeredPods", step.path("registeredPods").asInt(), manager.registeredPods());
        }
        for (Map.Entry<String, JsonNode> calls : step.path("calls").properties()) {
            Mismatch.requireEqual(
                    where + "calls of " + calls.getKey(),
                    calls.getValue().asInt(),
                    network.calls(verb(calls.getKey())));
        }
    }

    private Pod pod(JsonNode json) throws VectorException {
        return KubernetesJson.read(vector, json, Pod.class);
    }

    private List<Pod> pods(JsonNode step) throws VectorException {
        List<Pod> pods = new ArrayList<>();
        for (JsonNode json : step.path("pods")) {
            pods.add(pod(json));
        }
        return pods;
    }

    private Duration duration(JsonNode step) throws VectorException {
        String seconds = step.path("seconds").asString("");
        try {
            BigDecimal exact = new BigDecimal(seconds);
            if (exact.signum() >= 0 && exact.compareTo(MOST_SECONDS) <= 0) {
                return Duration.ofNanos(exact.movePointRight(9).longValueExact());
            }
        } catch (ArithmeticException | NumberFormatException e) {
            // told below, as a number that is too large or below zero
        }
        throw new VectorException(
                vector,
                "advances by \"" + seconds + "\" seconds: write 0 to " + MOST_SECONDS + ", with up to 9 decimals");
    }

    private static ObjectKey key(JsonNode step) {
        return new ObjectKey(
                step.path("namespace").asString(""), step.path("name").asString(""));
    }

    private KubeletVerb verb(String name) throws VectorException {
        for (KubeletVerb verb : KubeletVerb.values()) {
            if (verb.name().toLowerCase(Locale.ROOT).equals(name)) {
                return verb;
            }
        }
        throw unknown("verb \"" + name + "\"");
    }

    private static Map<String, String> texts(JsonNode data) {
        Map<String, String> texts = new TreeMap<>();
        data.properties()
                .forEach(entry -> texts.put(entry.getKey(), entry.getValue().asString()));
        return texts;
    }

    private VectorException unknown(String what) {
        return new VectorException(vector, "has an unknown " + what);
    }

    /** The answer to a read, as the vectors write it: the data, or the kind of the error. */
    private final class Answer implements Reader<T> {

        private @Nullable String text;

        @Override
        public void found(T object) {
            Map<String, String> data = dataOf.apply(object);
            text = String.valueOf(data == null ? Map.of() : new TreeMap<>(data));
        }

        @Override
        public void failed(LookupError error) {
            text = error.getClass().getSimpleName();
        }
    }

    /** The manager of the kind that the script is not about. */
    private static final class NobodysRegistry implements PodRegistry {
        @Override
        public void registerPod(Pod pod) {}

        @Override
        public void unregisterPod(Pod pod) {}
    }
}
