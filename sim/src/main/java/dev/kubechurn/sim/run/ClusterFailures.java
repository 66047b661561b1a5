package dev.kubechurn.sim.run;

import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.Optional;

/** What a real API server refused, for people. */
final class ClusterFailures {

    private ClusterFailures() {}

    /** Without the content of any object: the server's messages hold none. */
    static EnvironmentException told(String verb, String resource, KubernetesClientException refusal) {
        String server = Optional.ofNullable(refusal.getStatus())
                .map(status -> status.getMessage())
                .orElse(Optional.ofNullable(refusal.getMessage()).orElse("no response"));
        if (refusal.getCode() == 403 || refusal.getCode() == 401) {
            return new EnvironmentException(
                    (refusal.getCode() == 403 ? "forbidden: this run must " + verb + " " + resource : "not logged in")
                            + "; `kubechurn run --print-rbac` prints the permissions it needs. Response of the server: "
                            + server,
                    refusal);
        }
        String why = refusal.getStatus() == null ? deepest(refusal) : server;
        return new EnvironmentException("cannot " + verb + " " + resource + ": " + why, refusal);
    }

    /** What happened, below what the client was doing. */
    private static String deepest(Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null && cause.getCause() != cause) {
            cause = cause.getCause();
        }
        return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
    }
}
