package dev.kubechurn.sim.scenario;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The registry of the scenarios that come with Kubechurn: the files of the folder {@code scenarios}, by name. */
public final class ReadyMadeScenarios {

    /** What {@code kubechurn run} runs when nobody says what. */
    public static final String DEFAULT = "steady-churn";

    /** What {@code kubechurn run --manifests} runs when nobody says what. */
    public static final String DEFAULT_FOR_MANIFESTS = "manifests";

    /** What {@code kubechurn run --manifests --nodes} runs when nobody says what. */
    public static final String DEFAULT_FOR_COSTS = "manifest-cost";

    private static final List<String> NAMES = List.of(
            DEFAULT,
            DEFAULT_FOR_MANIFESTS,
            DEFAULT_FOR_COSTS,
            "kube-root-ca",
            "env-only-watches",
            "immutable",
            "strategy",
            "apiserver-restart",
            "kubelet-mass-restart",
            "http2-streams",
            "config-rollout",
            "watch-restarts",
            "thresholds",
            "batch-churn",
            "high-churn-updates",
            "faulty",
            "soak",
            "settled",
            "steady-5000",
            "giant",
            "giant-hour");

    private ReadyMadeScenarios() {}

    /** In the order in which a list shows them. */
    public static List<String> names() {
        return NAMES;
    }

    public static boolean has(String name) {
        return NAMES.contains(name);
    }

    /** The name that was probably meant. */
    public static Optional<String> nearest(String name) {
        return NearestName.of(name, NAMES);
    }

    /** The scenario of that name with overrides. */
    public static Scenario read(String name, Overrides overrides) throws ScenarioException {
        if (!has(name)) {
            throw new ScenarioException(
                    List.of("no scenario named " + Problems.quoted(name) + Block.suggestion(name, NAMES)));
        }
        return ScenarioReader.read(name, text(name), overrides);
    }

    /** All of them as they are, in order. */
    public static List<Scenario> all() {
        List<Scenario> all = new ArrayList<>();
        for (String name : NAMES) {
            try {
                all.add(read(name, Overrides.none()));
            } catch (ScenarioException e) {
                throw new IllegalStateException("the ready-made scenario " + name + " is invalid", e);
            }
        }
        return all;
    }

    private static String text(String name) {
        String resource = "/scenarios/" + name + ".yaml";
        try (InputStream in = ReadyMadeScenarios.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException("resource " + resource + " is missing from this build");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the resource " + resource, e);
        }
    }
}
