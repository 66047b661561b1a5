package dev.kubechurn.sim.manifests;

import dev.kubechurn.core.api.ObjectKey;
import dev.kubechurn.core.api.ObjectKind;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a set of manifests makes of a cluster. Immutable, but for fabric8's own objects within.
 *
 * @param templates of the pods, in the order of the files
 * @param objects the ConfigMaps and Secrets: those of the files, then those created because pods cannot do without
 * @param created the objects that are in no file
 * @param leftOut objects that are in no file and that pods do without
 * @param skipped kinds that play no part here, and how many of each there are
 * @param notes one line each, for people
 */
public record Manifests(
        List<WorkloadPods> templates,
        List<HasMetadata> objects,
        List<ObjectName> created,
        List<ObjectName> leftOut,
        Map<String, Integer> skipped,
        List<String> notes) {

    /** As long as the root certificate of a cluster is, by and large. */
    private static final String CERTIFICATE = "an example certificate\n".repeat(48);

    /** The kind, namespace and name of an object. */
    public record ObjectName(ObjectKind<?> kind, ObjectKey key) {

        /** {@code ConfigMap "namespace/name"}. */
        @Override
        public String toString() {
            return kind + " \"" + key + "\"";
        }
    }

    public Manifests {
        templates = List.copyOf(templates);
        objects = List.copyOf(objects);
        created = List.copyOf(created);
        leftOut = List.copyOf(leftOut);
        skipped = Collections.unmodifiableMap(new LinkedHashMap<>(skipped));
        notes = List.copyOf(notes);
    }

    /**
     * Reads files, and folders with all that is below them: {@code *.yaml}, {@code *.yml} and {@code *.json} in order of
     * their names.
     */
    public static Manifests read(List<Path> filesOrFolders) throws ManifestException {
        ManifestReader reader = new ManifestReader();
        for (Path file : new ManifestFiles().find(filesOrFolders)) {
            reader.read(file);
        }
        return reader.manifests();
    }

    /**
     * The same as a real cluster would run it: every pod that does not opt out also mounts its namespace's {@code
     * kube-root-ca.crt}, which is added to the objects where it is missing.
     */
    public Manifests withKubeApiAccess() {
        List<WorkloadPods> changed =
                templates.stream().map(WorkloadPods::withKubeApiAccess).toList();
        List<HasMetadata> more = new ArrayList<>(objects);
        for (String namespace : rootCaNamespaces(changed)) {
            more.add(new ConfigMapBuilder()
                    .withNewMetadata()
                    .withNamespace(namespace)
                    .withName(WorkloadPods.ROOT_CA)
                    .endMetadata()
                    .addToData("ca.crt", CERTIFICATE)
                    .build());
        }
        return new Manifests(changed, more, created, leftOut, skipped, notes);
    }

    private Set<String> rootCaNamespaces(List<WorkloadPods> changed) {
        Set<String> namespaces = new TreeSet<>();
        for (WorkloadPods template : changed) {
            boolean mounts = template.references().stream()
                    .anyMatch(reference -> reference.kind() == ObjectKind.CONFIG_MAP
                            && reference.name().equals(WorkloadPods.ROOT_CA));
            if (mounts) {
                namespaces.add(template.namespace());
            }
        }
        for (HasMetadata object : objects) {
            if (object.getMetadata().getName().equals(WorkloadPods.ROOT_CA)
                    && object.getKind().equals(ObjectKind.CONFIG_MAP.toString())) {
                namespaces.remove(object.getMetadata().getNamespace());
            }
        }
        return namespaces;
    }

    /** Figures for the terminal, in a cluster of so many nodes. */
    public ManifestSummary summary(int nodes) {
        return ManifestSummary.of(this, nodes);
    }

    /** Counts only: the objects hold secrets. */
    @Override
    public String toString() {
        return "Manifests[" + templates.size() + " templates, " + objects.size() + " objects]";
    }
}
