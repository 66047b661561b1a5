package dev.kubechurn.core.env;

import io.fabric8.kubernetes.api.model.ObjectFieldSelector;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The values of {@code fieldRef}s of one container (E36 to E43). */
final class FieldReferences {

    private static final String LABELS = "metadata.labels";
    private static final String ANNOTATIONS = "metadata.annotations";
    private static final int MAX_HOST_IPS = 2;

    private final PodView pod;
    private final List<String> hostIps;
    private final EnvironmentRequest request;

    FieldReferences(PodView pod, EnvironmentRequest request) {
        this.pod = pod;
        this.hostIps = request.node().hostIps();
        this.request = request;
    }

    String value(ObjectFieldSelector selector) throws ResolutionException {
        String version = Absent.text(selector.getApiVersion());
        if (!version.isEmpty() && !version.equals("v1")) {
            throw invalid("unsupported pod version: " + version);
        }
        FieldPath path = FieldPath.of(Absent.text(selector.getFieldPath()));
        return path.key() == null ? field(path.whole()) : subscript(path, path.key());
    }

    private String field(String path) throws ResolutionException {
        return switch (path) {
            case "metadata.name" -> pod.name();
            case "metadata.namespace" -> pod.namespace();
            case "metadata.uid" -> pod.uid();
            case LABELS -> QuotedMap.of(pod.labels());
            case ANNOTATIONS -> QuotedMap.of(pod.annotations());
            case "spec.nodeName", "spec.host" -> pod.nodeName();
            case "spec.serviceAccountName" -> pod.serviceAccountName();
            case "status.podIP" -> podIps().primary();
            case "status.podIPs" -> String.join(",", podIps().all());
            case "status.hostIP" -> hostIps.isEmpty() ? "" : hostIps.get(0);
            case "status.hostIPs" -> hostIps.stream().limit(MAX_HOST_IPS).collect(Collectors.joining(","));
            case "spec.restartPolicy", "spec.schedulerName", "status.phase" ->
                throw invalid("unsupported fieldPath: " + path);
            default -> throw invalid("field label not supported: " + path);
        };
    }

    private PodIps podIps() {
        return PodIps.of(Absent.text(request.podIp()), request.podIps(), hostIps);
    }

    private String subscript(FieldPath path, String key) throws ResolutionException {
        return switch (path.field()) {
            case LABELS -> byKey(pod.labels(), path, key, key);
            // Lower case for the check only; one character at a time, as Go does it.
            case ANNOTATIONS -> byKey(pod.annotations(), path, key, lowerCase(key));
            default -> throw invalid("field label does not support subscript: " + path.whole());
        };
    }

    private static String byKey(Map<String, String> map, FieldPath path, String key, String checked)
            throws ResolutionException {
        String problem = QualifiedName.problem(checked);
        if (problem != null) {
            throw invalid("invalid key subscript in " + path.whole() + ": " + problem);
        }
        return Absent.text(map.get(key));
    }

    private static String lowerCase(String key) {
        StringBuilder lower = new StringBuilder(key.length());
        key.codePoints().map(Character::toLowerCase).forEach(lower::appendCodePoint);
        return lower.toString();
    }

    private static ResolutionException invalid(String message) {
        return new ResolutionException(new EnvironmentError.InvalidFieldRef(message));
    }
}
