package dev.kubechurn.core.env;

import io.fabric8.kubernetes.api.model.ObjectFieldSelector;
import java.util.List;
import java.util.Map;

/** The values of {@code fieldRef}s of one container (E36 to E43). */
final class FieldReferences {

    private static final String LABELS = "metadata.labels";
    private static final String ANNOTATIONS = "metadata.annotations";

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
            case "status.podIP" -> first(podIps(), Absent.text(request.podIp()));
            case "status.podIPs" -> String.join(",", podIps());
            case "status.hostIP" -> first(hostIps(), "");
            case "status.hostIPs" -> String.join(",", hostIps());
            case "spec.restartPolicy", "spec.schedulerName", "status.phase" ->
                throw invalid("unsupported fieldPath: " + path);
            default -> throw invalid("field label not supported: " + path);
        };
    }

    /** One of the node's own family, then one of the other (E41). */
    private List<String> podIps() {
        return IpAddress.onePerFamily(request.podIps(), IpAddress.startsWithIpv4(hostIps));
    }

    /** The first, then one of the other family (E42). */
    private List<String> hostIps() {
        return IpAddress.onePerFamily(hostIps, IpAddress.startsWithIpv4(hostIps));
    }

    private static String first(List<String> addresses, String otherwise) {
        return addresses.isEmpty() ? otherwise : addresses.get(0);
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
