package dev.kubechurn.sim.manifests;

import dev.kubechurn.core.api.ObjectKey;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodSpecBuilder;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeBuilder;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The pods of one workload object.
 *
 * @param kind of the workload, such as {@code Deployment}
 * @param name of the workload
 * @param labels of each pod
 * @param spec of each pod; to be treated as immutable
 * @param replicas how many pods there are; for a daemon, how many on each node
 * @param daemon whether every node runs it
 */
public record WorkloadPods(
        String kind,
        String name,
        String namespace,
        Map<String, String> labels,
        PodSpec spec,
        int replicas,
        boolean daemon) {

    /** The ConfigMap that is in each namespace, and in the volume of most pods. */
    public static final String ROOT_CA = "kube-root-ca.crt";

    private static final String TOKEN_PATH = "/var/run/secrets/kubernetes.io/serviceaccount";
    private static final String ACCESS = "kube-api-access";
    private static final int MODE_0644 = 420;

    public WorkloadPods {
        labels = Collections.unmodifiableMap(new LinkedHashMap<>(labels));
        if (replicas < 0) {
            throw new IllegalArgumentException("replicas " + replicas + " is negative");
        }
    }

    /** Its pods in a cluster of so many nodes. */
    public int pods(int nodes) {
        return daemon ? Math.multiplyExact(replicas, nodes) : replicas;
    }

    /** All mentions of ConfigMaps and Secrets in the order of the pod; an object may be mentioned often. */
    public List<PodReference> references() {
        return PodReferenceLister.list(spec);
    }

    /**
     * The same with the projected volume that the ServiceAccount admission adds to pods (token, {@code
     * kube-root-ca.crt}, namespace), unless the pod opts out or all its containers mount something there already.
     */
    WorkloadPods withKubeApiAccess() {
        boolean wanted = containers().anyMatch(WorkloadPods::lacksToken);
        if (Boolean.FALSE.equals(spec.getAutomountServiceAccountToken()) || !wanted) {
            return this;
        }
        PodSpec changed = new PodSpecBuilder(spec)
                .withInitContainers(mounted(spec.getInitContainers()))
                .withContainers(mounted(spec.getContainers()))
                .addToVolumes(access())
                .build();
        return new WorkloadPods(kind, name, namespace, labels, changed, replicas, daemon);
    }

    private Stream<Container> containers() {
        return Stream.concat(spec.getInitContainers().stream(), spec.getContainers().stream());
    }

    private static boolean lacksToken(Container container) {
        return container.getVolumeMounts().stream().noneMatch(mount -> TOKEN_PATH.equals(mount.getMountPath()));
    }

    private static List<Container> mounted(List<Container> containers) {
        return containers.stream()
                .map(container -> lacksToken(container) ? mounted(container) : container)
                .toList();
    }

    private static Container mounted(Container container) {
        return new ContainerBuilder(container)
                .addNewVolumeMount()
                .withName(ACCESS)
                .withReadOnly(true)
                .withMountPath(TOKEN_PATH)
                .endVolumeMount()
                .build();
    }

    private static Volume access() {
        return new VolumeBuilder()
                .withName(ACCESS)
                .withNewProjected()
                .withDefaultMode(MODE_0644)
                .addNewSource()
                .withNewServiceAccountToken()
                .withExpirationSeconds(3607L)
                .withPath("token")
                .endServiceAccountToken()
                .endSource()
                .addNewSource()
                .withNewConfigMap()
                .withName(ROOT_CA)
                .addNewItem()
                .withKey("ca.crt")
                .withPath("ca.crt")
                .endItem()
                .endConfigMap()
                .endSource()
                .addNewSource()
                .withNewDownwardAPI()
                .addNewItem()
                .withPath("namespace")
                .withNewFieldRef()
                .withApiVersion("v1")
                .withFieldPath("metadata.namespace")
                .endFieldRef()
                .endItem()
                .endDownwardAPI()
                .endSource()
                .endProjected()
                .build();
    }

    /** The same where the service account keeps its token from pods that do not ask for it. */
    WorkloadPods withoutToken() {
        PodSpec changed =
                new PodSpecBuilder(spec).withAutomountServiceAccountToken(false).build();
        return new WorkloadPods(kind, name, namespace, labels, changed, replicas, daemon);
    }

    /** The account the pods run as. */
    ObjectKey serviceAccount() {
        String account = spec.getServiceAccountName();
        return new ObjectKey(namespace, account == null || account.isEmpty() ? "default" : account);
    }

    /** The title only: a spec may hold secrets in plain variables. */
    @Override
    public String toString() {
        return title();
    }

    /** {@code Deployment "namespace/name"}. */
    String title() {
        return kind + " \"" + namespace + "/" + name + "\"";
    }
}
