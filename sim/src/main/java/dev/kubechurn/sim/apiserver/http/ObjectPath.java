package dev.kubechurn.sim.apiserver.http;

import dev.kubechurn.core.api.ObjectKey;
import dev.kubechurn.sim.apiserver.ApiStatusException;
import dev.kubechurn.sim.apiserver.Resource;
import java.util.List;

/**
 * What a path below {@code /api/v1} names: a collection or one object.
 *
 * @param namespace empty for all namespaces, and for resources that live in none
 * @param name empty for a collection
 */
record ObjectPath(Resource resource, String namespace, String name) {

    /** @throws ApiStatusException 404 when the path names nothing that there is */
    static ObjectPath parse(List<String> segments) {
        if (segments.size() < 3
                || !segments.get(0).equals("api")
                || !segments.get(1).equals("v1")) {
            throw ApiStatusException.noSuchPath();
        }
        List<String> rest = segments.subList(2, segments.size());
        if (rest.get(0).equals("namespaces") && rest.size() > 2) {
            return inNamespace(rest);
        }
        Resource resource = resource(rest.get(0));
        if (rest.size() == 1) {
            return new ObjectPath(resource, "", "");
        }
        if (rest.size() > 2 || resource.namespaced() || rest.get(1).isEmpty()) {
            throw ApiStatusException.noSuchPath();
        }
        return new ObjectPath(resource, "", rest.get(1));
    }

    private static ObjectPath inNamespace(List<String> rest) {
        Resource resource = resource(rest.get(2));
        if (rest.size() > 4 || !resource.namespaced() || rest.stream().anyMatch(String::isEmpty)) {
            throw ApiStatusException.noSuchPath();
        }
        return new ObjectPath(resource, rest.get(1), rest.size() == 4 ? rest.get(3) : "");
    }

    boolean isCollection() {
        return name.isEmpty();
    }

    ObjectKey key() {
        return new ObjectKey(namespace, name);
    }

    private static Resource resource(String plural) {
        return Resource.ofPlural(plural).orElseThrow(ApiStatusException::noSuchPath);
    }
}
