package dev.kubechurn.sim.job;

import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.util.LinkedHashMap;
import java.util.Map;

/** What all objects of a Job have in common. */
final class JobLabels {

    static final String NAME = "app.kubernetes.io/name";
    static final String INSTANCE = "app.kubernetes.io/instance";
    static final String KUBECHURN = "kubechurn";

    private JobLabels() {}

    static Map<String, String> of(JobSettings settings) {
        Map<String, String> labels = new LinkedHashMap<>();
        labels.put(NAME, KUBECHURN);
        labels.put(INSTANCE, settings.name());
        return labels;
    }

    /** Of an object in the namespace. */
    static ObjectMeta metadata(JobSettings settings, String name) {
        return new ObjectMetaBuilder()
                .withName(name)
                .withNamespace(settings.namespace())
                .withLabels(of(settings))
                .build();
    }
}
