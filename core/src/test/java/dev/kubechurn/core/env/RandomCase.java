package dev.kubechurn.core.env;

import dev.kubechurn.core.api.ObjectKey;
import dev.kubechurn.core.api.ObjectKind;
import dev.kubechurn.core.store.LookupError;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServicePort;
import io.fabric8.kubernetes.api.model.ServiceSpec;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Supplier;

/** A pod, its node and its objects, drawn from one seed: small pools of names, so that they meet. */
final class RandomCase {

    static final String NAMESPACE = "shop";

    private static final List<String> KEYS =
            List.of("A", "B", "C", "WEB_PORT", "WEB_SERVICE_HOST", "1X", ".", "..", "..y", ".y", "a.b-c_9", "Z");
    private static final List<String> QUANTITIES = List.of(
            "0",
            "1",
            "2",
            "250m",
            "1500m",
            "1001m",
            "0.5",
            "2.007",
            "64Mi",
            "1.5Gi",
            "129e6",
            "1E3",
            "5e-1",
            "1E",
            "7n",
            "3u",
            "12k",
            "2G",
            ".5",
            "9007199254740993",
            "1Ti",
            "3Pi",
            "4T",
            "1P");
    private static final List<String> DIVISORS = List.of("0", "1", "1m", "1k", "1Mi", "1M", "1Gi", "3", "1E", "2.5");
    private static final List<String> RESOURCES = List.of("cpu", "memory", "ephemeral-storage", "hugepages-2Mi");
    private static final List<String> IPS = List.of(
            "10.0.0.9",
            "FD00::9",
            "10.0.0.10",
            "192.0.2.003",
            "2001:db8::3",
            "not-an-ip",
            "::ffff:10.1.2.3",
            "2001:db8:0:1:0:0:0:9",
            "0:0:0:0:0:0:0:1",
            "10.0.0.256",
            "2001:0DB8::1:0:0:1",
            "::10.0.0.1",
            "::",
            "1::2::3");

    final SplittableRandom random;
    final ObjectWorld world = new ObjectWorld();
    final EnvironmentRequest request;
    final NameMode mode;

    RandomCase(long seed) {
        // Neighbouring seeds give alike first draws; the generator of a split does not.
        random = new SplittableRandom(seed).split();
        mode = chance(50) ? NameMode.STRICT : NameMode.RELAXED;
        for (String name : RandomEntries.OBJECTS) {
            objects(name);
        }
        Pod pod = pod();
        Container container = chance(15)
                ? pod.getSpec().getInitContainers().get(0)
                : pod.getSpec().getContainers().get(0);
        NodeFacts node = new NodeFacts(some(2, IPS), quantities(RESOURCES, 70), services(), chance(98));
        request = new EnvironmentRequest(pod, container, chance(50) ? pick(IPS) : null, some(4, IPS), node);
    }

    boolean chance(int percent) {
        return random.nextInt(100) < percent;
    }

    <E> E pick(List<E> pool) {
        return pool.get(random.nextInt(pool.size()));
    }

    <E> List<E> some(int most, List<E> pool) {
        return listOf(most, () -> pick(pool));
    }

    <E> List<E> listOf(int most, Supplier<E> element) {
        List<E> list = new ArrayList<>();
        for (int count = random.nextInt(most + 1); count > 0; count--) {
            list.add(element.get());
        }
        return list;
    }

    Quantity divisor() {
        return new Quantity(pick(DIVISORS));
    }

