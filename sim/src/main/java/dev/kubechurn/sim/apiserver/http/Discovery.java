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

    private static final List<String> VERBS = List.of("create", "delete", "get", "list", "update", "watch");

    /** The answer to a path of this kind, if it is one. */
    Optional<ApiResponse.Answer> answer(List<String> segments) {
        return switch (String.join("/", segments)) {
            case "version" -> json(version());
            case "healthz", "readyz", "livez" -> Optional.of(ok());
            case "api" -> json(apiVersions());
            case "apis" -> json(apiGroups());
            case "api/v1" -> json(resources());
            default -> Optional.empty();
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
            ArrayNode verbs = resources
                    .addObject()
                    .put("name", resource.plural())
                    .put("singularName", resource.singular())
                    .put("namespaced", resource.namespaced())
                    .put("kind", resource.kind())
                    .putArray("verbs");
            VERBS.forEach(verbs::add);
        }
        return list;
    }

    private static ObjectNode node() {
        return JsonNodeFactory.instance.objectNode();
    }
}
