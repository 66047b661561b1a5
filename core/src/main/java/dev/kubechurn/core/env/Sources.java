package dev.kubechurn.core.env;

import dev.kubechurn.core.api.EventRecorder;
import dev.kubechurn.core.api.ObjectKind;
import io.fabric8.kubernetes.api.model.ConfigMapEnvSource;
import io.fabric8.kubernetes.api.model.EnvFromSource;
import io.fabric8.kubernetes.api.model.SecretEnvSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Makes steps of the sources in {@code envFrom} (E13 to E20). */
final class Sources {

    private static final String REASON = "InvalidEnvironmentVariableNames";

    private final PodView pod;
    private final NameMode names;
    private final EventRecorder events;

    Sources(PodView pod, NameMode names, EventRecorder events) {
        this.pod = pod;
        this.names = names;
        this.events = events;
    }

    /** The step of one source; none if it names neither a ConfigMap nor a Secret. */
    Optional<Step> step(EnvFromSource source) {
        return reference(source)
                .map(object -> new Step.FromObject(
                        object, (variables, data) -> take(Absent.text(source.getPrefix()), object, data, variables)));
    }

    private Optional<ObjectReference> reference(EnvFromSource source) {
        ConfigMapEnvSource configMap = source.getConfigMapRef();
        if (configMap != null) {
            return Optional.of(ObjectReference.of(
                    ObjectKind.CONFIG_MAP, pod.namespace(), configMap.getName(), configMap.getOptional()));
        }
        return Optional.ofNullable(source.getSecretRef()).map(this::secret);
    }

    private ObjectReference secret(SecretEnvSource secret) {
        return ObjectReference.of(ObjectKind.SECRET, pod.namespace(), secret.getName(), secret.getOptional());
    }

    private void take(String prefix, ObjectReference object, ObjectData data, Variables variables)
            throws ResolutionException {
        List<String> skipped = new ArrayList<>();
        for (String key : data.keys()) {
            String name = prefix + key;
            if (names.accepts(name)) {
                variables.set(name, data.text(key, object.key()));
            } else {
                skipped.add(name);
            }
        }
        if (!skipped.isEmpty()) {
            record(skipped, object);
        }
    }

    private void record(List<String> skipped, ObjectReference object) {
        skipped.sort(ByteOrder.INSTANCE);
        String word = object.kind() == ObjectKind.SECRET ? "secret" : "configMap";
        events.event(
                pod.pod(),
                EventRecorder.Type.WARNING,
                REASON,
                "Keys [" + String.join(", ", skipped) + "] from the EnvFrom " + word + " " + object.key()
                        + " were skipped since they are considered invalid environment variable names.");
    }
}
