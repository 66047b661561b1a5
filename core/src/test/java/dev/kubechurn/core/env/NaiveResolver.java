package dev.kubechurn.core.env;

import dev.kubechurn.core.api.ObjectKey;
import dev.kubechurn.core.store.LookupError;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.EnvFromSource;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.EnvVarSource;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Secret;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The rules E once more, written down as simply as can be and sharing nothing with the resolver but its data types: for
 * comparison only. An InvalidFieldRef of E39 tells no reason here.
 */
final class NaiveResolver {

    private static final Pattern TOKENS = Pattern.compile("(?s)\\$\\$|\\$\\(([^)]*)\\)|.");
    private static final Pattern STRICT = Pattern.compile("(?!\\.\\.|\\.$)[-._a-zA-Z][-._a-zA-Z0-9]*");

    private final EnvironmentRequest request;
    private final Pod pod;
    private final ObjectWorld world;
    private final boolean strict;
    private final Map<String, Map<String, String>> seen = new HashMap<>();
    private final List<String> reads = new ArrayList<>();
    private final List<String> events = new ArrayList<>();

    NaiveResolver(EnvironmentRequest request, ObjectWorld world, NameMode mode) {
        this.request = request;
        this.pod = request.pod();
        this.world = world;
        this.strict = mode == NameMode.STRICT;
    }

    Outcome resolve() {
        try {
            return new Outcome(environment(), null, "", events, reads);
        } catch (Refusal e) {
            return new Outcome(null, e.kind, e.text, events, reads);
        }
    }

    private Map<String, String> environment() throws Refusal {
        Boolean links = pod.getSpec().getEnableServiceLinks();
        if (links == null) {
            throw new Refusal(
                    "ServiceLinksUnset", "nil pod.spec.enableServiceLinks encountered, cannot construct envvars");
        }
        String origin = pod.getMetadata().getAnnotations().getOrDefault("kubernetes.io/config.source", "api");
        if (!request.node().servicesSynced() && origin.equals("api")) {
            throw new Refusal(
                    "ServicesNotSynced", "services have not yet been read at least once, cannot construct envvars");
        }
        Map<String, String> services =
                NaiveServices.variables(request.node().services().services(), links);
        Map<String, String> own = new TreeMap<>();
        for (EnvFromSource source : request.container().getEnvFrom()) {
            source(source, own);
        }
        for (EnvVar entry : request.container().getEnv()) {
            String value = value(entry, own, services);
            if (value != null) {
                own.put(entry.getName(), value);
            }
        }
        Map<String, String> all = new TreeMap<>(services);
        all.putAll(own);
        return all;
    }

    private void source(EnvFromSource source, Map<String, String> own) throws Refusal {
        String prefix = source.getPrefix() == null ? "" : source.getPrefix();
        String word;
        String name;
        Map<String, String> data;
        if (source.getConfigMapRef() != null) {
            word = "configMap";
            name = source.getConfigMapRef().getName();
            data = configMap(name, Boolean.TRUE.equals(source.getConfigMapRef().getOptional()));
        } else if (source.getSecretRef() != null) {
            word = "secret";
            name = source.getSecretRef().getName();
            data = secret(name, Boolean.TRUE.equals(source.getSecretRef().getOptional()));
        } else {
            return;
        }
        List<String> bad = new ArrayList<>();
        for (Map.Entry<String, String> entry : (data == null ? Map.<String, String>of() : data).entrySet()) {
            String variable = prefix + entry.getKey();
            if (strict && !STRICT.matcher(variable).matches()) {
                bad.add(variable);
            } else {
                own.put(variable, entry.getValue());
            }
        }
        if (!bad.isEmpty()) {
            bad.sort(null);
            events.add("Warning InvalidEnvironmentVariableNames Keys [" + String.join(", ", bad) + "] from the EnvFrom "
                    + word + " shop/" + name
                    + " were skipped since they are considered invalid environment variable names.");
        }
    }