    private void objects(String name) {
        if (chance(80)) {
            ConfigMap configMap = new ConfigMap();
            configMap.setMetadata(metadata(NAMESPACE, name));
            configMap.setData(chance(90) ? data() : null);
            configMap.setBinaryData(Map.of("BINARY", "eA=="));
            world.add(configMap);
        }
        if (chance(80)) {
            Secret secret = new Secret();
            secret.setMetadata(metadata(NAMESPACE, name));
            Map<String, String> encoded = new LinkedHashMap<>();
            data().forEach((key, text) ->
                    encoded.put(key, Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8))));
            secret.setData(encoded);
            world.add(secret);
        }
        breakSome(ObjectKind.CONFIG_MAP, name);
        breakSome(ObjectKind.SECRET, name);
    }

    private void breakSome(ObjectKind<?> kind, String name) {
        ObjectKey key = new ObjectKey(NAMESPACE, name);
        if (chance(3)) {
            List<LookupError> errors = List.of(
                    new LookupError.NotRegistered(key),
                    new LookupError.SyncTimeout(kind),
                    new LookupError.Unavailable("the server is gone"));
            world.broken.put(kind.singular() + " " + key, pick(errors));
        }
    }

    private Map<String, String> data() {
        Map<String, String> data = new LinkedHashMap<>();
        for (String key : some(5, KEYS)) {
            data.put(key, RandomEntries.text(this));
        }
        return data;
    }

    private Pod pod() {
        Pod pod = new Pod();
        ObjectMeta metadata = metadata(NAMESPACE, "cart-0");
        metadata.setUid("u-1");
        metadata.setLabels(labels());
        metadata.setAnnotations(labels());
        if (chance(10)) {
            metadata.getAnnotations().put("kubernetes.io/config.source", chance(50) ? "api" : "file");
        }
        pod.setMetadata(metadata);
        PodSpec spec = new PodSpec();
        spec.setEnableServiceLinks(chance(1) ? null : chance(60));
        spec.setNodeName(chance(80) ? "node-3" : null);
        spec.setServiceAccountName(chance(80) ? "clerk" : null);
        spec.setContainers(List.of(container("main"), container("side")));
        spec.setInitContainers(List.of(container("setup")));
        spec.setResources(chance(30) ? requirements() : null);
        pod.setSpec(spec);
        return pod;
    }

    private Container container(String name) {
        Container container = new Container();
        container.setName(name);
        container.setResources(chance(80) ? requirements() : null);
        RandomEntries entries = new RandomEntries(this);
        container.setEnvFrom(listOf(3, entries::source));
        container.setEnv(listOf(5, entries::entry));
        return container;
    }

    private ResourceRequirements requirements() {
        ResourceRequirements requirements = new ResourceRequirements();
        requirements.setRequests(quantities(RESOURCES, 50));
        requirements.setLimits(quantities(RESOURCES, 50));
        return requirements;
    }

    private Map<String, Quantity> quantities(List<String> names, int percent) {
        Map<String, Quantity> quantities = new HashMap<>();
        for (String name : names) {
            if (chance(percent)) {
                quantities.put(name, new Quantity(pick(QUANTITIES)));
            }
        }
        return quantities;
    }

    private Map<String, String> labels() {
        Map<String, String> labels = new LinkedHashMap<>();
        for (String key : some(3, List.of("app", "shop.example/Tier", "Zone", "a"))) {
            labels.put(
                    key, pick(List.of("web", "", "a\"b\\c", "line\n\ttab", "caf\u00e9 \u65e5", "\u0001\u200b\u007f")));
        }
        return labels;
    }

    private List<Service> services() {
        // A cluster holds one service of a name in a namespace.
        Map<String, Service> services = new LinkedHashMap<>();
        for (Service service : listOf(5, this::service)) {
            ObjectMeta metadata = service.getMetadata();
            services.put(metadata.getNamespace() + "/" + metadata.getName(), service);
        }
        return List.copyOf(services.values());
    }

    private Service service() {
        Service service = new Service();
        service.setMetadata(metadata(
                pick(List.of(NAMESPACE, NAMESPACE, "default", "other")),
                pick(List.of("web", "kubernetes", "kubernetes", "web-port-80-tcp", "a-b", "web-port"))));
        ServiceSpec spec = new ServiceSpec();
        spec.setClusterIP(pick(Arrays.asList("10.3.0.4", "10.3.0.5", "fd00:3::6", "None", "", null)));
        List<ServicePort> ports = listOf(2, this::port);
        ports.add(port());
        spec.setPorts(ports);
        service.setSpec(spec);
        return service;
    }

    private ServicePort port() {
        ServicePort port = new ServicePort();
        port.setPort(pick(List.of(80, 443, 9100)));
        port.setProtocol(pick(Arrays.asList("TCP", "UDP", "SCTP", null)));
        port.setName(pick(Arrays.asList("http", "grpc-web", "", null)));
        return port;
    }

    private static ObjectMeta metadata(String namespace, String name) {
        ObjectMeta metadata = new ObjectMeta();
        metadata.setNamespace(namespace);
        metadata.setName(name);
        return metadata;
    }
}
