package dev.kubechurn.sim.run;

import io.fabric8.kubernetes.api.model.authorization.v1.SelfSubjectAccessReview;
import io.fabric8.kubernetes.api.model.authorization.v1.SelfSubjectAccessReviewBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.jdkhttp.JdkHttpClientFactory;
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
     * @param asNodes whether the kubelets are to ask as nodes
     * @throws EnvironmentException naming all that is missing
     */
    static void require(KubernetesClient client, boolean asNodes) {
        List<String> missing = new ArrayList<>();
        if (asNodes) {
            requireToBe(client, "users", ClusterKubelets.user(0), missing);
            requireToBe(client, "groups", ClusterKubelets.NODES_GROUP, missing);
            requireToBe(client, "groups", ClusterKubelets.READERS_GROUP, missing);
        }
        for (String resource : List.of("namespaces", "configmaps", "secrets")) {
            for (String verb : NEEDED.getOrDefault(resource, List.of())) {
                Boolean allowed = isAllowed(client, verb, resource, "");
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
                    + "; nothing was written. `kubechurn run --print-rbac" + (asNodes ? " --as-nodes" : "")
                    + "` prints the permissions it needs");
        }
        if (asNodes) {
            requireReadingNodes(client);
        }
    }

    private static void requireToBe(KubernetesClient client, String whom, String name, List<String> missing) {
        if (Boolean.FALSE.equals(isAllowed(client, "impersonate", whom, name))) {
            missing.add("impersonate " + whom + " " + name);
        }
    }

    /** A server lets a node read what its pods name; those of a run are nowhere but here. */
    private static void requireReadingNodes(KubernetesClient client) {
        Config config = new ConfigBuilder(client.getConfiguration())
                .withImpersonateUsername(ClusterKubelets.user(0))
                .withImpersonateGroups(ClusterKubelets.NODES_GROUP, ClusterKubelets.READERS_GROUP)
                .build();
        List<String> missing = new ArrayList<>();
        try (KubernetesClient node = new KubernetesClientBuilder()
                .withConfig(config)
                .withHttpClientFactory(new JdkHttpClientFactory())
                .build()) {
            for (String resource : List.of("configmaps", "secrets")) {
                for (String verb : List.of("get", "list", "watch")) {
                    if (Boolean.FALSE.equals(isAllowed(node, verb, resource, ""))) {
                        missing.add(verb + " " + resource);
                    }
                }
            }
        }
        if (!missing.isEmpty()) {
            throw new EnvironmentException("forbidden: the group " + ClusterKubelets.READERS_GROUP
                    + ", which --as-nodes gives to its nodes, must " + String.join(", ", missing)
                    + "; nothing was written. `kubechurn run --print-rbac --as-nodes` prints what it needs");
        }
    }

    private static @Nullable Boolean isAllowed(KubernetesClient client, String verb, String resource, String name) {
        SelfSubjectAccessReview question = new SelfSubjectAccessReviewBuilder()
                .withNewSpec()
                .withNewResourceAttributes()
                .withVerb(verb)
                .withResource(resource)
                .withName(name.isEmpty() ? null : name)
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
