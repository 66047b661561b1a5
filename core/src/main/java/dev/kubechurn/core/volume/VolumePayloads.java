package dev.kubechurn.core.volume;

import dev.kubechurn.core.api.ObjectKind;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapVolumeSource;
import io.fabric8.kubernetes.api.model.ProjectedVolumeSource;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretVolumeSource;
import io.fabric8.kubernetes.api.model.Volume;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Makes the payloads of ConfigMap, Secret and projected volumes (V1 to V9): as pure functions of a volume's source and
 * its objects, or by asking for the objects first. Safe from any thread; never blocks.
 *
 * <p>Of a projected volume the sources {@code configMap} and {@code secret} count, in their order: of two files with
 * the same path the later wins, as with the kubelet. Its other sources (service account tokens, the downward API, trust
 * bundles, pod certificates) are not made from objects that the kubelet's managers keep; they are left out of the
 * payload. Nobody's ownership (fsGroup) is part of a payload either.
 */
public final class VolumePayloads {

    private final ObjectGetter<ConfigMap> configMaps;
    private final ObjectGetter<Secret> secrets;

    /** Takes {@code ObjectManager::get} of the two managers, or whatever gives objects as they do. */
    public VolumePayloads(ObjectGetter<ConfigMap> configMaps, ObjectGetter<Secret> secrets) {
        this.configMaps = configMaps;
        this.secrets = secrets;
    }

    /** The objects that a volume is made of, each once, in the order in which {@link #read} asks for them. */
    public static Set<ObjectName> objects(Volume volume) {
        return VolumePlan.of(volume).objects();
    }

    /** The payload of a ConfigMap volume; null: the ConfigMap is not there (V1 to V9). */
    public static PayloadResult ofConfigMap(ConfigMapVolumeSource source, @Nullable ConfigMap configMap) {
        Fetched answer = found(configMap);
        return VolumePlan.of(source).payload(name -> answer);
    }

    /** The payload of a Secret volume, whose values are base64; null: the Secret is not there. */
    public static PayloadResult ofSecret(SecretVolumeSource source, @Nullable Secret secret) {
        Fetched answer = found(secret);
        return VolumePlan.of(source).payload(name -> answer);
    }

    /** The payload of a projected volume, given the objects by name; a name that is not in the map is not there. */
    public static PayloadResult ofProjected(
            ProjectedVolumeSource source, Map<String, ConfigMap> configMaps, Map<String, Secret> secrets) {
        return VolumePlan.of(source)
                .payload(object -> object.kind() == ObjectKind.SECRET
                        ? found(secrets.get(object.name()))
                        : found(configMaps.get(object.name())));
    }

    /**
     * Reads a volume's objects and makes its payload. Asks for each object once, one after the other in the order of the
     * volume's sources, so that one payload never holds two versions of an object; after an error it asks on, as the
     * kubelet does. (The kubelet asks once for each source, so twice for an object that two sources name.)
     *
     * <p>A volume of any other type asks nothing and has an empty payload.
     *
     * @param receiver gets the result, once: within this call if all answers are at hand, else on the thread that brings
     *     the last one; must not block
     */
    public void read(Volume volume, String namespace, Consumer<PayloadResult> receiver) {
        new PayloadRead(VolumePlan.of(volume), namespace, configMaps, secrets, receiver).run();
    }

    private static Fetched found(@Nullable ConfigMap configMap) {
        return configMap == null ? new Fetched.Absent() : new Fetched.Found(ObjectContent.of(configMap));
    }

    private static Fetched found(@Nullable Secret secret) {
        return secret == null ? new Fetched.Absent() : new Fetched.Found(ObjectContent.of(secret));
    }
}
