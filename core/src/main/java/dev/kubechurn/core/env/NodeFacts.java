package dev.kubechurn.core.env;

import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.Service;
import java.util.List;
import java.util.Map;

/**
 * What a node knows when it makes environments; one value serves all its containers until something changes. Immutable.
 *
 * @param hostIps the node's IPs, the first is the primary one (E41, E42)
 * @param allocatable the node's {@code status.allocatable} (E47)
 * @param services all services that the node knows, of any namespace
 * @param servicesSynced whether the services have been listed at least once (E2)
 */
public record NodeFacts(
        List<String> hostIps, Map<String, Quantity> allocatable, NodeServices services, boolean servicesSynced) {

    public NodeFacts {
        hostIps = List.copyOf(hostIps);
        allocatable = Map.copyOf(allocatable);
    }

    /** With services that no other node shares. */
    public NodeFacts(
            List<String> hostIps, Map<String, Quantity> allocatable, List<Service> services, boolean servicesSynced) {
        this(hostIps, allocatable, NodeServices.of(services), servicesSynced);
    }
}
