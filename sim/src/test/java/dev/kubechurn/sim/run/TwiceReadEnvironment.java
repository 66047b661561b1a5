package dev.kubechurn.sim.run;

import dev.kubechurn.core.api.EventRecorder;
import dev.kubechurn.core.env.Environment;
import dev.kubechurn.core.env.EnvironmentError;
import dev.kubechurn.core.env.EnvironmentHandler;
import dev.kubechurn.core.env.EnvironmentRequest;
import dev.kubechurn.core.env.NameMode;
import dev.kubechurn.core.env.ObjectReads;
import dev.kubechurn.sim.cluster.EnvironmentMaker;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Secret;

/** Makes each environment from two rounds of reads, so that it can see two versions: {@link Bug#TWO_READS}. */
final class TwiceReadEnvironment implements EnvironmentMaker {

    private final EnvironmentMaker real = EnvironmentMaker.ofCore();

    @Override
    public void make(
            NameMode names,
            ObjectReads<ConfigMap> configMaps,
            ObjectReads<Secret> secrets,
            EventRecorder events,
            EnvironmentRequest request,
            EnvironmentHandler handler) {
        real.make(names, configMaps, secrets, events, request, new EnvironmentHandler() {
            @Override
            public void resolved(Environment first) {
                real.make(names, configMaps, secrets, events, request, handler);
            }

            @Override
            public void failed(EnvironmentError error) {
                handler.failed(error);
            }
        });
    }
}
