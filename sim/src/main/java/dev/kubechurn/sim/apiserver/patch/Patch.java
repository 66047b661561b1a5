package dev.kubechurn.sim.apiserver.patch;

import dev.kubechurn.sim.apiserver.ApiStatusException;
import java.util.Locale;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** What a PATCH request asks for. Immutable; safe from any thread. */
public interface Patch {

    /** Of the content types that are understood, as an answer says them. */
    String ACCEPTED =
            "application/json-patch+json, application/merge-patch+json," + " application/strategic-merge-patch+json";

    /**
     * The object as the patch makes it.
     *
     * @param object is not changed
     * @throws ApiStatusException if the patch does not fit the object
     */
    ObjectNode applyTo(ObjectNode object);

    /**
     * Reads a patch.
     *
     * @param contentType of the request: says which of the three it is
     * @throws ApiStatusException 415 if it is none of the three, 400 if it cannot be read
     */
    static Patch parse(String contentType, byte[] utf8) {
        String type = contentType.replaceFirst(";.*", "").strip().toLowerCase(Locale.ROOT);
        return switch (type) {
            case "application/json-patch+json" -> new OperationsPatch(read(utf8));
            case "application/merge-patch+json" -> new MergePatch(object(read(utf8)));
            case "application/strategic-merge-patch+json" -> new StrategicPatch(object(read(utf8)));
            case "application/apply-patch+yaml", "application/apply-patch+cbor" ->
                throw ApiStatusException.unsupportedBody(
                        "this server does not support server-side apply: apply without --server-side");
            default ->
                throw ApiStatusException.unsupportedBody(
                        "the body of the request was in an unknown format - accepted media types include: " + ACCEPTED);
        };
    }

    private static JsonNode read(byte[] utf8) {
        try {
            return JsonMapper.shared().readTree(utf8);
        } catch (JacksonException unreadable) {
            throw ApiStatusException.badRequest("the patch is not JSON");
        }
    }

    private static ObjectNode object(JsonNode read) {
        if (read instanceof ObjectNode object) {
            return object;
        }
        throw ApiStatusException.badRequest("the patch is not a JSON object");
    }
}
