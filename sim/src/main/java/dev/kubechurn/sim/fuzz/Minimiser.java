package dev.kubechurn.sim.fuzz;

import dev.kubechurn.sim.scenario.Fault;
import dev.kubechurn.sim.scenario.Overrides;
import dev.kubechurn.sim.scenario.Scenario;
import dev.kubechurn.sim.scenario.ScenarioException;
import dev.kubechurn.sim.scenario.ScenarioReader;
import dev.kubechurn.sim.scenario.ScenarioSpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Makes a scenario that fails smaller, one simplification at a time, as long as it fails the same way: fewer faults, nodes,
 * pods, objects and references, less time, and everything that is left as plain as can be.
 */
final class Minimiser {

    private static final int MOST_TRIALS = 400;

    /** What is plain; tried once each, where the scenario says otherwise. */
    private static final List<String> PLAIN = List.of(
            "updates.rate=0/s",
            "pods.churn={rate: 0/s, lifetime: 10h}",
            "apiServer.latency={get: 0s, list: 0s, watch: 0s, event: 0s}",
            "apiServer.latency={get: 1ms, list: 1ms, watch: 1ms, event: 1ms}",
            "apiServer.replicas=1",
            "apiServer.maxInFlight=400",
            "apiServer.queue=1000",
            "apiServer.streamsPerConnection=0",
            "apiServer.watchCache={events: 100..102400, fresh: 75s}",
            "kubelet.nodeStatusFrequency=0s",
            "kubelet.qps=50",
            "kubelet.burst=100",
            "kubelet.starts=together",
            "kubelet.ttl=auto",
            "kubelet.syncFrequency=1m",
            "kubernetesVersion=1.34",
            "warmup=0s",
            "configMaps.immutable=0%",
            "secrets.immutable=0%",
            "configMaps.size=1",
            "secrets.size=1",
            "configMaps.keys=1",
            "secrets.keys=1",
            "updates.secrets=0%",
            "updates.deletions=0%",
            "updates.absence=10s",
            "updates.popularity=uniform",
            "pods.references.secrets=0%",
            "pods.references.popularity=uniform",
            "pods.references.kubeRootCA=false");

    private final Trial trial;
    private final String what;
    private final Set<String> tried = new LinkedHashSet<>();
    private Scenario smallest;

    private Minimiser(Trial trial, Scenario scenario, String what) {
        this.trial = trial;
        this.smallest = scenario;
        this.what = what;
    }

    /**
     * What is left of a scenario.
     *
     * @param trials how many were made for it
     */
    record Minimised(Scenario scenario, int trials) {}

    /** @param what the way in which the scenario fails */
    static Minimised minimise(Trial trial, Scenario scenario, String what) throws InterruptedException {
        Minimiser minimiser = new Minimiser(trial, scenario, what);
        boolean smaller = true;
        while (smaller && minimiser.tried.size() < MOST_TRIALS) {
            smaller = minimiser.round();
        }
        return new Minimised(minimiser.smallest, minimiser.tried.size());
    }

    /** Tries everything once; whether anything has helped. */
    private boolean round() throws InterruptedException {
        boolean smaller = withoutFaults();
        smaller |= withShorterTime();
        smaller |= withLess("cluster.nodes", smallest.spec().cluster().nodes(), 1);
        smaller |= withLess("cluster.namespaces", smallest.spec().cluster().namespaces(), 1);
        smaller |= withLess("pods.perNode", smallest.spec().pods().perNode(), 0);
        smaller |= withLess("configMaps.count", smallest.spec().configMaps().count(), 0);
        smaller |= withLess("secrets.count", smallest.spec().secrets().count(), 0);
        ScenarioSpec.References references = smallest.spec().pods().references();
        smaller |= withLess("pods.references.env", references.env(), 0);
        smaller |= withLess("pods.references.envFrom", references.envFrom(), 0);
        smaller |= withLess("pods.references.volumes", references.volumes(), 0);
        for (String setting : PLAIN) {
            smaller |= attempt(setting);
        }
        return smaller;
    }

    private boolean withoutFaults() throws InterruptedException {
        boolean smaller = attempt("faults=[]");
        for (int i = smallest.spec().faults().size() - 1; i >= 0; i--) {
            smaller |= attempt("faults=" + without(i));
        }
        return smaller;
    }

    private String without(int index) {
        List<Fault> left = new ArrayList<>(smallest.spec().faults());
        left.remove(index);
        return Fault.text(left);
    }

    private boolean withShorterTime() throws InterruptedException {
        boolean smaller = false;
        for (int divisor : new int[] {8, 2}) {
            Duration shorter = smallest.spec().duration().dividedBy(divisor);
            smaller |= attempt("duration=" + Math.max(1, shorter.toMillis()) + "ms");
        }
        return smaller;
    }

    /** Nothing, then half, then one less. */
    private boolean withLess(String path, int now, int least) throws InterruptedException {
        return now > least
                && (attempt(path + "=" + least) || attempt(path + "=" + now / 2) || attempt(path + "=" + (now - 1)));
    }

    private boolean attempt(String setting) throws InterruptedException {
        Optional<Scenario> candidate = with(setting);
        if (candidate.isEmpty()
                || tried.size() >= MOST_TRIALS
                || candidate.get().equals(smallest)
                || !tried.add(candidate.get().toYaml())) {
            return false;
        }
        Outcome outcome = trial.run(candidate.get());
        if (outcome instanceof Outcome.Broken broken && broken.what().equals(what)) {
            smallest = candidate.get();
            return true;
        }
        return false;
    }

    /** Empty: that is no scenario. */
    private Optional<Scenario> with(String setting) {
        try {
            return Optional.of(ScenarioReader.read("fuzz", smallest.toYaml(), Overrides.of(List.of(setting))));
        } catch (ScenarioException e) {
            return Optional.empty();
        }
    }
}
