package dev.kubechurn.core.env;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Quantity;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A pod as the rules read it: what is left out is empty. */
final class PodView {

    private static final String CONFIG_SOURCE = "kubernetes.io/config.source";

    private final Pod pod;
    private final ObjectMeta metadata;
    private final PodSpec spec;

    PodView(Pod pod) {
        this.pod = pod;
        this.metadata = pod.getMetadata() == null ? new ObjectMeta() : pod.getMetadata();
        this.spec = pod.getSpec() == null ? new PodSpec() : pod.getSpec();
    }

    Pod pod() {
        return pod;
    }

    String namespace() {
        return Absent.text(metadata.getNamespace());
    }

    String name() {
        return Absent.text(metadata.getName());
    }

    String uid() {
        return Absent.text(metadata.getUid());
    }

    String nodeName() {
        return Absent.text(spec.getNodeName());
    }

    String serviceAccountName() {
        return Absent.text(spec.getServiceAccountName());
    }

    Map<String, String> labels() {
        return Absent.map(metadata.getLabels());
    }

    Map<String, String> annotations() {
        return Absent.map(metadata.getAnnotations());
    }

    List<Container> containers() {
        return Absent.list(spec.getContainers());
    }

    List<Container> initContainers() {
        return Absent.list(spec.getInitContainers());
    }

    /** The limits of the pod as a whole (E48). */
    Map<String, Quantity> limits() {
        return spec.getResources() == null
                ? Map.of()
                : Absent.map(spec.getResources().getLimits());
    }

    /** Null: unset (E1). */
    @Nullable
    Boolean serviceLinks() {
        return spec.getEnableServiceLinks();
    }

    /** Whether the pod comes from elsewhere than the API server (E2). */
    boolean isStatic() {
        String source = annotations().get(CONFIG_SOURCE);
        return source != null && !source.equals("api");
    }
}
