package dev.kubechurn.reports.render;

import java.util.Locale;
import java.util.Map;

/** A field of a scenario and its value, in words: {@code cluster.nodes} and 500 as "500 nodes". */
final class FieldWords {

    /** Fields that count something, by what they count. */
    private static final Map<String, String> COUNTED = Map.ofEntries(
            Map.entry("cluster.nodes", "nodes"),
            Map.entry("cluster.namespaces", "namespaces"),
            Map.entry("configMaps.count", "ConfigMaps"),
            Map.entry("configMaps.keys", "keys in each ConfigMap"),
            Map.entry("secrets.count", "Secrets"),
            Map.entry("secrets.keys", "keys in each Secret"),
            Map.entry("pods.perNode", "pods on each node"),
            Map.entry("pods.references.env", "references by environment variables"),
            Map.entry("pods.references.envFrom", "references by envFrom"),
            Map.entry("pods.references.volumes", "references by volumes"),
            Map.entry("apiServer.replicas", "API servers"),
            Map.entry("apiServer.maxInFlight", "requests in flight"));

    private FieldWords() {}

    /** The field with its value, as it stands after "with". */
    static String with(String path, String value) {
        String counted = COUNTED.get(path);
        if (counted != null) {
            return number(value) + " " + counted;
        }
        return switch (path) {
            case "strategy" -> value;
            case "kubernetesVersion" -> "Kubernetes " + value;
            case "kubelet.watchList" -> value.equals("true") ? "WatchList" : "no WatchList";
            default -> named(path) + " " + value;
        };
    }

    /** The same field with another value, as it stands after {@link #with} and "instead of". */
    static String other(String path, String value) {
        return COUNTED.containsKey(path) ? number(value) : path.equals("kubelet.watchList") ? with(path, value) : value;
    }

    /** The last two parts of a path: of {@code kubelet.syncFrequency} "kubelet sync frequency". */
    private static String named(String path) {
        int dot = path.lastIndexOf('.');
        String last = words(path.substring(dot + 1));
        if (dot < 0) {
            return last;
        }
        String parent = path.substring(0, dot);
        return object(parent.substring(parent.lastIndexOf('.') + 1)) + " " + last;
    }

    private static String object(String part) {
        return switch (part) {
            case "configMaps" -> "ConfigMap";
            case "secrets" -> "Secret";
            case "pods" -> "pod";
            case "updates" -> "update";
            case "apiServer" -> "API server";
            default -> words(part);
        };
    }

    private static String words(String camelCase) {
        return camelCase.replaceAll("(?<=[a-z])(?=[A-Z])", " ").toLowerCase(Locale.ROOT);
    }

    private static String number(String value) {
        return value.matches("[0-9]{1,15}") ? Counts.exact(Long.parseLong(value)) : value;
    }
}
