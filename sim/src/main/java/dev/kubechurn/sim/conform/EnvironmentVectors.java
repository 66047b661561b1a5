package dev.kubechurn.sim.conform;

import dev.kubechurn.core.api.EventRecorder;
import dev.kubechurn.core.api.ObjectKind;
import dev.kubechurn.core.env.Environment;
import dev.kubechurn.core.env.EnvironmentError;
import dev.kubechurn.core.env.EnvironmentHandler;
import dev.kubechurn.core.env.EnvironmentRequest;
import dev.kubechurn.core.env.EnvironmentResolver;
import dev.kubechurn.core.env.NameMode;
import dev.kubechurn.core.env.NodeFacts;
import dev.kubechurn.core.store.DirectStore;
import dev.kubechurn.sim.apiserver.ApiStatusException;
import dev.kubechurn.sim.apiserver.ApiStore;
import dev.kubechurn.sim.apiserver.virtual.VirtualNetwork;
import dev.kubechurn.sim.engine.VirtualTime;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Service;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Vectors of the environment of one container (rules E), with strategy Get: any strategy will do. */
final class EnvironmentVectors implements VectorRunner {

    @Override
    public boolean takes(Vector vector) {
        return vector.body().has("container");
    }

    @Override
    public void play(Vector vector) throws VectorException {
        JsonNode body = vector.body();
        List<String> events = new ArrayList<>();
        EventRecorder recorder = (pod, type, reason, message) -> events.add(told(type.text(), reason, message));
        Answer answer = resolve(vector, request(vector), recorder);
        JsonNode expect = body.path("expect");
        if (expect.has("error")) {
            compareError(expect.path("error"), answer);
        } else {
            Map<String, String> variables = new TreeMap<>();
            expect.path("env")
                    .properties()
                    .forEach(v -> variables.put(v.getKey(), v.getValue().asString()));
            Mismatch.requireEqual("the environment", variables.toString(), answer.told());
        }
        List<String> expectedEvents = expect.path("events")
                .valueStream()
                .map(event -> told(
                        event.path("type").asString(),
                        event.path("reason").asString(),
                        event.path("message").asString()))
                .toList();
        Mismatch.requireEqual("the events", expectedEvents, events);
    }

    private static void compareError(JsonNode error, Answer answer) {
        EnvironmentError actual = answer.error;
        String expectedKind = error.path("kind").asString();
        if (actual == null) {
            throw new Mismatch("the outcome", "error " + expectedKind, answer.told());
        }
        Mismatch.requireEqual("the kind of error", expectedKind, actual.kind());
        String part = error.path("messageContains").asString("");
        if (!actual.message().contains(part)) {
            throw new Mismatch("the error's message", "…" + part + "…", actual.message());
        }
    }

    private static Answer resolve(Vector vector, EnvironmentRequest request, EventRecorder recorder)
            throws VectorException {
        VirtualTime time = new VirtualTime();
        ApiStore store = new ApiStore(
                ApiStore.Limits.DEFAULT, time, InstantSource.fixed(Instant.EPOCH), new SplittableRandom(0));
        create(vector, "configMaps", ConfigMap.class, store);
        create(vector, "secrets", Secret.class, store);
        VirtualNetwork network = new VirtualNetwork(store, time);
        try (DirectStore<ConfigMap> configMaps = new DirectStore<>(network.api(ObjectKind.CONFIG_MAP));
                DirectStore<Secret> secrets = new DirectStore<>(network.api(ObjectKind.SECRET))) {
            Answer answer = new Answer();
            NameMode mode =
                    vector.body().path("mode").asString("").equals("relaxed") ? NameMode.RELAXED : NameMode.STRICT;
            new EnvironmentResolver(mode, configMaps::get, secrets::get, recorder).resolve(request, answer);
            time.runDue();
            return answer;
        }
    }

    private static void create(Vector vector, String member, Class<? extends HasMetadata> type, ApiStore store)
            throws VectorException {
        int number = 0;
        for (JsonNode object : vector.body().path(member)) {
            try {
                store.create(KubernetesJson.read(vector, object, type));
            } catch (ApiStatusException refusal) {
                throw VectorException.refused(vector, member + "[" + number + "]", refusal);
            }
            number++;
        }
    }

    private static EnvironmentRequest request(Vector vector) throws VectorException {
        JsonNode body = vector.body();
        List<Service> services = new ArrayList<>();
        for (JsonNode service : body.path("services")) {
            services.add(KubernetesJson.read(vector, service, Service.class));
        }
        Map<String, Quantity> allocatable = new HashMap<>();
        body.path("nodeAllocatable")
                .properties()
                .forEach(entry -> allocatable.put(
                        entry.getKey(), new Quantity(entry.getValue().asString())));
        NodeFacts node = new NodeFacts(
                texts(body.path("hostIPs")),
                allocatable,
                services,
                body.path("servicesSynced").asBoolean(true));
        String podIp = body.path("podIP").isMissingNode() || body.path("podIP").isNull()
                ? null
                : body.path("podIP").asString();
        Pod pod = KubernetesJson.read(vector, body.path("pod"), Pod.class);
        try {
            return EnvironmentRequest.of(
                    pod, body.path("container").asString(), podIp, texts(body.path("podIPs")), node);
        } catch (IllegalArgumentException e) {
            throw new VectorException(vector, "cannot be resolved: " + e.getMessage());
        }
    }

    private static List<String> texts(JsonNode array) {
        return array.valueStream().map(JsonNode::asString).toList();
    }

    private static String told(String type, String reason, String message) {
        return type + " " + reason + ": " + message;
    }

    /** What the resolver said. */
    private static final class Answer implements EnvironmentHandler {

        private @Nullable Environment environment;
        private @Nullable EnvironmentError error;

        @Override
        public void resolved(Environment resolved) {
            environment = resolved;
        }

        @Override
        public void failed(EnvironmentError failure) {
            error = failure;
        }

        String told() {
            if (environment != null) {
                return environment.variables().toString();
            }
            return error == null ? "no response" : "error " + error.kind() + ": " + error.message();
        }
    }
}
