package dev.kubechurn.sim.manifests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kubechurn.core.api.ObjectKind;
import dev.kubechurn.core.pod.PodReferences;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.HashSet;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * What a run lists for people, and what its kubelets register by core, are found by two pieces of code: they must name
 * the same objects of any pod.
 */
final class PodReferenceListerProperties {

    private static final long SEED = Long.getLong("kubechurn.seed", 1);
    private static final int PODS = 3_000;

    @Test
    void namesWhatCoreNames() {
        SplittableRandom random = new SplittableRandom(SEED);
        Set<String> places = new HashSet<>();
        for (int i = 0; i < PODS; i++) {
            PodSpec spec = new RandomPodSpec(random).make();
            String pod = "-Dkubechurn.seed=" + SEED + ", pod " + i + ": " + Serialization.asJson(spec);
            assertThat(names(spec, ObjectKind.CONFIG_MAP))
                    .as(pod)
                    .isEqualTo(Set.copyOf(PodReferences.configMaps(spec)));
            assertThat(names(spec, ObjectKind.SECRET)).as(pod).isEqualTo(Set.copyOf(PodReferences.secrets(spec)));
            PodReferenceLister.list(spec)
                    .forEach(reference -> places.add(
                            reference.kind() + " " + reference.place().replaceAll("\".*\"", "")));
        }
        assertThat(places).as("places that the random pods reach").hasSize(RandomPodSpec.PLACES);
    }

    private static Set<String> names(PodSpec spec, ObjectKind<?> kind) {
        return PodReferenceLister.list(spec).stream()
                .filter(reference -> reference.kind() == kind)
                .map(PodReference::name)
                .collect(Collectors.toSet());
    }
}
