package dev.kubechurn.core.pod;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kubechurn.core.testing.Samples;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Rules P1 to P5. */
class PodManagerTest {

    private final List<String> heard = new ArrayList<>();
    private final PodManager pods = new PodManager(new Recorder("configMaps"), new Recorder("secrets"));

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", "Pending", "Running", "Unknown", "succeeded"})
    @DisplayName("P1: any phase but Succeeded and Failed registers with both managers")
    void livePodsRegister(@Nullable String phase) {
        pods.updatePods(List.of(pod("a", phase)));

        assertThat(heard).containsExactly("configMaps +a", "secrets +a");
    }

    @Test
    @DisplayName("P1: a pod without a status registers")
    void podWithoutStatusRegisters() {
        Pod pod = Samples.pod("a", "u");
        pod.setStatus(null);

        pods.updatePod(pod);

        assertThat(heard).containsExactly("configMaps +a", "secrets +a");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Succeeded", "Failed"})
    @DisplayName("P2: a pod that has ended is unregistered from both managers")
    void endedPodsUnregister(String phase) {
        pods.updatePods(List.of(pod("a", phase)));

        assertThat(heard).containsExactly("configMaps -a", "secrets -a");
    }

    @Test
    @DisplayName("P3: pods are taken in the order of the list, and no others")
    void listOrderDecides() {
        pods.updatePods(List.of(pod("old", "Failed"), pod("new", "Running")));

        assertThat(heard).containsExactly("configMaps -old", "secrets -old", "configMaps +new", "secrets +new");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Running", "Pending", "Succeeded"})
    @DisplayName("P4: a deleted pod is unregistered, whatever its phase")
    void deletedPodsUnregister(String phase) {
        pods.deletePod(pod("a", phase));

        assertThat(heard).containsExactly("configMaps -a", "secrets -a");
    }

    @ParameterizedTest
    @ValueSource(strings = {"kubernetes.io/config.source", "kubernetes.io/config.mirror"})
    @DisplayName("P5: static and mirror pods take the same path as all others")
    void staticAndMirrorPodsAreNothingSpecial(String annotation) {
        Pod pod = new PodBuilder(pod("a", "Running"))
                .editMetadata()
                .addToAnnotations(annotation, "file")
                .endMetadata()
                .build();

        pods.updatePod(pod);

        assertThat(heard).containsExactly("configMaps +a", "secrets +a");
    }

    private static Pod pod(String name, @Nullable String phase) {
        return new PodBuilder(Samples.pod(name, "uid-" + name))
                .withNewStatus()
                .withPhase(phase)
                .endStatus()
                .build();
    }

    private final class Recorder implements PodRegistry {

        private final String manager;

        Recorder(String manager) {
            this.manager = manager;
        }

        @Override
        public void registerPod(Pod pod) {
            heard.add(manager + " +" + pod.getMetadata().getName());
        }

        @Override
        public void unregisterPod(Pod pod) {
            heard.add(manager + " -" + pod.getMetadata().getName());
        }
    }
}
