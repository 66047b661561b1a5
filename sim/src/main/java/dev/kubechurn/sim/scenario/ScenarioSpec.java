package dev.kubechurn.sim.scenario;

import java.time.Duration;
import java.util.List;

/**
 * All that a run simulates. The ranges of single fields stand in {@link ScenarioDescription}; the rules between fields
 * are checked here.
 *
 * @param seed of all randomness
 * @param duration in simulated time, warmup included
 * @param warmup excluded from the figures
 * @param kubernetesVersion such as {@code 1.34}; what differs by version follows it
 * @param faults what goes wrong, each by itself
 */
public record ScenarioSpec(
        long seed,
        Duration duration,
        Duration warmup,
        Transport transport,
        Strategy strategy,
        String kubernetesVersion,
        Kubelet kubelet,
        ApiServer apiServer,
        Cluster cluster,
        Objects configMaps,
        Objects secrets,
        Pods pods,
        Volumes volumes,
        Updates updates,
        List<Fault> faults) {

    public ScenarioSpec {
        faults = List.copyOf(faults);
        if (warmup.compareTo(duration) >= 0) {
            throw new RuleViolation(
                    "is " + Durations.format(warmup) + ", but must be shorter than the duration of "
                            + Durations.format(duration),
                    "warmup",
                    "duration");
        }
        for (Fault fault : faults) {
            Duration first = fault.moments().first();
            if (first.compareTo(duration) >= 0) {
                throw new RuleViolation(
                        "has a fault that first occurs after " + Durations.format(first) + ", but the run ends after "
                                + Durations.format(duration),
                        "faults",
                        "duration");
            }
        }
        Share ofSecrets = pods.references.secrets;
        if (pods.perNode > 0 && pods.references.perPod() > 0) {
            requireTargets(ofSecrets, "pods.references.secrets", cluster, configMaps, secrets);
        }
        if (!updates.rate.isZero()) {
            requireAny(updates.secrets, "updates.secrets", configMaps, secrets);
        }
    }

    private static void requireTargets(
            Share ofSecrets, String field, Cluster cluster, Objects configMaps, Objects secrets) {
        requireAny(ofSecrets, field, configMaps, secrets);
        if (!ofSecrets.equals(Share.percent(100)) && configMaps.count < cluster.namespaces) {
            throw tooFew("configMaps.count", cluster);
        }
        if (!ofSecrets.equals(Share.NONE) && secrets.count < cluster.namespaces) {
            throw tooFew("secrets.count", cluster);
        }
    }

    private static void requireAny(Share ofSecrets, String field, Objects configMaps, Objects secrets) {
        if (!ofSecrets.equals(Share.NONE) && secrets.count == 0) {
            throw new RuleViolation(
                    "is " + ofSecrets + ", but there are no Secrets; set it to 0%", field, "secrets.count");
        }
        if (!ofSecrets.equals(Share.percent(100)) && configMaps.count == 0) {
            throw new RuleViolation(
                    "is " + ofSecrets + ", but there are no ConfigMaps for the rest; set it to 100%",
                    field,
                    "configMaps.count");
        }
    }

    private static RuleViolation tooFew(String field, Cluster cluster) {
        return new RuleViolation(
                "is less than cluster.namespaces, " + cluster.namespaces
                        + ": pods reference objects in their own namespace, and some would find none",
                field,
                "cluster.namespaces");
    }

    /**
     * What may be set on every kubelet.
     *
     * @param nodeStatusFrequency from one sign of life to the next; 0: none are sent
     */
    public record Kubelet(
            Duration syncFrequency,
            Ttl ttl,
            int qps,
            int burst,
            Duration nodeStatusFrequency,
            EnvNames envNames,
            boolean watchList,
            Starts starts) {}

    /** Which keys may be names of environment variables. */
    public enum EnvNames {
        STRICT,
        RELAXED
    }

    /** When the kubelets start: each at a random moment of the first four fifths of the warmup, or all at once. */
    public enum Starts {
        STAGGERED,
        TOGETHER
    }

    /**
     * The model of the API server.
     *
     * @param maxInFlight requests at once; watches do not count
     * @param queue requests that wait for a place; more are answered 429
     * @param streamsPerConnection 0: no limit; a connection carries all of a kubelet's requests
     * @param memoryPerWatch in bytes; a range, because nobody knows the figure
     */
    public record ApiServer(
            Latency latency,
            int maxInFlight,
            int queue,
            int replicas,
            int streamsPerConnection,
            WatchCache watchCache,
            Range memoryPerWatch) {}

    /** Service times in nanoseconds: of a get, of a list, until a watch stands, and of a commit's event on its way. */
    public record Latency(Distribution get, Distribution list, Distribution watch, Distribution event) {}

    /**
     * The server's window of past events.
     *
     * @param events how many it may hold: it grows from min to max
     * @param fresh events younger than this are never dropped while the window can grow
     */
    public record WatchCache(Range events, Duration fresh) {}

    /** The size of the cluster. */
    public record Cluster(int nodes, int namespaces) {}

    /**
     * ConfigMaps or Secrets, dealt out evenly over the namespaces.
     *
     * @param count in the whole cluster
     * @param keys in each object
     * @param size in bytes of one object's payload, all keys together
     * @param immutable the share that is marked immutable
     */
    public record Objects(int count, int keys, Distribution size, Share immutable) {}

    /** The pods of one node, what they refer to, and how they come and go. */
    public record Pods(int perNode, References references, Churn churn) {}

    /**
     * What each pod refers to.
     *
     * @param env variables from a single key
     * @param envFrom objects taken whole into the environment
     * @param volumes objects mounted
     * @param secrets the share of these that goes to Secrets; the rest goes to ConfigMaps
     * @param kubeRootCA whether each pod mounts its namespace's {@code kube-root-ca.crt} too, as service accounts have it
     */
    public record References(
            int env, int envFrom, int volumes, Share secrets, Popularity popularity, boolean kubeRootCA) {

        /** References of one pod, without that to {@code kube-root-ca.crt}. */
        public int perPod() {
            return env + envFrom + volumes;
        }
    }

    /**
     * What kubelets do with volumes beyond making their payloads.
     *
     * @param write whether the files are written, as kubelets do, below a temporary directory
     */
    public record Volumes(boolean write) {}

    /**
     * Changes of objects while pods use them.
     *
     * @param rate of the whole cluster
     * @param secrets the share that hits Secrets; the rest hits ConfigMaps
     * @param deletions the share that deletes the object instead, be it immutable or not
     * @param absence from a deletion until the object is made anew, with new content
     */
    public record Updates(
            Rate rate, Popularity popularity, Share secrets, Share deletions, Duration absence, Duration retryFor) {}
}
