package dev.kubechurn.core.env;

import static java.util.Objects.requireNonNull;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which container's environment is asked for, and what is known about its pod and its node at that time.
 *
 * @param pod as the kubelet has it; must not change while the request is under way
 * @param container one of the pod's
 * @param podIp the primary IP that the runtime reported, if it did; the pod's own status does not count (E41)
 * @param podIps all that the runtime reported, in its order
 */
public record EnvironmentRequest(
        Pod pod, Container container, @Nullable String podIp, List<String> podIps, NodeFacts node) {

    public EnvironmentRequest {
        requireNonNull(pod, "pod");
        requireNonNull(container, "container");
        requireNonNull(node, "node");
        podIps = List.copyOf(podIps);
    }

    /** For the container of that name, looked for in {@code containers}, then in {@code initContainers}. */
    public static EnvironmentRequest of(
            Pod pod, String containerName, @Nullable String podIp, List<String> podIps, NodeFacts node) {
        PodView view = new PodView(pod);
        Container container = Stream.concat(view.containers().stream(), view.initContainers().stream())
                .filter(candidate -> containerName.equals(candidate.getName()))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("pod " + view.namespace() + "/" + view.name()
                        + " has no container \"" + containerName + "\": name one of its containers"));
        return new EnvironmentRequest(pod, container, podIp, podIps, node);
    }

    /** Names what is asked for, without the values that the pod's spec may hold. */
    @Override
    public String toString() {
        PodView view = new PodView(pod);
        return "EnvironmentRequest[" + view.namespace() + "/" + view.name() + ", " + container.getName() + "]";
    }
}
