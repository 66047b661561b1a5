package dev.kubechurn.sim.cluster;

import io.fabric8.kubernetes.api.model.PodSpec;
import java.util.List;

/**
 * What a pod is made from.
 *
 * @param name of the workload; its pods add a number
 * @param spec shared by all pods of the template; nobody changes it
 * @param uses each object that the spec names, once
 */
public record PodTemplate(String namespace, String name, PodSpec spec, List<ObjectUse> uses) {

    public PodTemplate {
        uses = List.copyOf(uses);
    }
}
