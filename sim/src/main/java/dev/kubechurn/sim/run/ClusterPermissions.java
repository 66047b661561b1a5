package dev.kubechurn.sim.run;

import io.fabric8.kubernetes.api.model.authorization.v1.SelfSubjectAccessReview;
import io.fabric8.kubernetes.api.model.authorization.v1.SelfSubjectAccessReviewBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Asks a real API server, before anything is written, whether a run may do there what it must. A server that does not answer such
 * questions is taken at its word later, when it refuses.
 */
final class ClusterPermissions {

    private static final List<String> OBJECT_VERBS = List.of("create", "get", "list", "watch", "update", "delete");

    /** What {@code --print-rbac} prints. */
    private static final Map<String, List<String>> NEEDED = Map.of(
            "namespaces", List.of("create", "get", "list", "delete"),
            "configmaps", OBJECT_VERBS,
            "secrets", OBJECT_VERBS);

    private ClusterPermissions() {}

    /**
     * Goes on if nothing is known to be missing.
     *
     * @throws EnvironmentException naming all that is missing
     */
    static void require(KubernetesClient client) {
        List<String> missing = new ArrayList<>();
        for (String resource : List.of("namespaces", "configmaps", "secrets")) {
            for (String verb : NEEDED.getOrDefault(resource, List.of())) {
                Boolean allowed = isAllowed(client, verb, resource);
                if (allowed == null) {
                    return;
                }
                if (!allowed) {
                    missing.add(verb + " " + resource);
                }
            }
        }
        if (!missing.isEmpty()) {
            throw new EnvironmentException("forbidden: this run must " + String.join(", ", missing)
                    + "; nothing was written. `kubechurn run --print-rbac` prints the permissions it needs");
        }
    }

    private static @Nullable Boolean isAllowed(KubernetesClient client, String verb, String resource) {
        SelfSubjectAccessReview question = new SelfSubjectAccessReviewBuilder()
                .withNewSpec()
                .withNewResourceAttributes()
                .withVerb(verb)
                .withResource(resource)
                .endResourceAttributes()
                .endSpec()
                .build();
        try {
            SelfSubjectAccessReview answer =
                    client.authorization().v1().selfSubjectAccessReview().create(question);
            return answer.getStatus() == null ? null : answer.getStatus().getAllowed();
        } catch (KubernetesClientException refusal) {
            if (refusal.getCode() == 401 || refusal.getCode() == 0) {
                throw ClusterFailures.told("check", "permissions", refusal);
            }
            return null;
        }
    }
}
