package dev.kubechurn.sim.manifests;

import dev.kubechurn.core.api.ObjectKey;
import dev.kubechurn.sim.manifests.Manifests.ObjectName;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The objects that pods refer to and that are in no file, each with the place that names it first.
 *
 * @param created at least one pod does not start without
 * @param leftOut all references are optional
 */
record MissingObjects(Map<ObjectName, String> created, Map<ObjectName, String> leftOut) {

    static MissingObjects of(List<WorkloadPods> templates, Collection<ObjectName> given) {
        Map<ObjectName, String> created = new LinkedHashMap<>();
        Map<ObjectName, String> leftOut = new LinkedHashMap<>();
        for (WorkloadPods template : templates) {
            for (PodReference reference : template.references()) {
                ObjectName name =
                        new ObjectName(reference.kind(), new ObjectKey(template.namespace(), reference.name()));
                if (!given.contains(name)) {
                    String place = template.title() + ", " + reference.place();
                    (reference.optional() ? leftOut : created).putIfAbsent(name, place);
                }
            }
        }
        leftOut.keySet().removeAll(created.keySet());
        return new MissingObjects(created, leftOut);
    }

    List<String> notes() {
        List<String> notes = new ArrayList<>();
        created.forEach((name, place) -> notes.add(name + " is not in any file and was created empty, for " + place));
        leftOut.forEach((name, place) ->
                notes.add(name + " is not in any file and was left out, because it is optional in " + place));
        return notes;
    }
}
