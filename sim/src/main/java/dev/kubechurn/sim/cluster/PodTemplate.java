package dev.kubechurn.sim.cluster;

import io.fabric8.kubernetes.api.model.PodSpec;

/**
 * What a pod is made from.
 *
 * @param name of the workload; its pods add a number
 * @param prepared the spec, shared by all pods of the template and by other templates with the same one
 */
public record PodTemplate(String namespace, String name, PreparedSpec prepared) {

    public PodTemplate(String namespace, String name, PodSpec spec) {
        this(namespace, name, PreparedSpec.of(spec));
    }

    /** The spec; nobody changes it. */
    public PodSpec spec() {
        return prepared.spec();
    }
}
