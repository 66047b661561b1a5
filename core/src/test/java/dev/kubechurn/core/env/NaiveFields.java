package dev.kubechurn.core.env;

import dev.kubechurn.core.env.NaiveResolver.Refusal;
import io.fabric8.kubernetes.api.model.ObjectFieldSelector;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The rules E36 to E43 once more. */
final class NaiveFields {

    private static final Pattern SUBSCRIPT = Pattern.compile("(?s)(.+?)\\['(.*)'\\]");
    private static final Pattern QUALIFIED = Pattern.compile("((?=[^/]{1,253}/)[a-z0-9]([-a-z0-9]*[a-z0-9])?"
            + "(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*/)?(?=.{1,63}$)([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]");
    private static final List<String> REFUSED = List.of("spec.restartPolicy", "spec.schedulerName", "status.phase");

    private NaiveFields() {}

    static String value(ObjectFieldSelector selector, EnvironmentRequest request) throws Refusal {
        if ("v2".equals(selector.getApiVersion())) {
            throw new Refusal("InvalidFieldRef", "unsupported pod version: v2");
        }
        String path = selector.getFieldPath();
        Matcher subscript = SUBSCRIPT.matcher(path);
        if (subscript.matches()) {
            return subscripted(
                    path, subscript.group(1), subscript.group(2), request.pod().getMetadata());
        }
        String value = fields(request).get(path);
        if (value == null) {
            throw new Refusal(
                    "InvalidFieldRef",
                    (REFUSED.contains(path) ? "unsupported fieldPath: " : "field label not supported: ") + path);
        }
        return value;
    }

    private static String subscripted(String path, String field, String key, ObjectMeta metadata) throws Refusal {
        boolean annotations = field.equals("metadata.annotations");
        if (!annotations && !field.equals("metadata.labels")) {
            throw new Refusal("InvalidFieldRef", "field label does not support subscript: " + path);
        }
        if (!QUALIFIED.matcher(annotations ? key.toLowerCase(Locale.ROOT) : key).matches()) {
            throw new Refusal("InvalidFieldRef", "invalid key subscript in " + path + ": ");
        }
        return (annotations ? metadata.getAnnotations() : metadata.getLabels()).getOrDefault(key, "");
    }

    private static Map<String, String> fields(EnvironmentRequest request) {
        ObjectMeta metadata = request.pod().getMetadata();
        List<String> hostIps = onePerFamily(
                request.node().hostIps(), NaiveAddresses.of(request.node().hostIps()));
        List<String> podIps =
                onePerFamily(request.podIps(), NaiveAddresses.of(request.node().hostIps()));
        Map<String, String> fields = new HashMap<>();
        fields.put("metadata.name", metadata.getName());
        fields.put("metadata.namespace", metadata.getNamespace());
        fields.put("metadata.uid", metadata.getUid());
        fields.put("metadata.labels", lines(metadata.getLabels()));
        fields.put("metadata.annotations", lines(metadata.getAnnotations()));
        fields.put("spec.nodeName", text(request.pod().getSpec().getNodeName()));
        fields.put("spec.host", text(request.pod().getSpec().getNodeName()));
        fields.put("spec.serviceAccountName", text(request.pod().getSpec().getServiceAccountName()));
        fields.put("status.hostIP", hostIps.isEmpty() ? "" : hostIps.get(0));
        fields.put("status.hostIPs", String.join(",", hostIps));
        fields.put("status.podIP", podIps.isEmpty() ? text(request.podIp()) : podIps.get(0));
        fields.put("status.podIPs", String.join(",", podIps));
        return fields;
    }

    private static List<String> onePerFamily(List<String> texts, List<String> hostIps) {
        List<String> ips = NaiveAddresses.of(texts);
        boolean four = hostIps.isEmpty() || hostIps.get(0).contains(".");
        List<String> result = new ArrayList<>();
        for (String separator : four ? List.of(".", ":") : List.of(":", ".")) {
            ips.stream().filter(ip -> ip.contains(separator)).findFirst().ifPresent(result::add);
        }
        return result;
    }

    private static String lines(Map<String, String> map) {
        List<String> lines = new ArrayList<>();
        new TreeMap<>(map)
                .forEach((key, value) -> lines.add(key + "=\""
                        + value.replace("\\", "\\\\")
                                .replace("\"", "\\\"")
                                .replace("\n", "\\n")
                                .replace("\t", "\\t")
                                .replace("\u0001", "\\x01")
                                .replace("\u007f", "\\x7f")
                                .replace("\u200b", "\\u200b")
                        + "\""));
        return String.join("\n", lines);
    }

    private static String text(@Nullable String text) {
        return text == null ? "" : text;
    }
}
