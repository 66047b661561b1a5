package dev.kubechurn.core.volume;

import static java.util.Objects.requireNonNullElse;

import dev.kubechurn.core.api.ObjectKind;
import io.fabric8.kubernetes.api.model.ConfigMapVolumeSource;
import io.fabric8.kubernetes.api.model.ProjectedVolumeSource;
import io.fabric8.kubernetes.api.model.SecretVolumeSource;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeProjection;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What a volume is made of, whatever kind of volume it is: objects in their order and a mode.
 *
 * @param defaultMode for files whose item says nothing (V2)
 */
record VolumePlan(int defaultMode, List<ObjectProjection> projections) {

    private static final int DEFAULT_MODE = 0644;

    /** A broken volume may have several sources; the order is that of N10. Other volumes have no projections. */
    static VolumePlan of(Volume volume) {
        if (volume.getProjected() != null) {
            return of(volume.getProjected());
        }
        if (volume.getSecret() != null) {
            return of(volume.getSecret());
        }
        return volume.getConfigMap() != null ? of(volume.getConfigMap()) : new VolumePlan(DEFAULT_MODE, List.of());
    }

    static VolumePlan of(ConfigMapVolumeSource source) {
        return new VolumePlan(
                modeOr(source.getDefaultMode()),
                List.of(ObjectProjection.of(
                        ObjectKind.CONFIG_MAP, source.getName(), source.getItems(), source.getOptional())));
    }

    static VolumePlan of(SecretVolumeSource source) {
        return new VolumePlan(
                modeOr(source.getDefaultMode()),
                List.of(ObjectProjection.of(
                        ObjectKind.SECRET, source.getSecretName(), source.getItems(), source.getOptional())));
    }

    static VolumePlan of(ProjectedVolumeSource source) {
        List<ObjectProjection> projections = new ArrayList<>();
        for (VolumeProjection each : requireNonNullElse(source.getSources(), List.<VolumeProjection>of())) {
            if (each.getSecret() != null) {
                var secret = each.getSecret();
                projections.add(ObjectProjection.of(
                        ObjectKind.SECRET, secret.getName(), secret.getItems(), secret.getOptional()));
            } else if (each.getConfigMap() != null) {
                var configMap = each.getConfigMap();
                projections.add(ObjectProjection.of(
                        ObjectKind.CONFIG_MAP, configMap.getName(), configMap.getItems(), configMap.getOptional()));
            }
        }
        return new VolumePlan(modeOr(source.getDefaultMode()), projections);
    }

    private static int modeOr(@Nullable Integer mode) {
        return requireNonNullElse(mode, DEFAULT_MODE);
    }

    /** Each object once, in the order of its first mention. */
    Set<ObjectName> objects() {
        if (projections.size() == 1) {
            return Set.of(projections.get(0).object());
        }
        Set<ObjectName> names = new LinkedHashSet<>();
        projections.forEach(projection -> names.add(projection.object()));
        return names;
    }

    /** The payload, given the answer for each of the {@link #objects}. */
    PayloadResult payload(Function<ObjectName, Fetched> answers) {
        PayloadBuilder builder = new PayloadBuilder(defaultMode);
        projections.forEach(projection -> builder.add(projection, answers.apply(projection.object())));
        return builder.build();
    }
}
