package dev.kubechurn.sim.apiserver.patch;

import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** RFC 7386: what is an object is merged, null takes away, and everything else takes the place of what was there. */
record MergePatch(ObjectNode patch) implements Patch {

    @Override
    public ObjectNode applyTo(ObjectNode object) {
        ObjectNode result = object.deepCopy();
        merge(result, patch);
        return result;
    }

    private static void merge(ObjectNode target, ObjectNode patch) {
        for (Map.Entry<String, JsonNode> entry : patch.properties()) {
            String name = entry.getKey();
            JsonNode value = entry.getValue();
            if (value.isNull()) {
                target.remove(name);
            } else if (value instanceof ObjectNode inner) {
                ObjectNode place =
                        target.get(name) instanceof ObjectNode there ? there : JsonNodeFactory.instance.objectNode();
                merge(place, inner);
                target.set(name, place);
            } else {
                target.set(name, value.deepCopy());
            }
        }
    }
}
