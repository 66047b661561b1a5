package dev.kubechurn.sim.apiserver;

import dev.kubechurn.core.api.ObjectKey;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * A refusal of the API server: what a {@code Status} object says. Carries no stack trace, since it is an answer and not
 * an accident. Messages never hold an object's content.
 */
public final class ApiStatusException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int code;
    private final String reason;
    private final transient Details details;

    ApiStatusException(int code, String reason, String message, Details details) {
        super(message, null, false, false);
        this.code = code;
        this.reason = reason;
        this.details = details;
    }

    /**
     * Whom and what a refusal is about.
     *
     * @param name the object's name; empty when there is none
     * @param kind the resource or kind; empty when there is none
     * @param retryAfterSeconds 0 when the client is not asked to wait
     */
    public record Details(String name, String kind, List<Cause> causes, int retryAfterSeconds) {

        static final Details NONE = new Details("", "", List.of(), 0);

        public Details {
            causes = List.copyOf(causes);
        }

        static Details of(Resource resource, String name) {
            return new Details(name, resource.plural(), List.of(), 0);
        }
    }

    /**
     * One reason more exactly.
     *
     * @param field the field at fault; empty when it is none
     */
    public record Cause(String reason, String message, String field) {}

    public static ApiStatusException badRequest(String message) {
        return new ApiStatusException(400, "BadRequest", message, Details.NONE);
    }

    public static ApiStatusException notFound(Resource resource, String name) {
        String message = resource.plural() + " \"" + name + "\" not found";
        return new ApiStatusException(404, "NotFound", message, Details.of(resource, name));
    }

    /** There is nothing at this path. */
    public static ApiStatusException noSuchPath() {
        return new ApiStatusException(
                404, "NotFound", "the server could not find the requested resource", Details.NONE);
    }

    public static ApiStatusException methodNotAllowed(String method) {
        String message = method + " is not supported here";
        return new ApiStatusException(405, "MethodNotAllowed", message, Details.NONE);
    }

    public static ApiStatusException unsupportedMediaType(String contentType) {
        String message = "the body of the request is " + contentType + ": send application/json";
        return unsupportedBody(message);
    }

    /** A body of a kind that is not understood. */
    public static ApiStatusException unsupportedBody(String message) {
        return new ApiStatusException(415, "UnsupportedMediaType", message, Details.NONE);
    }

    public static ApiStatusException unauthorized() {
        return new ApiStatusException(401, "Unauthorized", "Unauthorized", Details.NONE);
    }

    /** What was asked is understood and cannot be done. */
    public static ApiStatusException unprocessable(String message) {
        return new ApiStatusException(422, "Invalid", message, Details.NONE);
    }

    public static ApiStatusException tooLarge(String message) {
        return new ApiStatusException(413, "RequestEntityTooLarge", message, Details.NONE);
    }

    /** The request did not come in time. */
    public static ApiStatusException requestTimeout() {
        return new ApiStatusException(408, "Timeout", "the request did not arrive in time", Details.NONE);
    }

    public static ApiStatusException tooLargeBody(int bytes, int limitBytes) {
        String message = "Request entity too large: " + bytes + " bytes, limit is " + limitBytes;
        return tooLarge(message);
    }

    public static ApiStatusException internal(String message) {
        return new ApiStatusException(500, "InternalError", message, Details.NONE);
    }

    /**
     * A refusal by a server that is overloaded or broken.
     *
     * @param code from 400 to 599
     * @param retryAfterSeconds 0 when the client is not asked to wait
     */
    public static ApiStatusException injected(int code, int retryAfterSeconds) {
        String message = "injected by a fault of the scenario: " + code;
        return new ApiStatusException(code, reasonOf(code), message, new Details("", "", List.of(), retryAfterSeconds));
    }

    /** What a kube-apiserver calls a refusal of which only the status is known. */
    private static String reasonOf(int code) {
        return switch (code) {
            case 400 -> "BadRequest";
            case 401 -> "Unauthorized";
            case 403 -> "Forbidden";
            case 404 -> "NotFound";
            case 405 -> "MethodNotAllowed";
            case 409 -> "Conflict";
            case 410 -> "Expired";
            case 422 -> "Invalid";
            case 429 -> "TooManyRequests";
            case 503 -> "ServiceUnavailable";
            case 504 -> "Timeout";
            default -> code >= 500 ? "InternalError" : "";
        };
    }

    static ApiStatusException alreadyExists(Resource resource, String name) {
        String message = resource.plural() + " \"" + name + "\" already exists";
        return new ApiStatusException(409, "AlreadyExists", message, Details.of(resource, name));
    }

    static ApiStatusException conflict(Resource resource, ObjectKey key, String why) {
        String message = "Operation cannot be fulfilled on " + resource.plural() + " \"" + key.name() + "\": " + why;
        return new ApiStatusException(409, "Conflict", message, Details.of(resource, key.name()));
    }

    static ApiStatusException invalid(Resource resource, String name, List<Cause> causes) {
        StringBuilder message = new StringBuilder(resource.kind() + " \"" + name + "\" is invalid: ");
        for (int i = 0; i < causes.size(); i++) {
            Cause cause = causes.get(i);
            message.append(i == 0 ? "" : ", ")
                    .append(cause.field())
                    .append(": ")
                    .append(cause.message());
        }
        return new ApiStatusException(
                422, "Invalid", message.toString(), new Details(name, resource.kind(), causes, 0));
    }

    static ApiStatusException expired(long revision, long compactedRevision) {
        String message = "too old resource version: " + revision + " (" + compactedRevision + ")";
        return new ApiStatusException(410, "Expired", message, Details.NONE);
    }

    static ApiStatusException expiredContinue() {
        String message = "The provided continue parameter is too old to display a consistent list result; "
                + "start a new list without it";
        return new ApiStatusException(410, "Expired", message, Details.NONE);
    }

    static ApiStatusException tooLargeResourceVersion(long revision, long current) {
        String message = "Timeout: Too large resource version: " + revision + ", current: " + current;
        Cause cause = new Cause("ResourceVersionTooLarge", "Too large resource version", "");
        return new ApiStatusException(504, "Timeout", message, new Details("", "", List.of(cause), 1));
    }

    /** The HTTP status. */
    public int code() {
        return code;
    }

    /** The machine-readable reason, such as {@code Expired}. */
    public String reason() {
        return reason;
    }

    public Details details() {
        return details;
    }

    /** The refusal's message; never null. */
    @Override
    public String getMessage() {
        @Nullable String message = super.getMessage();
        return message == null ? reason : message;
    }

    /** The length of {@link #statusJson} in UTF-8. */
    public int statusBytes() {
        return Utf8.length(statusJson());
    }

    /** The Kubernetes {@code Status} object as JSON. */
    public String statusJson() {
        ObjectNode status = JsonNodeFactory.instance.objectNode();
        status.put("kind", "Status").put("apiVersion", "v1").putObject("metadata");
        status.put("status", "Failure").put("message", getMessage()).put("reason", reason);
        if (!details.equals(Details.NONE)) {
            putDetails(status.putObject("details"));
        }
        return status.put("code", code).toString();
    }

    private void putDetails(ObjectNode node) {
        if (!details.name().isEmpty()) {
            node.put("name", details.name());
        }
        if (!details.kind().isEmpty()) {
            node.put("kind", details.kind());
        }
        if (!details.causes().isEmpty()) {
            ArrayNode causes = node.putArray("causes");
            for (Cause cause : details.causes()) {
                ObjectNode entry =
                        causes.addObject().put("reason", cause.reason()).put("message", cause.message());
                if (!cause.field().isEmpty()) {
                    entry.put("field", cause.field());
                }
            }
        }
        if (details.retryAfterSeconds() > 0) {
            node.put("retryAfterSeconds", details.retryAfterSeconds());
        }
    }
}
