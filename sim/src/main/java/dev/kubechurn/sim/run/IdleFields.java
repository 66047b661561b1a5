package dev.kubechurn.sim.run;

import dev.kubechurn.sim.scenario.Overrides;
import dev.kubechurn.sim.scenario.Scenario;
import dev.kubechurn.sim.scenario.ScenarioException;
import dev.kubechurn.sim.scenario.ScenarioReader;
import dev.kubechurn.sim.scenario.Transport;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Says which fields of a scenario its transport has no use for: a reader of the result must not think otherwise. */
final class IdleFields {

    private static final List<String> OVER_HTTP = List.of(
            "kubelet.qps",
            "kubelet.burst",
            "kubelet.nodeStatusFrequency",
            "apiServer.latency",
            "apiServer.maxInFlight",
            "apiServer.queue",
            "apiServer.replicas",
            "apiServer.streamsPerConnection");

    private IdleFields() {}

    /** One line for the result; empty where every field has its effect. */
    static Optional<String> note(Scenario scenario) {
        if (scenario.spec().transport() == Transport.VIRTUAL) {
            return Optional.empty();
        }
        String idle = scenario.spec().transport() == Transport.MOCK
                ? "ignored over HTTP: kubelet.qps, .burst and .nodeStatusFrequency,"
                        + " and apiServer except watchCache and memoryPerWatch"
                : "ignored on a cluster: kubelet.qps, .burst and .nodeStatusFrequency, and apiServer except"
                        + " memoryPerWatch";
        Map<String, String> defaults = defaults().parameters();
        String set = scenario.parameters().entrySet().stream()
                .filter(field -> isIdle(field.getKey()) && !field.getValue().equals(defaults.get(field.getKey())))
                .map(field -> field.getKey() + "=" + field.getValue())
                .collect(Collectors.joining(", "));
        return Optional.of(set.isEmpty() ? idle : idle + "; this scenario sets " + set);
    }

    private static boolean isIdle(String path) {
        return OVER_HTTP.stream().anyMatch(field -> path.equals(field) || path.startsWith(field + "."));
    }

    private static Scenario defaults() {
        String bare = "{apiVersion: " + Scenario.API_VERSION + ", kind: " + Scenario.KIND + ", metadata: {name: bare}}";
        try {
            return ScenarioReader.read("defaults", bare, Overrides.none());
        } catch (ScenarioException e) {
            throw new IllegalStateException("the default scenario is invalid", e);
        }
    }
}
