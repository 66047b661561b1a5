package dev.kubechurn.sim.workload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kubechurn.sim.cluster.PreparedSpec;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodSpecBuilder;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The specs of a scenario's own pods: what they say, and what they share. */
class SyntheticSpecsTest {

    private static final int SECRET_3 = SyntheticSpecs.object(true, 3);

    private final SyntheticSpecs specs = new SyntheticSpecs(new References(2, 1, 2, 0.25, 1.1, true));

    private PreparedSpec naming(int... objects) {
        return specs.naming(objects);
    }

    /** As anyone would write it with fabric8's builders: sharing must not show. */
    @Test
    void saysWhatABuilderWouldSay() {
        PodSpec expected = new PodSpecBuilder()
                .withEnableServiceLinks(true)
                .addNewContainer()
                .withName("main")
                .addNewEnv()
                .withName("VARIABLE_0")
                .withNewValueFrom()
                .withNewConfigMapKeyRef("key-0", "config-0", null)
                .endValueFrom()
                .endEnv()
                .addNewEnv()
                .withName("VARIABLE_1")
                .withNewValueFrom()
                .withNewSecretKeyRef("key-0", "secret-3", null)
                .endValueFrom()
                .endEnv()
                .addNewEnvFrom()
                .withNewConfigMapRef("config-1", null)
                .endEnvFrom()
                .addNewVolumeMount()
                .withName("volume-0")
                .withMountPath("/volume-0")
                .endVolumeMount()
                .addNewVolumeMount()
                .withName("volume-1")
                .withMountPath("/volume-1")
                .endVolumeMount()
                .addNewVolumeMount()
                .withName("kube-api-access")
                .withMountPath("/kube-api-access")
                .endVolumeMount()
                .endContainer()
                .addNewVolume()
                .withName("volume-0")
                .withNewSecret()
                .withSecretName("secret-3")
                .endSecret()
                .endVolume()
                .addNewVolume()
                .withName("volume-1")
                .withNewConfigMap()
                .withName("config-2")
                .endConfigMap()
                .endVolume()
                .addToVolumes(ServiceAccountVolume.SHARED)
                .build();
        PreparedSpec made = naming(0, SECRET_3, 1, SECRET_3, 2);
        KubernetesSerialization json = new KubernetesSerialization();
        assertThat(json.asJson(made.spec())).isEqualTo(json.asJson(expected));
        assertThat(made.spec()).isEqualTo(expected);
        assertThat(made.configMaps()).containsExactlyInAnyOrder("config-0", "config-1", "config-2", "kube-root-ca.crt");
        assertThat(made.secrets()).containsExactly("secret-3");
    }

    @Test
    void theSameNamesGiveTheSameSpec() {
        PreparedSpec first = naming(0, 1, 2, 3, SECRET_3);
        assertThat(naming(0, 1, 2, 3, SECRET_3)).isSameAs(first);
        assertThat(naming(0, 1, 2, SECRET_3, 3)).isNotSameAs(first);
    }

    @Test
    void otherSpecsShareThePartsThatAreAlike() {
        PodSpec one = naming(0, 1, 2, 3, 4).spec();
        PodSpec other = naming(0, 9, 2, 3, 9).spec();
        assertThat(other.getVolumes().get(0)).isSameAs(one.getVolumes().get(0));
        assertThat(other.getVolumes().get(1)).isNotEqualTo(one.getVolumes().get(1));
        var container = one.getContainers().get(0);
        var otherContainer = other.getContainers().get(0);
        assertThat(otherContainer.getEnv().get(0)).isSameAs(container.getEnv().get(0));
        assertThat(otherContainer.getEnv().get(1))
                .isNotEqualTo(container.getEnv().get(1));
        assertThat(otherContainer.getEnvFrom().get(0))
                .isSameAs(container.getEnvFrom().get(0));
        assertThat(otherContainer.getVolumeMounts()).isSameAs(container.getVolumeMounts());
    }

    @Test
    void whatIsSharedCannotBeChanged() {
        PodSpec spec = naming(0, 1, 2, 3, 4).spec();
        assertThatThrownBy(() -> spec.getVolumes().clear()).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> spec.getContainers().get(0).getEnv().clear())
                .isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> spec.getTolerations().addAll(List.of()))
                .isInstanceOf(UnsupportedOperationException.class);
    }
}
