package dev.kubechurn.sim.workload;

import dev.kubechurn.core.api.ObjectKey;
import dev.kubechurn.core.api.ObjectKind;
import dev.kubechurn.core.api.Scheduler;
import dev.kubechurn.sim.cluster.PodSource;
import dev.kubechurn.sim.cluster.PodTemplate;
import dev.kubechurn.sim.engine.RandomStreams;
import dev.kubechurn.sim.metrics.ObjectId;
import dev.kubechurn.sim.shard.Shard;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Secret;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.IntFunction;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The objects, the pods and the changes of one run. */
public final class WorkloadPlan {

    private static final int MAX_BYTES = 1_000_000;
    private static final int ROOT_CA_BYTES = 1_100;

    private final List<ObjectPlan> objects;
    private final List<ObjectPlan> fixed;

    /** All that pods can be in. */
    private final List<String> namespaces;

    private final IntFunction<PodSource> podsByNode;
    private final Churn churn;
    private final UpdateLoad updates;
    private final RandomStreams streams;
    private final LongAdder updatesWritten = new LongAdder();
    private final LongAdder deletionsWritten = new LongAdder();

    private WorkloadPlan(
            List<ObjectPlan> objects,
            List<ObjectPlan> fixed,
            List<String> namespaces,
            IntFunction<PodSource> podsByNode,
            Churn churn,
            UpdateLoad updates,
            RandomStreams streams) {
        this.objects = objects;
        this.fixed = fixed;
        this.namespaces = namespaces;
        this.podsByNode = podsByNode;
        this.churn = churn;
        this.updates = updates;
        this.streams = streams;
    }

    /** A load of the scenario's making. */
    public static WorkloadPlan of(SyntheticLoad load, Churn churn, UpdateLoad updates, RandomStreams streams) {
        ObjectCatalog catalog = new ObjectCatalog(
                load.namespaces(), load.configMaps().count(), load.secrets().count());
        List<ObjectPlan> objects = new ArrayList<>();
        objects.addAll(made(catalog, false, load.configMaps(), streams.stream("configmaps", 0)));
        objects.addAll(made(catalog, true, load.secrets(), streams.stream("secrets", 0)));
        List<ObjectPlan> fixed =
                load.references().kubeRootCa() ? rootCas(catalog.rootCas(), streams.stream("root-ca", 0)) : List.of();
        Popularity popularity = new Popularity(load.references().zipfExponent());
        SyntheticSpecs specs = new SyntheticSpecs(load.references());
        IntFunction<PodSource> pods = node -> new SyntheticPods(
                load.podsPerNode(),
                load.references(),
                catalog,
                specs,
                popularity,
                streams.stream("pods", node),
                load.lifetimeNanos());
        List<String> namespaces = IntStream.range(0, catalog.namespaces())
                .mapToObj(catalog::namespace)
                .toList();
        return new WorkloadPlan(objects, fixed, namespaces, pods, churn, updates, streams);
    }

    /** A load read from manifests, on this many nodes. */
    public static WorkloadPlan of(
            TemplateLoad load, int nodes, Churn churn, UpdateLoad updates, RandomStreams streams) {
        List<ObjectPlan> objects = load.objects().stream()
                .map(object -> (ObjectPlan) new ObjectPlan.Given(object, isImmutable(object)))
                .toList();
        IntFunction<PodSource> pods = node -> {
            List<PodTemplate> templates = new ArrayList<>(load.daemons());
            for (int i = node; i < load.pods().size(); i += nodes) {
                templates.add(load.pods().get(i));
            }
            return new TemplatePods(templates, streams.stream("pods", node), load.lifetimeNanos());
        };
        List<String> namespaces = Stream.concat(load.daemons().stream(), load.pods().stream())
                .map(PodTemplate::namespace)
                .distinct()
                .toList();
        return new WorkloadPlan(objects, List.of(), namespaces, pods, churn, updates, streams);
    }

    /** The first version of every object. */
    public List<HasMetadata> initialObjects() {
        return initialObjects(Shard.WHOLE);
    }

    /** The first version of the objects that belong to one shard; they are the same, however many there are. */
    public List<HasMetadata> initialObjects(Shard shard) {
        SplittableRandom random = streams.stream("initial-content", 0);
        List<HasMetadata> initial = new ArrayList<>();
        int number = 0;
        for (ObjectPlan object : objects) {
            HasMetadata first = object.first(random);
            if (shard.owns(number++)) {
                initial.add(first);
            }
        }
        for (ObjectPlan object : fixed) {
            HasMetadata first = object.next(random);
            if (shard.owns(number++)) {
                initial.add(first);
            }
        }
        return initial;
    }

