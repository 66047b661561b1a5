package dev.kubechurn.sim.cost;

import dev.kubechurn.core.api.ObjectKey;
import dev.kubechurn.sim.apiserver.virtual.RequestTally.Load;
import dev.kubechurn.sim.apiserver.virtual.RequestTally.Place;
import dev.kubechurn.sim.manifests.Manifests;
import dev.kubechurn.sim.manifests.PodReference;
import dev.kubechurn.sim.manifests.WorkloadPods;
import dev.kubechurn.sim.metrics.ObjectId;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Secret;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What a run of manifests cost, by workload and by object. A kubelet asks for an object once, whatever number of its pods
 * name it: what pods of one workload alone name on a node is that workload's own, the rest is shared. Own, shared and other
 * loads sum up to all that kubelets asked for; bookmarks are apart. Immutable.
 *
 * @param nodes of the cluster
 * @param workloads in the order of the manifests
 * @param shared what pods of several workloads on one node name
 * @param other what no pod names where it was asked for: nothing, as long as pods stay on their nodes
 * @param objects the dearest first
 */
public record ManifestCost(int nodes, List<Row> workloads, Cost shared, Cost other, List<ObjectRow> objects) {

    public ManifestCost {
        workloads = List.copyOf(workloads);
        objects = List.copyOf(objects);
    }

    /**
     * What was asked for at some places.
     *
     * @param watched places at which a watch was open at some time
     */
    public record Cost(long watched, Load load) {

        static final Cost NONE = new Cost(0, Load.NONE);

        Cost plus(Load more) {
            return new Cost(watched + (more.watches() > 0 ? 1 : 0), load.plus(more));
        }

        Cost plus(Cost more) {
            return new Cost(watched + more.watched, load.plus(more.load));
        }
    }

    /**
     * One workload.
     *
     * @param title {@code Deployment namespace/name}
     * @param pods in the cluster
     * @param onNodes on how many nodes they are
     * @param objects distinct ones that a pod names
     * @param own what nobody else names on the same node
     * @param sharedPlaces how many objects on nodes it shares with other workloads
     */
    public record Row(String title, int pods, int onNodes, int objects, Cost own, int sharedPlaces) {}

    /**
     * One object.
     *
     * @param onNodes on how many nodes a pod names it
     * @param use how pods use it
     * @param immutable whether it is marked so
     * @param given whether the manifests hold it; if not, somebody else makes it
     */
    public record ObjectRow(ObjectId id, int onNodes, Use use, boolean immutable, boolean given, Cost cost) {}

    /** How pods use an object. */
    public enum Use {
        /** A volume shows it: it is read again at every sync. */
        MOUNTED,
        /** Containers or the image pull take it when they start, and nobody looks again. */
        READ_ONCE
    }

    /**
     * Works out who cost what.
     *
     * @param loads of a run of these manifests on so many nodes
     */
    public static ManifestCost of(Manifests manifests, int nodes, SortedMap<Place, Load> loads) {
        return new Attribution(manifests, nodes).of(loads);
    }

    /** Everything that kubelets asked for, bookmarks aside. */
    public Cost total() {
        Cost sum = shared.plus(other);
        for (Row row : workloads) {
            sum = sum.plus(row.own());
        }
        return sum;
    }

    /** Who names what where. */
    private static final class Attribution {

        private final List<WorkloadPods> workloads;
        private final int nodes;
        private final Map<ObjectId, Boolean> immutable = new TreeMap<>();
        private final SortedMap<Place, SortedSet<Integer>> namedBy = new TreeMap<>();
        private final Map<ObjectId, Use> uses = new TreeMap<>();
        private final int[] onNodes;
        private final List<SortedSet<ObjectId>> objects = new ArrayList<>();

        Attribution(Manifests manifests, int nodes) {
            this.workloads = manifests.templates();
            this.nodes = nodes;
            this.onNodes = new int[workloads.size()];
            SortedSet<ObjectId> created = new TreeSet<>();
            manifests.created().forEach(name -> created.add(ObjectId.of(name.kind(), name.key())));
            for (HasMetadata object : manifests.objects()) {
                ObjectId id = id(object);
                if (!created.contains(id) && !id.key().name().equals(WorkloadPods.ROOT_CA)) {
                    immutable.put(id, isImmutable(object));
                }
            }
            workloads.forEach(this::readReferences);
            place();
        }

