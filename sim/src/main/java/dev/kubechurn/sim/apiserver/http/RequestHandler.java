package dev.kubechurn.sim.apiserver.http;

import dev.kubechurn.sim.apiserver.ApiStatusException;
import dev.kubechurn.sim.apiserver.ApiStore;
import dev.kubechurn.sim.apiserver.EncodedEvent;
import dev.kubechurn.sim.apiserver.FieldSelector;
import dev.kubechurn.sim.apiserver.LabelSelector;
import dev.kubechurn.sim.apiserver.ListRequest;
import dev.kubechurn.sim.apiserver.ListResult;
import dev.kubechurn.sim.apiserver.NamespaceLifecycle;
import dev.kubechurn.sim.apiserver.Resource;
import dev.kubechurn.sim.apiserver.Selection;
import dev.kubechurn.sim.apiserver.StoredObject;
import dev.kubechurn.sim.apiserver.Verb;
import dev.kubechurn.sim.apiserver.WatchRequest;
import dev.kubechurn.sim.apiserver.patch.Patch;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The API server's front door without a transport: reads method, path, query and body, asks the store, and says what the
 * carrier is to do. Safe from any thread; never blocks but for the store's lock.
 */
final class RequestHandler {

    private static final Logger LOG = LoggerFactory.getLogger(RequestHandler.class);

    /** What a real server takes at most. */
    static final int MAX_BODY_BYTES = 3 << 20;

    private static final int PATCH_TRIES = 5;

    private final ApiStore store;
    private final HttpFaults faults;
    private final @Nullable NamespaceLifecycle namespaces;
    private final Discovery discovery = new Discovery();

    /** A server that takes namespaces as they come. */
    RequestHandler(ApiStore store, HttpFaults faults) {
        this(store, faults, null);
    }

    /** @param namespaces what the server does about them; null: nothing */
    RequestHandler(ApiStore store, HttpFaults faults, @Nullable NamespaceLifecycle namespaces) {
        this.store = store;
        this.faults = faults;
        this.namespaces = namespaces;
    }

    /** Answers a request; what goes wrong is an answer too. */
    ApiResponse handle(ApiRequest request) {
        Verb verb = Verb.OTHER;
        try {
            RequestTarget target = RequestTarget.parse(request.target());
            Optional<ApiResponse.Answer> aboutServer = discovery.answer(target.segments());
            if (aboutServer.isPresent()) {
                return request.method().equals("GET") ? aboutServer.get() : notAllowed(verb, request);
            }
            ObjectPath path = ObjectPath.parse(target.segments());
            verb = verb(request.method(), path, target);
            faults.refuseDrawn(verb);
            return handle(verb, path, target, request);
        } catch (ApiStatusException refusal) {
            return ApiResponse.Answer.refusal(verb, refusal);
        } catch (RuntimeException bug) {
            // An unanswered request would leave its client waiting for ever.
            LOG.error("Failed to handle {}", request, bug);
            String message = "internal error: " + bug.getClass().getSimpleName();
            return ApiResponse.Answer.refusal(verb, ApiStatusException.internal(message));
        }
    }

    private ApiResponse handle(Verb verb, ObjectPath path, RequestTarget target, ApiRequest request) {
        return switch (verb) {
            case GET -> get(path, target, request);
            case LIST -> list(path, target, request);
            case WATCH -> new ApiResponse.OpenWatch(watchRequest(path, target), view(path, request));
            case CREATE -> create(path, target, request);
            case UPDATE -> {
                refuseDryRun(target);
                yield object(verb, 200, store.update(path.resource(), path.key(), object(path, target, request)));
            }
            case PATCH -> patch(path, target, request);
            case DELETE -> path.isCollection() ? deleteAll(path, target, request) : delete(path, target, request);
            case OTHER -> notAllowed(verb, request);
        };
    }

    private static Verb verb(String method, ObjectPath path, RequestTarget target) {
        return switch (method) {
            case "GET" -> target.flag("watch") ? Verb.WATCH : path.isCollection() ? Verb.LIST : Verb.GET;
            case "POST" -> path.isCollection() ? Verb.CREATE : Verb.OTHER;
            case "PUT" -> path.isCollection() ? Verb.OTHER : Verb.UPDATE;
            case "DELETE" -> path.isCollection() && path.namespace().isEmpty() ? Verb.OTHER : Verb.DELETE;
            case "PATCH" -> path.isCollection() ? Verb.OTHER : Verb.PATCH;
            default -> Verb.OTHER;
        };
    }

