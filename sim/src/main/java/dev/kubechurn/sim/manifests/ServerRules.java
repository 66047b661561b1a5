package dev.kubechurn.sim.manifests;

import dev.kubechurn.core.api.ObjectKey;
import dev.kubechurn.core.api.ObjectKind;
import dev.kubechurn.sim.apiserver.ApiStatusException.Cause;
import dev.kubechurn.sim.apiserver.ObjectRules;
import dev.kubechurn.sim.apiserver.Resource;
import dev.kubechurn.sim.manifests.Manifests.ObjectName;
import dev.kubechurn.sim.yaml.Origin;
import dev.kubechurn.sim.yaml.YamlNode;
import dev.kubechurn.sim.yaml.YamlNode.Entry;
import dev.kubechurn.sim.yaml.YamlNode.Mapping;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The rules by which the API server would refuse what manifests hold, asked before a run starts, and told with the line
 * of the field at fault.
 */
final class ServerRules {

    private final ObjectRules rules = new ObjectRules();

    /** Checks a ConfigMap or Secret that was read from a mapping. */
    void check(HasMetadata object, Mapping mapping) throws Misfit {
        for (Cause cause : refusals(object)) {
            throw misfit(cause, mapping);
        }
    }

    /**
     * Checks the objects that a pod does not start without: those that are in no file are created, and must be possible;
     * so must its namespace.
     *
     * @return the template
     */
    WorkloadPods checkReferences(WorkloadPods template, Mapping mapping) throws Misfit {
        check(named(ObjectKind.CONFIG_MAP, template, WorkloadPods.ROOT_CA), mapping);
        for (PodReference reference : template.references()) {
            if (reference.optional()) {
                continue;
            }
            for (Cause cause : refusals(named(reference.kind(), template, reference.name()))) {
                throw new Misfit(
                        null,
                        reference.place() + " names a " + reference.kind() + " that cannot exist: " + cause.message()
                                + "; correct the name");
            }
        }
        return template;
    }

    private HasMetadata named(ObjectKind<?> kind, WorkloadPods template, String name) {
        return ObjectConverter.empty(new ObjectName(kind, new ObjectKey(template.namespace(), name)));
    }

    private List<Cause> refusals(HasMetadata object) {
        return rules.refusals(Resource.ofKind(object.getKind()).orElseThrow(), object);
    }

    private static Misfit misfit(Cause cause, Mapping mapping) {
        String field = cause.field().equals("[]") ? "data" : cause.field();
        String problem = (field.isEmpty() ? "" : field + ": ") + cause.message() + remedy(cause);
        return new Misfit(origin(mapping, field), problem);
    }

    private static String remedy(Cause cause) {
        if (cause.reason().equals("FieldValueTooLong")) {
            return "; split the object, or shorten its values";
        } else if (cause.field().equals("metadata.name")) {
            return "; rename it, also where pods reference it";
        } else if (cause.field().equals("metadata.namespace")) {
            return "; choose another namespace";
        } else if (cause.message().contains("duplicate")) {
            return "; remove one of the two";
        }
        return cause.field().endsWith("]") ? "; rename the key" : "";
    }

    /** Where a field stands, such as {@code metadata.name} or {@code data[key]}; null if it is not in the file. */
    private static @Nullable Origin origin(Mapping mapping, String field) {
        int bracket = field.indexOf('[');
        if (bracket < 0) {
            return descend(mapping, List.of(field.split("\\.", -1)));
        }
        String map = field.substring(0, bracket);
        String key = field.substring(bracket + 1, field.length() - 1);
        Origin found = descend(mapping, List.of(map, key));
        return found == null ? descend(mapping, List.of("stringData", key)) : found;
    }

    private static @Nullable Origin descend(Mapping mapping, List<String> path) {
        YamlNode at = mapping;
        Origin origin = null;
        for (String name : path) {
            Entry entry = at instanceof Mapping fields ? fields.find(name) : null;
            if (entry == null) {
                return null;
            }
            origin = entry.origin();
            at = entry.value();
        }
        return origin;
    }
}
