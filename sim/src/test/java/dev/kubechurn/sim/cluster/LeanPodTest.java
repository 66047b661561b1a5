package dev.kubechurn.sim.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodSpecBuilder;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import org.junit.jupiter.api.Test;

/** Pods that own nothing but their names: they say what others say. */
class LeanPodTest {

    private final KubernetesSerialization json = new KubernetesSerialization();
    private final PodSpec spec = new PodSpecBuilder()
            .addNewContainer()
            .withName("main")
            .endContainer()
            .build();

    private Pod expected(String phase) {
        return new PodBuilder()
                .withNewMetadata()
                .withNamespace("ns")
                .withName("pod-1")
                .withUid("uid-1")
                .endMetadata()
                .withSpec(spec)
                .withNewStatus()
                .withPhase(phase)
                .endStatus()
                .build();
    }

    @Test
    void saysWhatABuilderWouldSay() {
        Pod pending = LeanPod.pending("ns", "pod-1", "uid-1", spec);
        assertThat(json.asJson(pending)).isEqualTo(json.asJson(expected("Pending")));
        assertThat(pending).isEqualTo(expected("Pending"));
        assertThat(json.asJson(LeanPod.succeeded(pending))).isEqualTo(json.asJson(expected("Succeeded")));
    }

    @Test
    void sharesAllButItsNames() {
        Pod one = LeanPod.pending("ns", "pod-1", "uid-1", spec);
        Pod other = LeanPod.pending("ns", "pod-2", "uid-2", spec);
        assertThat(other.getSpec()).isSameAs(one.getSpec());
        assertThat(other.getStatus()).isSameAs(one.getStatus());
        assertThat(other.getMetadata().getLabels()).isSameAs(one.getMetadata().getLabels());
        Pod done = LeanPod.succeeded(one);
        assertThat(done.getMetadata()).isSameAs(one.getMetadata());
        assertThat(one.getStatus().getPhase()).isEqualTo("Pending");
    }
}
