package dev.kubechurn.sim.manifests;

import dev.kubechurn.sim.yaml.YamlNode;
import dev.kubechurn.sim.yaml.YamlNode.Entry;
import dev.kubechurn.sim.yaml.YamlNode.Kind;
import dev.kubechurn.sim.yaml.YamlNode.Mapping;
import dev.kubechurn.sim.yaml.YamlNode.Scalar;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The kinds of objects that make pods: where each keeps the pod's template and the number of pods. */
enum Workload {
    DEPLOYMENT("Deployment", "apps,extensions", "spec.template", "spec", "replicas"),
    STATEFUL_SET("StatefulSet", "apps", "spec.template", "spec", "replicas"),
    REPLICA_SET("ReplicaSet", "apps,extensions", "spec.template", "spec", "replicas"),
    DAEMON_SET("DaemonSet", "apps,extensions", "spec.template", "spec", null),
    JOB("Job", "batch", "spec.template", "spec", "parallelism"),
    CRON_JOB("CronJob", "batch", "spec.jobTemplate.spec.template", "spec.jobTemplate.spec", "parallelism"),
    POD("Pod", "", "", "", null);

    private static final int MAX_REPLICAS = 1_000_000;

    private final String kind;
    private final String groups;
    private final String template;
    private final String counted;
    private final @Nullable String count;

    /**
     * @param groups of the API, with commas between
     * @param template the path to what has a pod's metadata and spec
     * @param counted the path to what has the count
     * @param count the field; null: always one
     */
    Workload(String kind, String groups, String template, String counted, @Nullable String count) {
        this.kind = kind;
        this.groups = groups;
        this.template = template;
        this.counted = counted;
        this.count = count;
    }

    static Optional<Workload> of(String kind, String group) {
        for (Workload workload : values()) {
            if (workload.kind.equals(kind)
                    && List.of(workload.groups.split(",", -1)).contains(group)) {
                return Optional.of(workload);
            }
        }
        return Optional.empty();
    }

    boolean daemon() {
        return this == DAEMON_SET;
    }

    String templatePath() {
        return template;
    }

    @Nullable
    Mapping template(Mapping object) {
        return descend(object, template);
    }

    /**
     * The number of pods at once: one unless the object says otherwise.
     *
     * @throws Misfit if what it says is no sensible number
     */
    int replicas(Mapping object) throws Misfit {
        Mapping holder = descend(object, counted);
        int replicas = holder == null || count == null ? 1 : number(holder, count, 1);
        boolean job = "parallelism".equals(count);
        return holder != null && job ? Math.min(replicas, number(holder, "completions", replicas)) : replicas;
    }

    private static int number(Mapping holder, String field, int byDefault) throws Misfit {
        Entry entry = holder.find(field);
        if (entry == null || (entry.value() instanceof Scalar scalar && scalar.kind() == Kind.NULL)) {
            return byDefault;
        }
        if (entry.value() instanceof Scalar scalar && scalar.kind() == Kind.INTEGER) {
            if (scalar.plain() instanceof Integer value && value >= 0 && value <= MAX_REPLICAS) {
                return value;
            }
        }
        throw new Misfit(entry.origin(), "spec." + field + " is not a number between 0 and " + MAX_REPLICAS);
    }

    private static @Nullable Mapping descend(Mapping from, String path) {
        YamlNode node = from;
        for (String name : path.isEmpty() ? new String[0] : path.split("\\.", -1)) {
            Entry entry = node instanceof Mapping mapping ? mapping.find(name) : null;
            if (entry == null) {
                return null;
            }
            node = entry.value();
        }
        return node instanceof Mapping mapping ? mapping : null;
    }
}
