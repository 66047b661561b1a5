package dev.kubechurn.core.env;

import io.fabric8.kubernetes.api.model.ConfigMapEnvSource;
import io.fabric8.kubernetes.api.model.ConfigMapKeySelector;
import io.fabric8.kubernetes.api.model.EnvFromSource;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.EnvVarSource;
import io.fabric8.kubernetes.api.model.FileKeySelector;
import io.fabric8.kubernetes.api.model.ObjectFieldSelector;
import io.fabric8.kubernetes.api.model.ResourceFieldSelector;
import io.fabric8.kubernetes.api.model.SecretEnvSource;
import io.fabric8.kubernetes.api.model.SecretKeySelector;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Draws the sources and entries of a random case; about one case in three has an error in it. */
final class RandomEntries {

    static final List<String> OBJECTS = List.of("one", "two", "three");

    private static final List<String> NAMES = List.of("A", "B", "C", "WEB_PORT", "WEB_SERVICE_HOST", "1X", "..", "Z");
    private static final List<String> PIECES = List.of(
            "$",
            "$$",
            "(",
            ")",
            "$(",
            "$(A)",
            "$(B)",
            "$(WEB_PORT)",
            "$(KUBERNETES_SERVICE_HOST)",
            "$(nobody)",
            "x y",
            "\u00e9",
            "\n",
            "$\ud83d\ude00",
            "\\",
            "{A}");
    private static final List<@Nullable String> PREFIXES = Arrays.asList(null, "", "P_", "9", ".", "Log:", "-");
    private static final List<String> PATHS = List.of(
            "metadata.name",
            "metadata.namespace",
            "metadata.uid",
            "metadata.labels",
            "metadata.annotations",
            "metadata.labels['app']",
            "metadata.labels['shop.example/Tier']",
            "metadata.annotations['shop.example/Tier']",
            "metadata.annotations['SHOP.example/Tier']",
            "metadata.annotations['Zone']",
            "spec.nodeName",
            "spec.host",
            "spec.serviceAccountName",
            "status.podIP",
            "status.podIPs",
            "status.hostIP",
            "status.hostIPs");
    private static final List<String> BAD_PATHS = List.of(
            "",
            "metadata.Name",
            "status.phase",
            "spec.restartPolicy",
            "spec.schedulerName",
            "spec.nodeName['x']",
            "metadata.labels['']",
            "metadata.labels['a/b/c']",
            "metadata.labels['Shop.Example/x']",
            "metadata.labels['-a']",
            "metadata.labels[app]",
            "metadata.labels['app'] ",
            "['app']",
            "metadata.annotations['a b']");
    private static final List<String> FIELDS = List.of(
            "limits.cpu",
            "limits.memory",
            "limits.ephemeral-storage",
            "limits.hugepages-2Mi",
            "requests.cpu",
            "requests.memory",
            "requests.ephemeral-storage",
            "requests.hugepages-2Mi");
    private static final List<String> BAD_FIELDS = List.of("limits.gpu", "cpu", "requests.", "", "Limits.cpu");

    private final RandomCase draw;

    RandomEntries(RandomCase draw) {
        this.draw = draw;
    }

    /** A text with references, escapes and what only looks like them. */
    static String text(RandomCase draw) {
        return String.join("", draw.some(6, PIECES));
    }

    EnvFromSource source() {
        EnvFromSource source = new EnvFromSource();
        source.setPrefix(draw.pick(PREFIXES));
        int kinds = draw.random.nextInt(20);
        if (kinds < 10 || kinds == 19) {
            source.setConfigMapRef(new ConfigMapEnvSource(draw.pick(OBJECTS), optional()));
        }
        if (kinds >= 10 && kinds != 18) {
            source.setSecretRef(new SecretEnvSource(draw.pick(OBJECTS), optional()));
        }
        return source;
    }

    EnvVar entry() {
        EnvVar entry = new EnvVar();
        entry.setName(draw.pick(NAMES));
        if (draw.chance(55)) {
            entry.setValue(text(draw));
        }
        if (draw.chance(50)) {
            entry.setValueFrom(valueFrom());
        }
        return entry;
    }

    private EnvVarSource valueFrom() {
        EnvVarSource from = new EnvVarSource();
        if (draw.chance(30)) {
            from.setFieldRef(new ObjectFieldSelector(
                    draw.chance(2) ? "v2" : draw.pick(Arrays.asList("v1", "", null)),
                    draw.pick(draw.chance(8) ? BAD_PATHS : PATHS)));
        }
        if (draw.chance(30)) {
            from.setResourceFieldRef(new ResourceFieldSelector(
                    draw.chance(3) ? "front" : draw.pick(Arrays.asList("main", "side", "setup", "", null)),
                    draw.chance(60) ? draw.divisor() : null,
                    draw.pick(draw.chance(5) ? BAD_FIELDS : FIELDS)));
        }
        if (draw.chance(40)) {
            from.setConfigMapKeyRef(new ConfigMapKeySelector(draw.pick(NAMES), draw.pick(OBJECTS), optional()));
        }
        if (draw.chance(40)) {
            from.setSecretKeyRef(new SecretKeySelector(draw.pick(NAMES), draw.pick(OBJECTS), optional()));
        }
        if (draw.chance(3)) {
            from.setFileKeyRef(new FileKeySelector("K", null, "settings.env", "files"));
        }
        return from;
    }

    private @Nullable Boolean optional() {
        return draw.chance(80) ? Boolean.TRUE : draw.pick(Arrays.asList(Boolean.FALSE, null));
    }
}