    private ApiResponse create(ObjectPath path, RequestTarget target, ApiRequest request) {
        refuseDryRun(target);
        if (path.resource().namespaced() && path.namespace().isEmpty()) {
            return notAllowed(Verb.CREATE, request);
        }
        ObjectNode object = object(path, target, request);
        if (namespaces == null) {
            return object(Verb.CREATE, 201, store.create(path.resource(), path.namespace(), object));
        }
        namespaces.requireNamespace(path.resource(), path.namespace());
        if (path.resource() != Resource.NAMESPACES) {
            return object(Verb.CREATE, 201, store.create(path.resource(), path.namespace(), object));
        }
        return object(Verb.CREATE, 201, namespaces.create(object));
    }

    private ApiResponse patch(ObjectPath path, RequestTarget target, ApiRequest request) {
        refuseDryRun(target);
        requireSize(request);
        Patch patch = Patch.parse(request.contentType(), request.body());
        ApiStatusException conflict = null;
        for (int tries = 0; tries < PATCH_TRIES; tries++) {
            StoredObject before = store.get(path.resource(), path.key(), "");
            ObjectNode after = patch.applyTo(store.codec().tree(before));
            validate(path, target, after);
            try {
                return object(Verb.PATCH, 200, store.update(path.resource(), path.key(), after));
            } catch (ApiStatusException refusal) {
                // Somebody else was faster, unless the patch itself names a version.
                if (refusal.code() != 409 || !version(after).equals(before.resourceVersion())) {
                    throw refusal;
                }
                conflict = refusal;
            }
        }
        throw Objects.requireNonNull(conflict);
    }

    private static String version(ObjectNode object) {
        return object.get("metadata") instanceof ObjectNode metadata ? text(metadata, "resourceVersion") : "";
    }

    private ObjectNode object(ObjectPath path, RequestTarget target, ApiRequest request) {
        ObjectNode object = body(request);
        validate(path, target, object);
        return object;
    }

    private void validate(ObjectPath path, RequestTarget target, ObjectNode object) {
        String validation = target.text("fieldValidation");
        switch (validation) {
            case "Strict" -> store.codec().requireKnownFields(path.resource(), object);
            case "", "Ignore", "Warn" -> {}
            default ->
                throw ApiStatusException.badRequest(
                        "fieldValidation: \"" + validation + "\" is not one of Ignore, Warn, Strict");
        }
    }

    /** All that is selected in a namespace, one after the other. */
    private ApiResponse deleteAll(ObjectPath path, RequestTarget target, ApiRequest request) {
        refuseDryRun(target);
        if (request.body().length > 0) {
            options(request);
        }
        ListResult selected = store.list(ListRequest.newest(selection(path, target)));
        for (StoredObject object : selected.items()) {
            try {
                store.delete(path.resource(), object.key(), new ApiStore.Preconditions(object.uid(), ""));
            } catch (ApiStatusException gone) {
                if (gone.code() != 404 && gone.code() != 409) {
                    throw gone;
                }
            }
        }
        return ApiResponse.Answer.json(Verb.DELETE, 200, selected.json(path.resource()));
    }

    private ApiResponse delete(ObjectPath path, RequestTarget target, ApiRequest request) {
        refuseDryRun(target);
        ApiStore.Preconditions expected =
                request.body().length == 0 ? ApiStore.Preconditions.NONE : preconditions(options(request));
        StoredObject deleted = store.delete(path.resource(), path.key(), expected);
        if (namespaces != null && path.resource() == Resource.NAMESPACES) {
            namespaces.empty(path.name()); // into which nobody can write any more
        }
        ObjectNode status = JsonNodeFactory.instance.objectNode();
        status.put("kind", "Status").put("apiVersion", "v1").putObject("metadata");
        status.put("status", "Success")
                .putObject("details")
                .put("name", path.name())
                .put("kind", path.resource().plural())
                .put("uid", deleted.uid());
        return ApiResponse.Answer.json(Verb.DELETE, 200, status.toString());
    }

    private ApiResponse get(ObjectPath path, RequestTarget target, ApiRequest request) {
        StoredObject found = get(path, target.text("resourceVersion"));
        return TableView.isWanted(request.accept())
                ? ApiResponse.Answer.json(Verb.GET, 200, table(path).object(found))
                : object(Verb.GET, 200, found);
    }

