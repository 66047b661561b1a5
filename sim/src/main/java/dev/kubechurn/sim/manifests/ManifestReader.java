package dev.kubechurn.sim.manifests;

import dev.kubechurn.core.api.ObjectKey;
import dev.kubechurn.sim.manifests.Manifests.ObjectName;
import dev.kubechurn.sim.yaml.Origin;
import dev.kubechurn.sim.yaml.YamlException;
import dev.kubechurn.sim.yaml.YamlNode;
import dev.kubechurn.sim.yaml.YamlNode.Entry;
import dev.kubechurn.sim.yaml.YamlNode.Kind;
import dev.kubechurn.sim.yaml.YamlNode.Mapping;
import dev.kubechurn.sim.yaml.YamlNode.Scalar;
import dev.kubechurn.sim.yaml.YamlNode.Sequence;
import dev.kubechurn.sim.yaml.YamlReader;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Collects pod templates and objects from documents, one file after another. Not thread-safe. */
final class ManifestReader {

    private static final int MAX_BYTES = 4 << 20;
    private static final int MAX_LISTS = 4;

    private final YamlReader yaml = new YamlReader(MAX_BYTES, YamlReader.RepeatedKeys.LAST_STANDS);
    private final ObjectConverter converter = new ObjectConverter();
    private final ServerRules rules = new ServerRules();
    private final Map<String, WorkloadPods> templates = new LinkedHashMap<>();
    private final Map<ObjectName, HasMetadata> objects = new LinkedHashMap<>();
    private final Set<ObjectKey> accountsWithoutToken = new HashSet<>();
    private final Map<String, Integer> skipped = new TreeMap<>();
    private final List<String> notes = new ArrayList<>();

    /** The head of a document, checked. */
    private record Head(Origin origin, String kind, String namespace, String name) {

        private ObjectKey key() {
            return new ObjectKey(namespace, name);
        }

        private String title() {
            return kind + " \"" + key() + "\"";
        }

        private ManifestException problem(Origin at, String message) {
            return new ManifestException(at + ": " + title() + ": " + message);
        }
    }

    void read(Path file) throws ManifestException {
        List<YamlNode> documents;
        try {
            documents = yaml.read(file);
        } catch (YamlException e) {
            throw new ManifestException(e.origin() + ": " + e.problem());
        }
        for (int i = 0; i < documents.size(); i++) {
            document(documents.get(i), "document " + (i + 1), "", "", MAX_LISTS);
        }
    }

    /** All that was read, completed by what pods cannot do without. */
    Manifests manifests() {
        List<WorkloadPods> all = templates.values().stream()
                .map(template -> keepsToken(template) ? template.withoutToken() : template)
                .toList();
        MissingObjects missing = MissingObjects.of(all, objects.keySet());
        List<HasMetadata> complete = new ArrayList<>(objects.values());
        missing.created().keySet().forEach(name -> complete.add(ObjectConverter.empty(name)));
        notes.addAll(missing.notes());
        return new Manifests(
                all,
                complete,
                List.copyOf(missing.created().keySet()),
                List.copyOf(missing.leftOut().keySet()),
                skipped,
                notes);
    }

    /** The pod's own word on the token counts before its service account's. */
    private boolean keepsToken(WorkloadPods template) {
        return template.spec().getAutomountServiceAccountToken() == null
                && accountsWithoutToken.contains(template.serviceAccount());
    }

    /**
     * @param place for messages
     * @param kind, apiVersion what the object is if it does not say so: items of typed lists need not
     */
    private void document(YamlNode node, String place, String kind, String apiVersion, int lists)
            throws ManifestException {
        String where = node.origin() + ": " + place;
        if (!(node instanceof Mapping mapping)) {
            throw new ManifestException(where + " is " + node.noun() + "; a Kubernetes object must be a mapping");
        }
        String ownKind = text(mapping, "kind", kind);
        if (ownKind.isEmpty()) {
            throw new ManifestException(where + " has no \"kind\"; a Kubernetes object needs apiVersion and kind");
        }
        String ownVersion = text(mapping, "apiVersion", apiVersion);
        Entry items = mapping.find("items");
        if (ownKind.endsWith("List") && (items == null || items.value() instanceof Sequence)) {
            if (lists == 0) {
                throw new ManifestException(where + " has lists nested deeper than " + MAX_LISTS + " levels");
            }
            list(items, place, ownKind, ownVersion, lists - 1);
        } else {
            object(mapping, where, ownKind, ownVersion);
        }
    }

