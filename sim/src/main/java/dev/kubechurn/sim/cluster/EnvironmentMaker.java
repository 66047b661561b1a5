package dev.kubechurn.sim.cluster;

import dev.kubechurn.core.api.EventRecorder;
import dev.kubechurn.core.env.EnvironmentHandler;
import dev.kubechurn.core.env.EnvironmentRequest;
import dev.kubechurn.core.env.EnvironmentResolver;
import dev.kubechurn.core.env.NameMode;
import dev.kubechurn.core.env.ObjectReads;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Secret;

/** Makes the environment of one container: what is measured, or a double with a bug that a check must find. */
@FunctionalInterface
public interface EnvironmentMaker {

    /** Makes it from these reads; the handler is called once. */
    void make(
            NameMode names,
            ObjectReads<ConfigMap> configMaps,
            ObjectReads<Secret> secrets,
            EventRecorder events,
            EnvironmentRequest request,
            EnvironmentHandler handler);

    /** Makes it with core's {@link EnvironmentResolver}. */
    static EnvironmentMaker ofCore() {
        return (names, configMaps, secrets, events, request, handler) ->
                new EnvironmentResolver(names, configMaps, secrets, events).resolve(request, handler);
    }
}