    /** Null: the entry is left out. */
    private @Nullable String value(EnvVar entry, Map<String, String> own, Map<String, String> services) throws Refusal {
        if (entry.getValue() != null && !entry.getValue().isEmpty()) {
            return expand(entry.getValue(), own, services);
        }
        EnvVarSource from = entry.getValueFrom();
        if (from == null) {
            return "";
        }
        if (from.getFieldRef() != null) {
            return NaiveFields.value(from.getFieldRef(), request);
        }
        if (from.getResourceFieldRef() != null) {
            return NaiveResources.value(from.getResourceFieldRef(), request);
        }
        if (from.getConfigMapKeyRef() != null) {
            var ref = from.getConfigMapKeyRef();
            boolean optional = Boolean.TRUE.equals(ref.getOptional());
            return key("ConfigMap", ref.getName(), ref.getKey(), optional, configMap(ref.getName(), optional));
        }
        if (from.getSecretKeyRef() != null) {
            var ref = from.getSecretKeyRef();
            boolean optional = Boolean.TRUE.equals(ref.getOptional());
            return key("Secret", ref.getName(), ref.getKey(), optional, secret(ref.getName(), optional));
        }
        if (from.getFileKeyRef() != null) {
            throw new Refusal(
                    "NotSupported", "variable " + entry.getName() + ": valueFrom.fileKeyRef is not supported");
        }
        return "";
    }

    private static @Nullable String key(
            String kind, String name, String key, boolean optional, @Nullable Map<String, String> data) throws Refusal {
        String value = data == null ? null : data.get(key);
        if (value == null && !optional) {
            throw new Refusal("KeyNotFound", "couldn't find key " + key + " in " + kind + " shop/" + name);
        }
        return value;
    }

    private static String expand(String text, Map<String, String> own, Map<String, String> services) {
        StringBuilder out = new StringBuilder();
        Matcher token = TOKENS.matcher(text);
        while (token.find()) {
            String name = token.group(1);
            if (name != null) {
                out.append(own.getOrDefault(name, services.getOrDefault(name, token.group())));
            } else {
                out.append(token.group().equals("$$") ? "$" : token.group());
            }
        }
        return out.toString();
    }

    private @Nullable Map<String, String> configMap(String name, boolean optional) throws Refusal {
        ConfigMap configMap = world.configMaps.get(new ObjectKey("shop", name));
        Map<String, String> data =
                configMap == null ? null : configMap.getData() == null ? Map.of() : configMap.getData();
        return read("configmap", name, optional, data);
    }

    private @Nullable Map<String, String> secret(String name, boolean optional) throws Refusal {
        Secret secret = world.secrets.get(new ObjectKey("shop", name));
        Map<String, String> data = secret == null ? null : new HashMap<>();
        if (secret != null && data != null) {
            secret.getData()
                    .forEach((key, base64) ->
                            data.put(key, new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8)));
        }
        return read("secret", name, optional, data);
    }

    private @Nullable Map<String, String> read(
            String kind, String name, boolean optional, @Nullable Map<String, String> data) throws Refusal {
        String id = kind + " shop/" + name;
        Map<String, String> known = seen.get(id);
        if (known != null) {
            return known;
        }
        reads.add(id);
        LookupError error = world.broken.get(id);
        if (error != null) {
            throw new Refusal(error.getClass().getSimpleName(), error.message());
        }
        if (data == null && !optional) {
            throw new Refusal("NotFound", kind + " \"" + name + "\" not found");
        }
        if (data != null) {
            seen.put(id, data);
        }
        return data;
    }

    /** An error by kind and text. */
    static final class Refusal extends Exception {

        private static final long serialVersionUID = 1L;

        final String kind;
        final String text;

        Refusal(String kind, String text) {
            super(text);
            this.kind = kind;
            this.text = text;
        }
    }
}
