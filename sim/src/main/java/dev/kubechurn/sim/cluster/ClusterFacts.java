package dev.kubechurn.sim.cluster;

import dev.kubechurn.core.env.NodeFacts;
import dev.kubechurn.core.env.NodeServices;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import java.util.List;
import java.util.Map;

/** What simulated nodes know of themselves and of the cluster, beside ConfigMaps and Secrets: made up, and the same in each run. */
final class ClusterFacts {

    /** The one service that every cluster has. */
    private static final Service KUBERNETES = new ServiceBuilder()
            .withNewMetadata()
            .withNamespace("default")
            .withName("kubernetes")
            .endMetadata()
            .withNewSpec()
            .withClusterIP("10.96.0.1")
            .addNewPort()
            .withName("https")
            .withProtocol("TCP")
            .withPort(443)
            .endPort()
            .endSpec()
            .build();

    private static final NodeServices SERVICES = NodeServices.of(List.of(KUBERNETES));

    private static final Map<String, Quantity> ALLOCATABLE = Map.of(
            "cpu", new Quantity("8"),
            "memory", new Quantity("32Gi"),
            "ephemeral-storage", new Quantity("100Gi"),
            "pods", new Quantity("110"));

    private ClusterFacts() {}

    static NodeFacts ofNode(int index) {
        return new NodeFacts(List.of(ip(172, index)), ALLOCATABLE, SERVICES, true);
    }

    /** An address for the pod in a slot of a node; those of a large cluster may repeat, which nobody here minds. */
    static String podIp(int node, int slot) {
        return ip(10, (node << 8) + slot);
    }

    private static String ip(int first, int number) {
        return first + "." + (number >> 16 & 255) + "." + (number >> 8 & 255) + "." + (number & 255);
    }
}
