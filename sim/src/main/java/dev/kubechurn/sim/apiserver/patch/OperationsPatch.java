package dev.kubechurn.sim.apiserver.patch;

import dev.kubechurn.sim.apiserver.ApiStatusException;
import io.fabric8.zjsonpatch.CompatibilityFlags;
import io.fabric8.zjsonpatch.JsonPatch;
import java.util.EnumSet;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** RFC 6902: one operation after the other, all or none. */
final class OperationsPatch implements Patch {

    /** As a kube-apiserver has it. */
    private static final int MOST_OPERATIONS = 10_000;

    /** Copies of copies double with each operation. */
    private static final int MOST_LETTERS = 3 << 20;

    /** What is not there cannot be removed. */
    private static final EnumSet<CompatibilityFlags> STRICT =
            EnumSet.of(CompatibilityFlags.FORBID_REMOVE_MISSING_OBJECT);

    private final ArrayNode operations;

    OperationsPatch(JsonNode operations) {
        if (!(operations instanceof ArrayNode list)) {
            throw ApiStatusException.badRequest("the patch is not a JSON array of operations");
        }
        if (list.size() > MOST_OPERATIONS) {
            throw ApiStatusException.tooLarge(
                    "the patch has " + list.size() + " operations, more than " + MOST_OPERATIONS);
        }
        this.operations = list;
    }

    @Override
    public ObjectNode applyTo(ObjectNode object) {
        JsonNode result = object;
        for (JsonNode operation : operations) {
            result = apply(operation, result);
        }
        if (result instanceof ObjectNode patched) {
            return patched;
        }
        throw ApiStatusException.unprocessable("the patch removes the whole object");
    }

    private static JsonNode apply(JsonNode operation, JsonNode object) {
        try {
            JsonNode result =
                    JsonPatch.apply(JsonNodeFactory.instance.arrayNode().add(operation), object, STRICT);
            if (operation.path("op").asString("").equals("copy")
                    && result.toString().length() > MOST_LETTERS) {
                throw ApiStatusException.tooLarge("the patch makes the object too large");
            }
            return result;
        } catch (ApiStatusException tooLarge) {
            throw tooLarge;
        } catch (RuntimeException unfit) {
            // The library's own message may hold values of the object.
            throw ApiStatusException.unprocessable(
                    "cannot apply the patch: operation " + operation.path("op").asString("?") + " of "
                            + operation.path("path").asString("?"));
        }
    }
}