        private void readReferences(WorkloadPods workload) {
            SortedSet<ObjectId> named = new TreeSet<>();
            for (PodReference reference : workload.references()) {
                ObjectId id = ObjectId.of(reference.kind(), new ObjectKey(workload.namespace(), reference.name()));
                named.add(id);
                uses.merge(
                        id,
                        reference.mounted() ? Use.MOUNTED : Use.READ_ONCE,
                        (one, another) -> one == another ? one : Use.MOUNTED);
            }
            objects.add(named);
        }

        /** Daemons are everywhere; other pods are dealt out to the nodes in turn, as the run deals them out. */
        private void place() {
            int next = 0;
            for (int index = 0; index < workloads.size(); index++) {
                WorkloadPods workload = workloads.get(index);
                SortedSet<Integer> here = new TreeSet<>();
                for (int i = 0; i < (workload.daemon() ? nodes : workload.replicas()); i++) {
                    here.add(workload.daemon() ? i : next++ % nodes);
                }
                onNodes[index] = here.size();
                for (int node : here) {
                    for (ObjectId id : objects.get(index)) {
                        namedBy.computeIfAbsent(new Place(node, id), any -> new TreeSet<>())
                                .add(index);
                    }
                }
            }
        }

        ManifestCost of(SortedMap<Place, Load> loads) {
            Cost[] own = new Cost[workloads.size()];
            Arrays.fill(own, Cost.NONE);
            Cost shared = Cost.NONE;
            Cost other = Cost.NONE;
            Map<ObjectId, Cost> byObject = new TreeMap<>();
            for (Map.Entry<Place, Load> each : loads.entrySet()) {
                SortedSet<Integer> who = namedBy.get(each.getKey());
                if (who == null) {
                    other = other.plus(each.getValue());
                } else if (who.size() > 1) {
                    shared = shared.plus(each.getValue());
                } else {
                    own[who.first()] = own[who.first()].plus(each.getValue());
                }
                byObject.merge(each.getKey().object(), Cost.NONE.plus(each.getValue()), Cost::plus);
            }
            return new ManifestCost(nodes, rows(own), shared, other, objectRows(byObject));
        }

        private List<Row> rows(Cost[] own) {
            int[] sharedPlaces = new int[workloads.size()];
            namedBy.values().stream()
                    .filter(who -> who.size() > 1)
                    .forEach(who -> who.forEach(index -> sharedPlaces[index]++));
            List<Row> rows = new ArrayList<>();
            for (int i = 0; i < own.length; i++) {
                WorkloadPods workload = workloads.get(i);
                rows.add(new Row(
                        workload.kind() + " " + workload.namespace() + "/" + workload.name(),
                        workload.pods(nodes),
                        onNodes[i],
                        objects.get(i).size(),
                        own[i],
                        sharedPlaces[i]));
            }
            return rows;
        }

        private List<ObjectRow> objectRows(Map<ObjectId, Cost> costs) {
            Map<ObjectId, Integer> onHowMany = new TreeMap<>();
            namedBy.keySet().forEach(place -> onHowMany.merge(place.object(), 1, Integer::sum));
            List<ObjectRow> rows = new ArrayList<>();
            costs.forEach((id, cost) -> rows.add(new ObjectRow(
                    id,
                    onHowMany.getOrDefault(id, 0),
                    uses.getOrDefault(id, Use.READ_ONCE),
                    immutable.getOrDefault(id, false),
                    immutable.containsKey(id),
                    cost)));
            rows.sort(Comparator.comparingLong((ObjectRow row) -> -row.cost().watched())
                    .thenComparingLong(row -> -requests(row.cost().load()))
                    .thenComparingLong(row -> -row.cost().load().bytes())
                    .thenComparing(ObjectRow::id));
            return rows;
        }

        private static long requests(Load load) {
            return load.lists() + load.gets() + load.watches();
        }

        private static ObjectId id(HasMetadata object) {
            String plural = object instanceof Secret ? "secrets" : "configmaps";
            return new ObjectId(
                    plural,
                    new ObjectKey(
                            object.getMetadata().getNamespace(),
                            object.getMetadata().getName()));
        }

        private static boolean isImmutable(HasMetadata object) {
            return object instanceof ConfigMap configMap
                    ? Boolean.TRUE.equals(configMap.getImmutable())
                    : object instanceof Secret secret && Boolean.TRUE.equals(secret.getImmutable());
        }
    }
}