    private void list(@Nullable Entry items, String place, String kind, String version, int lists)
            throws ManifestException {
        String itemKind = kind.substring(0, kind.length() - "List".length());
        if (items != null && items.value() instanceof Sequence sequence) {
            for (int i = 0; i < sequence.items().size(); i++) {
                document(sequence.items().get(i), place + ", item " + (i + 1), itemKind, version, lists);
            }
        }
    }

    private void object(Mapping mapping, String where, String kind, String apiVersion) throws ManifestException {
        int slash = apiVersion.indexOf('/');
        String group = slash < 0 ? "" : apiVersion.substring(0, slash);
        var workload = Workload.of(kind, group);
        var object = ObjectConverter.kind(kind, group);
        if (workload.isPresent()) {
            template(mapping, workload.get(), head(mapping, where, kind));
        } else if (object.isPresent()) {
            Head head = head(mapping, where, kind);
            ObjectName name = new ObjectName(object.get(), head.key());
            if (objects.containsKey(name)) {
                notes.add(name + " is defined twice; the last definition is used: " + head.origin());
            }
            objects.put(name, converted(() -> object(mapping, name), head));
        } else {
            if (kind.equals("ServiceAccount")
                    && text(mapping, "automountServiceAccountToken", "").equals("false")) {
                accountsWithoutToken.add(head(mapping, where, kind).key());
            }
            skipped.merge(kind, 1, Integer::sum);
        }
    }

    private HasMetadata object(Mapping mapping, ObjectName name) throws Misfit {
        HasMetadata object = converter.object(mapping, name);
        rules.check(object, mapping);
        return object;
    }

    private void template(Mapping mapping, Workload workload, Head head) throws ManifestException {
        Mapping template = workload.template(mapping);
        if (template == null) {
            throw head.problem(mapping.origin(), "has no " + workload.templatePath() + ", which must be a mapping");
        }
        PodTemplateSpec pod = converted(() -> converter.podTemplate(template, workload.templatePath()), head);
        PodSpec spec = pod.getSpec();
        if (spec == null) {
            throw head.problem(template.origin(), "its pod has no spec");
        }
        Map<String, String> labels =
                pod.getMetadata() == null ? Map.of() : pod.getMetadata().getLabels();
        int replicas = converted(() -> workload.replicas(mapping), head);
        WorkloadPods read = new WorkloadPods(
                head.kind(),
                head.name(),
                head.namespace(),
                labels == null ? Map.of() : labels,
                spec,
                replicas,
                workload.daemon());
        converted(() -> rules.checkReferences(read, mapping), head);
        WorkloadPods previous = templates.put(head.title(), read);
        if (previous != null) {
            notes.add(head.title() + " is defined twice; the last definition is used: " + head.origin());
        }
    }

    /** Something that fails when an object does not fit its type. */
    private interface Conversion<T> {
        T run() throws Misfit;
    }

    private static <T> T converted(Conversion<T> conversion, Head head) throws ManifestException {
        try {
            return conversion.run();
        } catch (Misfit e) {
            Origin at = e.origin() == null ? head.origin() : e.origin();
            throw head.problem(at, e.problem());
        }
    }

    private static Head head(Mapping mapping, String where, String kind) throws ManifestException {
        Entry entry = mapping.find("metadata");
        String name = "";
        String namespace = "";
        if (entry != null && entry.value() instanceof Mapping metadata) {
            name = text(metadata, "name", text(metadata, "generateName", "").replaceAll("-+$", ""));
            namespace = text(metadata, "namespace", "");
        }
        if (name.isEmpty()) {
            throw new ManifestException(where + " is a " + kind + " without metadata.name");
        }
        return new Head(mapping.origin(), kind, namespace.isEmpty() ? "default" : namespace, name);
    }

    private static String text(Mapping mapping, String field, String byDefault) {
        Entry entry = mapping.find(field);
        return entry != null && entry.value() instanceof Scalar scalar && scalar.kind() != Kind.NULL
                ? scalar.text()
                : byDefault;
    }
}
