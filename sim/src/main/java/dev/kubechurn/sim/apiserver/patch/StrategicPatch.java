package dev.kubechurn.sim.apiserver.patch;

import dev.kubechurn.sim.apiserver.ApiStatusException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * A merge that also merges those lists of core/v1 whose elements have a key of their own, and that knows the directives
 * {@code $patch}, {@code $retainKeys}, {@code $deleteFromPrimitiveList} and {@code $setElementOrder}.
 */
record StrategicPatch(ObjectNode patch) implements Patch {

    private static final String DIRECTIVE = "$patch";
    private static final String RETAIN = "$retainKeys";
    private static final String DELETE_FROM = "$deleteFromPrimitiveList/";
    private static final String ORDER = "$setElementOrder/";

    /** Lists by the name of their field, and what tells their elements apart; of several the first that is there. */
    private static final Map<String, List<String>> KEYS = Map.ofEntries(
            Map.entry("containers", List.of("name")),
            Map.entry("initContainers", List.of("name")),
            Map.entry("ephemeralContainers", List.of("name")),
            Map.entry("volumes", List.of("name")),
            Map.entry("env", List.of("name")),
            Map.entry("imagePullSecrets", List.of("name")),
            Map.entry("resourceClaims", List.of("name")),
            Map.entry("schedulingGates", List.of("name")),
            Map.entry("ports", List.of("containerPort", "port")),
            Map.entry("volumeMounts", List.of("mountPath")),
            Map.entry("volumeDevices", List.of("devicePath")),
            Map.entry("hostAliases", List.of("ip")),
            Map.entry("podIPs", List.of("ip")),
            Map.entry("topologySpreadConstraints", List.of("topologyKey")),
            Map.entry("ownerReferences", List.of("uid")),
            Map.entry("conditions", List.of("type")),
            Map.entry("addresses", List.of("type")));

    /** Lists of plain values that are sets. */
    private static final Set<String> SETS = Set.of("finalizers", "podCIDRs");

    @Override
    public ObjectNode applyTo(ObjectNode object) {
        return merged(object.deepCopy(), patch);
    }

    private static ObjectNode merged(ObjectNode target, ObjectNode patch) {
        String directive = patch.path(DIRECTIVE).asString("merge");
        switch (directive) {
            case "delete" -> {
                return JsonNodeFactory.instance.objectNode();
            }
            case "replace" -> target = JsonNodeFactory.instance.objectNode();
            case "merge" -> {}
            default -> throw ApiStatusException.badRequest("$patch must be merge, replace or delete");
        }
        retain(target, patch);
        for (Map.Entry<String, JsonNode> entry : patch.properties()) {
            if (!entry.getKey().startsWith("$")) {
                field(target, entry.getKey(), entry.getValue());
            }
        }
        for (Map.Entry<String, JsonNode> entry : patch.properties()) {
            if (entry.getKey().startsWith(DELETE_FROM)) {
                deleteFrom(target, entry.getKey().substring(DELETE_FROM.length()), entry.getValue());
            }
        }
        for (Map.Entry<String, JsonNode> entry : patch.properties()) {
            if (entry.getKey().startsWith(ORDER)) {
                order(target, entry.getKey().substring(ORDER.length()), entry.getValue());
            }
        }
        return target;
    }

    private static void retain(ObjectNode target, ObjectNode patch) {
        if (patch.get(RETAIN) instanceof ArrayNode kept) {
            List<String> names = new ArrayList<>();
            kept.forEach(name -> names.add(name.asString("")));
            target.retain(names);
        }
    }

    private static void field(ObjectNode target, String name, JsonNode value) {
        JsonNode there = target.get(name);
        if (value.isNull()) {
            target.remove(name);
        } else if (value instanceof ObjectNode inner) {
            boolean deletes = inner.path(DIRECTIVE).asString("").equals("delete");
            if (deletes) {
                target.remove(name);
            } else {
                ObjectNode place = there instanceof ObjectNode object ? object : JsonNodeFactory.instance.objectNode();
                target.set(name, merged(place, inner));
            }
        } else if (value instanceof ArrayNode list) {
            ArrayNode before = there instanceof ArrayNode array ? array : JsonNodeFactory.instance.arrayNode();
            target.set(name, list(name, before, list));
        } else {
            target.set(name, value);
        }
    }

