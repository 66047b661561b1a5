package dev.kubechurn.core.env;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceFieldSelector;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The values of {@code resourceFieldRef}s of one container (E44 to E51). */
final class ResourceReferences {

    private static final String LIMITS = "limits.";
    private static final String REQUESTS = "requests.";
    private static final String CPU = "cpu";
    private static final String MEMORY = "memory";
    private static final Set<String> OF_THE_NODE = Set.of(CPU, MEMORY, "ephemeral-storage");
    private static final Set<String> OF_THE_POD = Set.of(CPU, MEMORY);
    private static final String HUGE_PAGES = "hugepages-";

    private final PodView pod;
    private final Container self;
    private final Map<String, Quantity> allocatable;

    ResourceReferences(PodView pod, EnvironmentRequest request) {
        this.pod = pod;
        this.self = request.container();
        this.allocatable = request.node().allocatable();
    }

    String value(ResourceFieldSelector selector) throws ResolutionException {
        Target target = target(Absent.text(selector.getContainerName()));
        String field = Absent.text(selector.getResource());
        String resource = resource(field);
        Amount amount = field.startsWith(LIMITS)
                ? limit(target, resource)
                : amount(target.requirements().getRequests(), resource);
        Amount divisor = amount(selector.getDivisor(), "divisor of " + field);
        return amount.dividedBy(divisor.isZero() ? Amount.ONE : divisor, resource.equals(CPU) ? 3 : 0);
    }

    private Target target(String containerName) throws ResolutionException {
        if (containerName.isEmpty()) {
            return new Target(self, true);
        }
        Container container = named(pod.containers(), containerName);
        if (container != null) {
            return new Target(container, true);
        }
        Container init = named(pod.initContainers(), containerName);
        if (init == null) {
            throw invalid("container " + containerName + " not found");
        }
        return new Target(init, false);
    }

    private static @Nullable Container named(List<Container> containers, String name) {
        return containers.stream()
                .filter(container -> name.equals(container.getName()))
                .findFirst()
                .orElse(null);
    }

    private static String resource(String field) throws ResolutionException {
        String resource = field.substring(field.indexOf('.') + 1);
        boolean known = OF_THE_NODE.contains(resource) || resource.startsWith(HUGE_PAGES);
        if (!known || !(field.equals(LIMITS + resource) || field.equals(REQUESTS + resource))) {
            throw invalid("unsupported container resource : " + field);
        }
        return resource;
    }

    private Amount limit(Target target, String resource) throws ResolutionException {
        Amount limit = amount(target.requirements().getLimits(), resource);
        if (!limit.isZero() || !target.defaults() || !OF_THE_NODE.contains(resource)) {
            return limit;
        }
        if (OF_THE_POD.contains(resource) && allocatable.containsKey(resource)) {
            Amount ofPod = amount(pod.limits(), resource);
            if (!ofPod.isZero()) {
                return ofPod;
            }
        }
        return amount(allocatable, resource);
    }

    private static Amount amount(@Nullable Map<String, Quantity> amounts, String resource) throws ResolutionException {
        return amount(Absent.map(amounts).get(resource), resource);
    }

    private static Amount amount(@Nullable Quantity quantity, String what) throws ResolutionException {
        if (quantity == null) {
            return Amount.ZERO;
        }
        Amount amount = Amount.of(quantity);
        if (amount == null) {
            throw invalid("cannot parse the quantity of " + what + ": write it like 500m, 2, 1.5Gi or 1e3");
        }
        return amount;
    }

    private static ResolutionException invalid(String message) {
        return new ResolutionException(new EnvironmentError.InvalidResourceRef(message));
    }

    /** The container whose resources count, and whether pod and node stand in for limits that it lacks (E49). */
    private record Target(Container container, boolean defaults) {

        ResourceRequirements requirements() {
            return container.getResources() == null ? new ResourceRequirements() : container.getResources();
        }
    }
}
