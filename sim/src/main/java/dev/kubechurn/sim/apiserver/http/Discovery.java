package dev.kubechurn.sim.apiserver.http;

import dev.kubechurn.sim.apiserver.Resource;
import dev.kubechurn.sim.apiserver.Verb;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What the server says about itself: version, health, and which resources it has. */
final class Discovery {

    private static final List<String> VERBS =
            List.of("create", "delete", "deletecollection", "get", "list", "patch", "update", "watch");

    /** The answer to a path of this kind, if it is one. */
    Optional<ApiResponse.Answer> answer(List<String> segments) {
        return switch (String.join("/", segments)) {
            case "version" -> json(version());
            case "healthz", "readyz", "livez" -> Optional.of(ok());
            case "api" -> json(apiVersions());
            case "apis" -> json(apiGroups());
            case "api/v1" -> json(resources());
            case "openapi/v3" -> json(openApi());
            case "openapi/v3/api/v1" -> json(openApiOfCore());
            default -> isEvents(segments) ? json(noEvents()) : Optional.empty();
        };
    }

    private static Optional<ApiResponse.Answer> json(ObjectNode body) {
        return Optional.of(ApiResponse.Answer.json(Verb.OTHER, 200, body.toString()));
    }

    private static ApiResponse.Answer ok() {
        byte[] body = "ok".getBytes(StandardCharsets.UTF_8);
        return new ApiResponse.Answer(Verb.OTHER, 200, "text/plain; charset=utf-8", body, 0);
    }

    private static ObjectNode version() {
        return node().put("major", "1")
                .put("minor", "34")
                .put("gitVersion", "v1.34.0+kubechurn")
                .put("gitCommit", "")
                .put("gitTreeState", "clean")
                .put("buildDate", "2025-08-27T00:00:00Z")
                .put("platform", "java/" + Runtime.version().feature());
    }

    private static ObjectNode apiVersions() {
        ObjectNode versions = node().put("kind", "APIVersions");
        versions.putArray("versions").add("v1");
        return versions;
    }

    private static ObjectNode apiGroups() {
        ObjectNode groups = node().put("kind", "APIGroupList").put("apiVersion", "v1");
        groups.putArray("groups");
        return groups;
    }

    private static ObjectNode resources() {
        ObjectNode list = node().put("kind", "APIResourceList").put("groupVersion", "v1");
        ArrayNode resources = list.putArray("resources");
        for (Resource resource : Resource.values()) {
            ObjectNode entry = resources.addObject();
            if (!resource.shortName().isEmpty()) {
                entry.putArray("shortNames").add(resource.shortName());
            }
            if (resource == Resource.PODS || resource == Resource.SERVICES) {
                entry.putArray("categories").add("all");
            }
            ArrayNode verbs = entry.put("name", resource.plural())
                    .put("singularName", resource.singular())
                    .put("namespaced", resource.namespaced())
                    .put("kind", resource.kind())
                    .putArray("verbs");
            VERBS.forEach(verbs::add);
        }
        return list;
    }

    /** kubectl's describe wants to show them; nothing here makes any. */
    private static boolean isEvents(List<String> segments) {
        return segments.size() >= 3
                && segments.get(0).equals("api")
                && segments.get(1).equals("v1")
                && segments.get(segments.size() - 1).equals("events")
                && (segments.size() == 3
                        || (segments.size() == 5 && segments.get(2).equals("namespaces")));
    }

    private static ObjectNode noEvents() {
        ObjectNode list = node().put("kind", "EventList").put("apiVersion", "v1");
        list.putObject("metadata").put("resourceVersion", "1");
        list.putArray("items");
        return list;
    }

    private static ObjectNode openApi() {
        ObjectNode root = node();
        root.putObject("paths").putObject("api/v1").put("serverRelativeURL", "/openapi/v3/api/v1");
        return root;
    }

    /** Only as much as kubectl looks for before it writes: that fields are validated here, so that it need not. */
    private static ObjectNode openApiOfCore() {
        ObjectNode root = node().put("openapi", "3.0.0");
        root.putObject("info").put("title", "Kubernetes").put("version", "v1.34.0");
        ObjectNode paths = root.putObject("paths");
        for (Resource resource : Resource.values()) {
            String path = (resource.namespaced() ? "/api/v1/namespaces/{namespace}/" : "/api/v1/") + resource.plural();
            ObjectNode patch = paths.putObject(path + "/{name}").putObject("patch");
            patch.put("x-kubernetes-action", "patch")
                    .putObject("x-kubernetes-group-version-kind")
                    .put("group", "")
                    .put("version", "v1")
                    .put("kind", resource.kind());
            patch.putArray("parameters")
                    .addObject()
                    .put("name", "fieldValidation")
                    .put("in", "query");
            patch.putObject("responses");
        }
        return root;
    }

    private static ObjectNode node() {
        return JsonNodeFactory.instance.objectNode();
    }
}
