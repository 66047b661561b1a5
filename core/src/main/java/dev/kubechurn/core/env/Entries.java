package dev.kubechurn.core.env;

import dev.kubechurn.core.api.ObjectKind;
import io.fabric8.kubernetes.api.model.ConfigMapKeySelector;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.EnvVarSource;
import io.fabric8.kubernetes.api.model.SecretKeySelector;

/** Makes steps of the entries in {@code env} (E21 to E24, E31 to E35). */
final class Entries {

    private final PodView pod;
    private final FieldReferences fields;
    private final ResourceReferences resources;

    Entries(PodView pod, EnvironmentRequest request) {
        this.pod = pod;
        this.fields = new FieldReferences(pod, request);
        this.resources = new ResourceReferences(pod, request);
    }

    Step step(EnvVar entry) {
        String name = Absent.text(entry.getName());
        String value = Absent.text(entry.getValue());
        if (!value.isEmpty()) {
            return new Step.Local(variables -> variables.setExpanded(name, value));
        }
        return entry.getValueFrom() == null ? empty(name) : valueFrom(name, entry.getValueFrom());
    }

    private static Step empty(String name) {
        return new Step.Local(variables -> variables.set(name, ""));
    }

    private Step valueFrom(String name, EnvVarSource from) {
        if (from.getFieldRef() != null) {
            return new Step.Local(variables -> variables.set(name, fields.value(from.getFieldRef())));
        }
        if (from.getResourceFieldRef() != null) {
            return new Step.Local(variables -> variables.set(name, resources.value(from.getResourceFieldRef())));
        }
        ConfigMapKeySelector configMap = from.getConfigMapKeyRef();
        if (configMap != null) {
            return key(
                    name,
                    ObjectReference.of(
                            ObjectKind.CONFIG_MAP, pod.namespace(), configMap.getName(), configMap.getOptional()),
                    Absent.text(configMap.getKey()));
        }
        SecretKeySelector secret = from.getSecretKeyRef();
        if (secret != null) {
            return key(
                    name,
                    ObjectReference.of(ObjectKind.SECRET, pod.namespace(), secret.getName(), secret.getOptional()),
                    Absent.text(secret.getKey()));
        }
        return from.getFileKeyRef() == null ? empty(name) : notSupported(name, "fileKeyRef");
    }

    private static Step notSupported(String name, String field) {
        return new Step.Local(variables -> {
            throw new ResolutionException(new EnvironmentError.NotSupported(name, field));
        });
    }

    private static Step key(String name, ObjectReference object, String key) {
        return new Step.FromObject(object, (variables, data) -> {
            if (data.has(key)) {
                variables.set(name, data.text(key, object.key()));
            } else if (!object.optional()) {
                throw new ResolutionException(new EnvironmentError.KeyNotFound(object.kind(), object.key(), key));
            }
        });
    }
}
