package dev.kubechurn.core.env;

import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.Service;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * All services that a node knows, and the variables that they make, worked out once for each namespace and not for each
 * container. The nodes of a cluster may share one. Immutable as long as nobody changes the services; safe from any thread.
 */
public final class NodeServices {

    private final List<Service> services;
    private final Set<String> namespaces;
    private final SortedMap<String, String> withoutLinks;

    /** For namespaces that have services, so there are no more of them than of services. */
    private final ConcurrentHashMap<String, SortedMap<String, String>> withLinks = new ConcurrentHashMap<>();

    private NodeServices(List<Service> services) {
        this.services = List.copyOf(services);
        this.namespaces = this.services.stream().map(NodeServices::namespace).collect(Collectors.toUnmodifiableSet());
        this.withoutLinks = ServiceVariables.of(this.services, "", false);
    }

    /** Takes services of any namespace, in any order. */
    public static NodeServices of(List<Service> services) {
        return new NodeServices(services);
    }

    /** The services in the order in which they were given. */
    public List<Service> services() {
        return services;
    }

    /** The variables for pods of the namespace (E6 to E12), in the order of an {@link Environment}. */
    SortedMap<String, String> variables(String namespace, boolean links) {
        return links && namespaces.contains(namespace)
                ? withLinks.computeIfAbsent(namespace, any -> ServiceVariables.of(services, any, true))
                : withoutLinks;
    }

    private static String namespace(Service service) {
        ObjectMeta metadata = service.getMetadata();
        return metadata == null ? "" : Absent.text(metadata.getNamespace());
    }
}
