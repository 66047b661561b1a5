package dev.kubechurn.sim.run;

import dev.kubechurn.reports.render.Bytes;
import dev.kubechurn.sim.cluster.PodSource;
import dev.kubechurn.sim.cluster.PodTemplate;
import dev.kubechurn.sim.workload.WorkloadPlan;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/**
 * How much heap a run in virtual time needs, worked out from its plan before anything of it is made. Immutable.
 *
 * @param entries pairs of a node and an object that a pod on it names
 * @param payloadBytes of all objects together
 * @param updates in the whole run
 * @param seconds that are simulated
 */
record MemoryEstimate(int nodes, long pods, long entries, long objects, long payloadBytes, long updates, long seconds) {

    // In bytes of live heap, each measured by changing its own number alone and dividing what the heap grew by after a
    // full collection (docs/performance.md has the runs); a pod and an entry are rounded up.
    private static final long PROGRAM = 48L << 20;
    private static final long NODE = 1_500;
    private static final long POD = 1_000; // with two volumes, and its share of the specs
    private static final long ENTRY = 450; // with its reflector and both ends of its watch
    private static final long OBJECT = 1_350;
    private static final double PAYLOAD = 2; // the JSON and the typed object
    private static final long UPDATE = 32; // in the commit log
    private static final long SECOND = 400; // a point in each series

    /** A collector needs room to work in. */
    private static final double ROOM = 1.25;

    /** So many pods are drawn to see how many objects those of a node name. */
    private static final int DRAWN_PODS = 10_000;

    static MemoryEstimate of(RunPlan plan) {
        WorkloadPlan workload = plan.workload();
        long seconds = plan.duration().toSeconds();
        return new MemoryEstimate(
                plan.nodes(),
                plan.pods(),
                entries(plan),
                workload.objectCount(),
                workload.payloadBytes(),
                (long) (workload.updatesPerSecond() * seconds),
                seconds);
    }

    /** From the first pods of some nodes, evenly spread: each node's own are drawn again when it starts. */
    private static long entries(RunPlan plan) {
        long podsPerNode = Math.max(1, plan.pods() / Math.max(1, plan.nodes()));
        int sample = (int) Math.max(1, Math.min(plan.nodes(), DRAWN_PODS / podsPerNode));
        long found = 0;
        for (int i = 0; i < sample; i++) {
            int node = (int) ((long) i * plan.nodes() / sample);
            found += objectsOn(plan.workload().podsOf(node));
        }
        return found * plan.nodes() / sample;
    }

    private static int objectsOn(PodSource source) {
        Set<String> configMaps = new HashSet<>();
        Set<String> secrets = new HashSet<>();
        for (int slot = 0; slot < source.slots(); slot++) {
            PodTemplate pod = source.next(slot);
            pod.prepared().configMaps().forEach(name -> configMaps.add(pod.namespace() + "/" + name));
            pod.prepared().secrets().forEach(name -> secrets.add(pod.namespace() + "/" + name));
        }
        return configMaps.size() + secrets.size();
    }

    long bytes() {
        return fixedBytes() + clusterBytes();
    }

    /** What does not depend on the number of nodes. */
    private long fixedBytes() {
        return PROGRAM + objects * OBJECT + (long) (payloadBytes * PAYLOAD) + updates * UPDATE + seconds * SECOND;
    }

    private long clusterBytes() {
        return nodes * NODE + pods * POD + entries * ENTRY;
    }

    /**
     * Refuses a run that cannot fit.
     *
     * @param maxBytes of the heap
     * @throws UnsupportedScenarioException if it cannot, saying what would help
     */
    void requireFits(long maxBytes) {
        if (bytes() <= maxBytes) {
            return;
        }
        long heapGigabytes = (long) Math.ceil(bytes() * ROOM / (1L << 30));
        long nodesThatFit = (long) (nodes * (maxBytes / ROOM - fixedBytes()) / clusterBytes());
        String fewer =
                nodesThatFit < 1 ? "a smaller scenario" : "fewer nodes (--set cluster.nodes=" + nodesThatFit + ")";
        throw new UnsupportedScenarioException(String.format(
                Locale.ROOT,
                "the run needs about %s for %,d nodes, %,d pods and %,d objects on them, but the heap is %s;"
                        + " use --heap %dg, or %s",
                Bytes.format(bytes()),
                nodes,
                pods,
                entries,
                Bytes.format(maxBytes),
                heapGigabytes,
                fewer));
    }
}