    private TableView table(ObjectPath path) {
        return new TableView(store.codec(), InstantSource.system(), path.resource());
    }

    private Function<EncodedEvent, String> view(ObjectPath path, ApiRequest request) {
        return TableView.isWanted(request.accept()) ? table(path)::event : EncodedEvent::text;
    }

    private StoredObject get(ObjectPath path, String resourceVersion) {
        return faults.stale()
                .flatMap(stale -> stale.get(path.resource(), path.key(), resourceVersion))
                .orElseGet(() -> store.get(path.resource(), path.key(), resourceVersion));
    }

    private ApiResponse list(ObjectPath path, RequestTarget target, ApiRequest request) {
        ListRequest wanted = new ListRequest(
                selection(path, target),
                target.text("resourceVersion"),
                target.text("resourceVersionMatch"),
                target.number("limit"),
                target.text("continue"));
        ListResult result = faults.stale().flatMap(stale -> stale.list(wanted)).orElseGet(() -> store.list(wanted));
        return ApiResponse.Answer.json(
                Verb.LIST,
                200,
                TableView.isWanted(request.accept()) ? table(path).list(result) : result.json(path.resource()));
    }

    private static WatchRequest watchRequest(ObjectPath path, RequestTarget target) {
        return new WatchRequest(
                selection(path, target),
                target.text("resourceVersion"),
                target.flag("allowWatchBookmarks"),
                target.number("timeoutSeconds"),
                sendInitialEvents(target));
    }

    /** A list streamed as a watch; the server takes it only in the form that it promises to keep. */
    private static boolean sendInitialEvents(RequestTarget target) {
        boolean wanted = target.flag("sendInitialEvents");
        String match = target.text("resourceVersionMatch");
        if (wanted && !match.equals("NotOlderThan")) {
            throw ApiStatusException.badRequest(
                    "resourceVersionMatch: sendInitialEvents needs resourceVersionMatch=NotOlderThan");
        }
        return wanted;
    }

    private static Selection selection(ObjectPath path, RequestTarget target) {
        FieldSelector fields = path.isCollection()
                ? FieldSelector.parse(target.text("fieldSelector"))
                : FieldSelector.name(path.name());
        LabelSelector labels = LabelSelector.parse(target.text("labelSelector"));
        return new Selection(path.resource(), path.namespace(), fields, labels);
    }

    private ObjectNode body(ApiRequest request) {
        requireSize(request);
        String contentType = request.contentType().toLowerCase(Locale.ROOT);
        if (contentType.startsWith(ProtobufBody.CONTENT_TYPE)) {
            return ProtobufBody.read(request.body());
        }
        if (!contentType.isEmpty() && !contentType.startsWith("application/json")) {
            throw ApiStatusException.unsupportedMediaType(request.contentType());
        }
        return store.codec().parse(request.body());
    }

    /** Of a deletion; a trial must not become one. */
    private ObjectNode options(ApiRequest request) {
        ObjectNode options = body(request);
        if (options.path("dryRun").size() > 0) {
            throw dryRun();
        }
        return options;
    }

    private static ApiStatusException dryRun() {
        return ApiStatusException.badRequest("dryRun is not supported by this server: omit it");
    }

    private static void requireSize(ApiRequest request) {
        if (request.body().length > MAX_BODY_BYTES) {
            throw ApiStatusException.tooLargeBody(request.body().length, MAX_BODY_BYTES);
        }
    }

    private static ApiStore.Preconditions preconditions(ObjectNode deleteOptions) {
        if (!(deleteOptions.get("preconditions") instanceof ObjectNode preconditions)) {
            return ApiStore.Preconditions.NONE;
        }
        return new ApiStore.Preconditions(text(preconditions, "uid"), text(preconditions, "resourceVersion"));
    }

    private static String text(ObjectNode node, String field) {
        @Nullable JsonNode value = node.get(field);
        return value != null && value.isString() ? value.stringValue() : "";
    }

    private static void refuseDryRun(RequestTarget target) {
        if (!target.text("dryRun").isEmpty()) {
            throw dryRun();
        }
    }

    private static ApiResponse object(Verb verb, int code, StoredObject object) {
        return ApiResponse.Answer.json(verb, code, object.json());
    }

    private static ApiResponse notAllowed(Verb verb, ApiRequest request) {
        return ApiResponse.Answer.refusal(verb, ApiStatusException.methodNotAllowed(request.method()));
    }
}