    private static ArrayNode list(String field, ArrayNode before, ArrayNode patch) {
        if (SETS.contains(field)) {
            ArrayNode union = before.deepCopy();
            patch.forEach(value -> {
                if (!contains(union, value)) {
                    union.add(value);
                }
            });
            return union;
        }
        String key = key(field, patch);
        return key == null ? patch.deepCopy() : merged(before, patch, key);
    }

    private static @Nullable String key(String field, ArrayNode patch) {
        for (String key : KEYS.getOrDefault(field, List.of())) {
            if (!patch.isEmpty() && stream(patch).allMatch(each -> each.has(key) || isReplace(each))) {
                return key;
            }
        }
        return null;
    }

    private static boolean isReplace(JsonNode element) {
        return element.path(DIRECTIVE).asString("").equals("replace") && !element.has("name");
    }

    private static Stream<JsonNode> stream(ArrayNode list) {
        return list.valueStream();
    }

    private static ArrayNode merged(ArrayNode before, ArrayNode patch, String key) {
        boolean replaces = stream(patch).anyMatch(StrategicPatch::isReplace);
        List<JsonNode> result = new ArrayList<>();
        if (!replaces) {
            before.forEach(result::add);
        }
        for (JsonNode element : patch) {
            if (!isReplace(element)) {
                put(result, (ObjectNode) element, key);
            }
        }
        ArrayNode list = JsonNodeFactory.instance.arrayNode();
        result.forEach(list::add);
        return list;
    }

    private static void put(List<JsonNode> into, ObjectNode element, String key) {
        int at = 0;
        while (at < into.size() && !into.get(at).path(key).equals(element.path(key))) {
            at++;
        }
        boolean deletes = element.path(DIRECTIVE).asString("").equals("delete");
        if (at == into.size()) {
            if (!deletes) {
                into.add(merged(JsonNodeFactory.instance.objectNode(), element));
            }
        } else if (deletes) {
            into.remove(at);
        } else if (into.get(at) instanceof ObjectNode object) {
            into.set(at, merged(object, element));
        }
    }

    private static void deleteFrom(ObjectNode target, String field, JsonNode values) {
        if (target.get(field) instanceof ArrayNode list && values instanceof ArrayNode gone) {
            ArrayNode kept = JsonNodeFactory.instance.arrayNode();
            list.forEach(value -> {
                if (!contains(gone, value)) {
                    kept.add(value);
                }
            });
            target.set(field, kept);
        }
    }

    /** Those that the order names come first, in its order; the others stay in theirs. */
    private static void order(ObjectNode target, String field, JsonNode order) {
        if (!(target.get(field) instanceof ArrayNode list) || !(order instanceof ArrayNode names)) {
            return;
        }
        List<JsonNode> sorted = new ArrayList<>();
        list.forEach(sorted::add);
        sorted.sort(Comparator.comparingInt(element -> place(element, names)));
        ArrayNode result = JsonNodeFactory.instance.arrayNode();
        sorted.forEach(result::add);
        target.set(field, result);
    }

    private static int place(JsonNode element, ArrayNode order) {
        for (int i = 0; i < order.size(); i++) {
            JsonNode named = order.get(i);
            boolean same = named instanceof ObjectNode keys
                    ? keys.properties().stream().allMatch(key -> key.getValue().equals(element.path(key.getKey())))
                    : named.equals(element);
            if (same) {
                return i;
            }
        }
        return order.size();
    }

    private static boolean contains(ArrayNode list, JsonNode value) {
        return stream(list).anyMatch(value::equals);
    }
}
