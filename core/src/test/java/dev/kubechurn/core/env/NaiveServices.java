package dev.kubechurn.core.env;

import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServicePort;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** The rules E6 to E12 once more, for pods of namespace {@code shop}. */
final class NaiveServices {

    private NaiveServices() {}

    static Map<String, String> variables(List<Service> all, boolean links) {
        List<Service> usable = new ArrayList<>(all);
        usable.removeIf(service -> service.getSpec().getClusterIP() == null
                || service.getSpec().getClusterIP().isEmpty()
                || service.getSpec().getClusterIP().equals("None"));
        List<Service> own = new ArrayList<>();
        if (links) {
            own.addAll(usable);
            own.removeIf(service -> !service.getMetadata().getNamespace().equals("shop"));
        }
        if (own.stream().noneMatch(service -> service.getMetadata().getName().equals("kubernetes"))) {
            usable.stream()
                    .filter(service -> service.getMetadata().getNamespace().equals("default"))
                    .filter(service -> service.getMetadata().getName().equals("kubernetes"))
                    .forEach(own::add);
        }
        own.sort(Comparator.comparing(service -> service.getMetadata().getName()));
        Map<String, String> variables = new TreeMap<>();
        own.forEach(service -> add(service, variables));
        return variables;
    }

    private static void add(Service service, Map<String, String> to) {
        String name = upper(service.getMetadata().getName());
        String ip = service.getSpec().getClusterIP();
        String host = ip.contains(":") ? "[" + ip + "]" : ip;
        List<ServicePort> ports = service.getSpec().getPorts();
        ServicePort first = ports.get(0);
        to.put(name + "_SERVICE_HOST", ip);
        to.put(name + "_SERVICE_PORT", String.valueOf(first.getPort()));
        to.put(name + "_PORT", String.format("%s://%s:%d", lower(first), host, first.getPort()));
        for (ServicePort port : ports) {
            if (port.getName() != null && !port.getName().isEmpty()) {
                to.put(name + "_SERVICE_PORT_" + upper(port.getName()), String.valueOf(port.getPort()));
            }
            String base = String.format("%s_PORT_%d_%s", name, port.getPort(), upper(lower(port)));
            to.put(base, String.format("%s://%s:%d", lower(port), host, port.getPort()));
            to.put(base + "_PROTO", lower(port));
            to.put(base + "_PORT", String.valueOf(port.getPort()));
            to.put(base + "_ADDR", ip);
        }
    }

    private static String upper(String name) {
        return name.replace("-", "_").toUpperCase(Locale.ROOT);
    }

    private static String lower(ServicePort port) {
        return port.getProtocol() == null ? "tcp" : port.getProtocol().toLowerCase(Locale.ROOT);
    }
}
