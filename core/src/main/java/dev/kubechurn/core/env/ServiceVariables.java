package dev.kubechurn.core.env;

import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServicePort;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The variables that services make in the containers of a pod (E6 to E12). Where two services make one name, which is
 * chance in the kubelet, the one whose own name is the greater byte by byte wins (E9).
 */
final class ServiceVariables {

    private static final String MASTER_NAMESPACE = "default";
    private static final String MASTER_NAME = "kubernetes";

    /** In the order of an {@link Environment}, which each container of a namespace begins with them. */
    private final SortedMap<String, String> variables = new TreeMap<>(ByteOrder.INSTANCE);

    private ServiceVariables() {}

    /** The variables for pods of the namespace. */
    static SortedMap<String, String> of(List<Service> services, String namespace, boolean links) {
        ServiceVariables made = new ServiceVariables();
        chosen(services, namespace, links).forEach(made::add);
        return Collections.unmodifiableSortedMap(made.variables);
    }

    private static Map<String, Service> chosen(List<Service> services, String namespace, boolean links) {
        Map<String, Service> byName = new TreeMap<>(ByteOrder.INSTANCE);
        for (Service service : services) {
            if (clusterIp(service) == null) {
                continue;
            }
            ObjectMeta metadata = service.getMetadata();
            String name = metadata == null ? "" : Absent.text(metadata.getName());
            String home = metadata == null ? "" : Absent.text(metadata.getNamespace());
            if (links && home.equals(namespace)) {
                byName.put(name, service);
            } else if (home.equals(MASTER_NAMESPACE) && name.equals(MASTER_NAME)) {
                byName.putIfAbsent(name, service);
            }
        }
        return byName;
    }

    /** Null: the service does not count (E6). */
    private static @Nullable String clusterIp(Service service) {
        String ip =
                service.getSpec() == null ? "" : Absent.text(service.getSpec().getClusterIP());
        return ip.isEmpty() || ip.equals("None") ? null : ip;
    }

    private void add(String serviceName, Service service) {
        List<ServicePort> ports = Absent.list(service.getSpec().getPorts());
        if (ports.isEmpty()) {
            return;
        }
        String name = upperCase(serviceName);
        String address = service.getSpec().getClusterIP();
        variables.put(name + "_SERVICE_HOST", address);
        variables.put(name + "_SERVICE_PORT", number(ports.get(0)));
        for (ServicePort port : ports) {
            if (!Absent.text(port.getName()).isEmpty()) {
                variables.put(name + "_SERVICE_PORT_" + upperCase(port.getName()), number(port));
            }
        }
        variables.put(name + "_PORT", url(ports.get(0), address));
        ports.forEach(port -> addPort(name, address, port));
    }

    private void addPort(String name, String address, ServicePort port) {
        String prefix = name + "_PORT_" + number(port) + "_" + protocol(port).toUpperCase(Locale.ROOT);
        variables.put(prefix, url(port, address));
        variables.put(prefix + "_PROTO", protocol(port).toLowerCase(Locale.ROOT));
        variables.put(prefix + "_PORT", number(port));
        variables.put(prefix + "_ADDR", address);
    }

    private static String url(ServicePort port, String address) {
        String host = address.indexOf(':') >= 0 ? "[" + address + "]" : address;
        return protocol(port).toLowerCase(Locale.ROOT) + "://" + host + ":" + number(port);
    }

    private static String protocol(ServicePort port) {
        String protocol = Absent.text(port.getProtocol());
        return protocol.isEmpty() ? "TCP" : protocol;
    }

    private static String number(ServicePort port) {
        return port.getPort() == null ? "0" : port.getPort().toString();
    }

    private static String upperCase(String name) {
        return name.toUpperCase(Locale.ROOT).replace('-', '_');
    }
}