    /** The objects that belong to one shard, which alone writes them: dealt out in turn. */
    public Set<ObjectId> objectsOf(Shard shard) {
        Set<ObjectId> ours = new HashSet<>();
        List<ObjectPlan> all = Stream.concat(objects.stream(), fixed.stream()).toList();
        for (int number = shard.index(); number < all.size(); number += shard.count()) {
            ours.add(id(all.get(number)));
        }
        return ours;
    }

    private static ObjectId id(ObjectPlan object) {
        return ObjectId.of(object.secret() ? ObjectKind.SECRET : ObjectKind.CONFIG_MAP, object.key());
    }

    /** Those in which objects live. */
    public SortedSet<String> objectNamespaces() {
        SortedSet<String> all = new TreeSet<>();
        Stream.concat(objects.stream(), fixed.stream())
                .forEach(object -> all.add(object.key().namespace()));
        return all;
    }

    /** How many objects there are. */
    public int objectCount() {
        return objects.size() + fixed.size();
    }

    /** Of the values of all objects together. */
    public long payloadBytes() {
        return Stream.concat(objects.stream(), fixed.stream())
                .mapToLong(ObjectPlan::payloadBytes)
                .sum();
    }

    /** Of the whole cluster. */
    public double updatesPerSecond() {
        return updates.perSecond();
    }

    /** The pods of one node. */
    public PodSource podsOf(int node) {
        return podsByNode.apply(node);
    }

    /** How many pods run at a time on this many nodes. */
    public int pods(int nodes) {
        int pods = 0;
        for (int node = 0; node < nodes; node++) {
            pods += podsOf(node).slots();
        }
        return pods;
    }

    /** The churn and the updates of a part of the cluster, ready to start. */
    public Workload workload(Scheduler scheduler, ClusterPart part, ObjectWriter writer) {
        Workload workload = new Workload();
        if (churn instanceof Churn.Steady steady) {
            workload.churn(scheduler, part, steady, streams);
        } else if (part.pods() > 0) {
            SplittableRandom random = streams.stream("churn-cycles", 0);
            workload.churn(
                    new ChurnCycles(scheduler, part.everywhere().get(), namespaces, (Churn.Cycles) churn, random));
        }
        Predicate<ObjectPlan> ours = ours(part.shard());
        Deletions deletions = new Deletions(
                objects, updates, streams.stream("deletions", 0), scheduler, writer, ours, deletionsWritten);
        Updates next =
                new Updates(objects, updates, streams.stream("updates", 0), writer, deletions, ours, updatesWritten);
        workload.updates(scheduler, next, updates.perSecond(), streams.stream("update-gaps", 0));
        return workload;
    }

    private Predicate<ObjectPlan> ours(Shard shard) {
        if (shard.isWhole()) {
            return object -> true;
        }
        Set<ObjectId> ours = objectsOf(shard);
        return object -> ours.contains(id(object));
    }

    /** How many updates were written so far. */
    public long updatesWritten() {
        return updatesWritten.sum();
    }

    /** Whether objects are deleted, and made anew, as the load goes on. */
    public boolean deletes() {
        return updates.deletionsShare() > 0;
    }

    /** How many objects were deleted so far. */
    public long deletionsWritten() {
        return deletionsWritten.sum();
    }

    private static List<ObjectPlan> made(
            ObjectCatalog catalog, boolean secret, SyntheticLoad.Objects objects, SplittableRandom random) {
        List<ObjectPlan> plans = new ArrayList<>();
        for (ObjectKey key : catalog.keys(secret)) {
            boolean immutable = random.nextDouble() < objects.immutableShare();
            int bytes = (int) objects.bytes().within(objects.keys(), MAX_BYTES).next(random);
            Payload payload = new Payload(objects.keys(), bytes);
            plans.add(
                    secret
                            ? new ObjectPlan.MadeSecret(key, immutable, payload)
                            : new ObjectPlan.MadeConfigMap(key, immutable, payload));
        }
        return plans;
    }

    /** One ConfigMap for each namespace, all with the same content, which stands for a certificate. */
    private static List<ObjectPlan> rootCas(List<ObjectKey> keys, SplittableRandom random) {
        String certificate =
                String.join("", new Payload(1, ROOT_CA_BYTES).text(random).values());
        return keys.stream()
                .map(key -> (ObjectPlan) new ObjectPlan.Given(
                        new ConfigMapBuilder()
                                .withNewMetadata()
                                .withNamespace(key.namespace())
                                .withName(key.name())
                                .endMetadata()
                                .addToData("ca.crt", certificate)
                                .build(),
                        false))
                .toList();
    }

    private static boolean isImmutable(HasMetadata object) {
        return object instanceof ConfigMap configMap
                ? Boolean.TRUE.equals(configMap.getImmutable())
                : Boolean.TRUE.equals(((Secret) object).getImmutable());
    }
}
