package dev.kubechurn.core.pod;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kubechurn.core.conformance.Vectors;
import io.fabric8.kubernetes.api.model.AzureFileVolumeSource;
import io.fabric8.kubernetes.api.model.CSIVolumeSource;
import io.fabric8.kubernetes.api.model.CephFSVolumeSource;
import io.fabric8.kubernetes.api.model.CinderVolumeSource;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.FlexVolumeSource;
import io.fabric8.kubernetes.api.model.ISCSIVolumeSource;
import io.fabric8.kubernetes.api.model.LocalObjectReference;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodSpecBuilder;
import io.fabric8.kubernetes.api.model.ProjectedVolumeSource;
import io.fabric8.kubernetes.api.model.ProjectedVolumeSourceBuilder;
import io.fabric8.kubernetes.api.model.RBDVolumeSource;
import io.fabric8.kubernetes.api.model.ScaleIOVolumeSource;
import io.fabric8.kubernetes.api.model.SecretVolumeSource;
import io.fabric8.kubernetes.api.model.StorageOSVolumeSource;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeBuilder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.JsonNode;

/** Rules N. */
class PodReferencesTest {

    /** Every source of a volume that can name a Secret, in the order of N10; each names its place in the list. */
    private static final List<Consumer<Volume>> SECRET_SOURCES = List.of(
            volume -> volume.setAzureFile(azureFile("0")),
            volume -> volume.setCephfs(cephfs("1")),
            volume -> volume.setCinder(cinder("2")),
            volume -> volume.setFlexVolume(flex("3")),
            volume -> volume.setProjected(projectedSecret("4")),
            volume -> volume.setRbd(rbd("5")),
            volume -> volume.setSecret(secret("6")),
            volume -> volume.setScaleIO(scaleIo("7")),
            volume -> volume.setIscsi(iscsi("8")),
            volume -> volume.setStorageos(storageOs("9")),
            volume -> volume.setCsi(csi("10")));

    @TestFactory
    Stream<DynamicTest> vectorsHold() {
        return Vectors.in("names.json").stream()
                .map(vector -> DynamicTest.dynamicTest(
                        vector.path("rule").asString() + " "
                                + vector.path("name").asString(),
                        () -> assertNames(vector)));
    }

    private static void assertNames(JsonNode vector) {
        Pod pod = Vectors.object(vector.path("pod"), Pod.class);
        assertThat(PodReferences.configMaps(pod.getSpec()).stream().sorted())
                .isEqualTo(texts(vector.path("configMaps")));
        assertThat(PodReferences.secrets(pod.getSpec()).stream().sorted()).isEqualTo(texts(vector.path("secrets")));
    }

    private static List<String> texts(JsonNode array) {
        return array.valueStream().map(JsonNode::asString).toList();
    }

    @Test
    @DisplayName("N1: a pod without a spec, and a spec without anything, name nothing")
    void absentSpecsNameNothing() {
        assertThat(PodReferences.configMaps(null)).isEmpty();
        assertThat(PodReferences.secrets(null)).isEmpty();
        assertThat(PodReferences.configMaps(new PodSpec())).isEmpty();
        assertThat(PodReferences.secrets(new PodSpec())).isEmpty();
    }

    @Test
    @DisplayName("N1: null lists and null elements count as empty")
    void nullElementsAreSkipped() {
        PodSpec spec = new PodSpec();
        Container container = new ContainerBuilder()
                .addNewEnvFrom()
                .withNewConfigMapRef("app", null)
                .endEnvFrom()
                .addNewEnv()
                .withName("PLAIN")
                .withValue("x")
                .endEnv()
                .build();
        spec.setContainers(Arrays.asList(null, container));
        spec.setVolumes(Arrays.asList((Volume) null, new Volume()));

        assertThat(PodReferences.configMaps(spec)).containsExactly("app");
        assertThat(PodReferences.secrets(spec)).isEmpty();
    }

    @TestFactory
    @DisplayName("N9: each source of a volume that can name a Secret does")
    Stream<DynamicTest> everySecretSourceCounts() {
        return IntStream.range(0, SECRET_SOURCES.size())
                .mapToObj(i -> DynamicTest.dynamicTest(
                        "source " + i,
                        () -> assertThat(secretsOf(SECRET_SOURCES.get(i))).containsExactly(Integer.toString(i))));
    }

    @TestFactory
    @DisplayName("N10: of two sources in one volume the earlier in the order wins")
    Stream<DynamicTest> earlierSecretSourceWins() {
        return IntStream.range(1, SECRET_SOURCES.size())
                .mapToObj(i -> DynamicTest.dynamicTest(
                        "source " + (i - 1) + " before " + i,
                        () -> assertThat(secretsOf(SECRET_SOURCES.get(i), SECRET_SOURCES.get(i - 1)))
                                .containsExactly(Integer.toString(i - 1))));
    }

    @Test
    @DisplayName("N10: the first source wins even if it names nothing")
    void firstSourceWinsEvenWithoutNames() {
        assertThat(secretsOf(volume -> volume.setAzureFile(new AzureFileVolumeSource()), SECRET_SOURCES.get(6)))
                .isEmpty();
        assertThat(secretsOf(volume -> volume.setProjected(new ProjectedVolumeSource()), SECRET_SOURCES.get(6)))
                .isEmpty();
    }

    @Test
    @DisplayName("N10: for ConfigMaps a projected source comes before a ConfigMap source")
    void projectedWinsOverConfigMap() {
        Volume volume = new VolumeBuilder()
                .withNewConfigMap()
                .withName("plain")
                .endConfigMap()
                .withProjected(new ProjectedVolumeSourceBuilder()
                        .addNewSource()
                        .withNewConfigMap()
                        .withName("projected")
                        .endConfigMap()
                        .endSource()
                        .build())
                .build();

        assertThat(PodReferences.configMaps(
                        new PodSpecBuilder().withVolumes(volume).build()))
                .containsExactly("projected");
    }

    @Test
    @DisplayName("N6: names come in the order of first mention, so that registration is the same on every machine")
    void orderIsThatOfFirstMention() {
        PodSpec spec = new PodSpecBuilder()
                .addNewVolume()
                .withNewConfigMap()
                .withName("b")
                .endConfigMap()
                .endVolume()
                .addNewVolume()
                .withNewConfigMap()
                .withName("a")
                .endConfigMap()
                .endVolume()
                .addNewVolume()
                .withNewConfigMap()
                .withName("b")
                .endConfigMap()
                .endVolume()
                .build();

        assertThat(PodReferences.configMaps(spec)).containsExactly("b", "a");
    }

    @Test
    @DisplayName("N8: a name counts once, however many there are")
    void manyNamesEachOnce() {
        PodSpecBuilder spec = new PodSpecBuilder();
        List<String> expected = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            String name = "config-" + i % 40;
            if (i < 40) {
                expected.add(name);
            }
            spec.addNewVolume().withNewConfigMap().withName(name).endConfigMap().endVolume();
        }

        assertThat(PodReferences.configMaps(spec.build())).isEqualTo(expected);
    }

    @SafeVarargs
    private static List<String> secretsOf(Consumer<Volume>... sources) {
        Volume volume = new Volume();
        for (Consumer<Volume> source : sources) {
            source.accept(volume);
        }
        return PodReferences.secrets(new PodSpecBuilder().withVolumes(volume).build());
    }

    private static LocalObjectReference to(String name) {
        return new LocalObjectReference(name);
    }

    private static AzureFileVolumeSource azureFile(String name) {
        AzureFileVolumeSource source = new AzureFileVolumeSource();
        source.setSecretName(name);
        return source;
    }

    private static CephFSVolumeSource cephfs(String name) {
        CephFSVolumeSource source = new CephFSVolumeSource();
        source.setSecretRef(to(name));
        return source;
    }

    private static CinderVolumeSource cinder(String name) {
        CinderVolumeSource source = new CinderVolumeSource();
        source.setSecretRef(to(name));
        return source;
    }

    private static FlexVolumeSource flex(String name) {
        FlexVolumeSource source = new FlexVolumeSource();
        source.setSecretRef(to(name));
        return source;
    }

    private static ProjectedVolumeSource projectedSecret(String name) {
        return new ProjectedVolumeSourceBuilder()
                .addNewSource()
                .withNewSecret()
                .withName(name)
                .endSecret()
                .endSource()
                .build();
    }

    private static RBDVolumeSource rbd(String name) {
        RBDVolumeSource source = new RBDVolumeSource();
        source.setSecretRef(to(name));
        return source;
    }

    private static SecretVolumeSource secret(String name) {
        SecretVolumeSource source = new SecretVolumeSource();
        source.setSecretName(name);
        return source;
    }

    private static ScaleIOVolumeSource scaleIo(String name) {
        ScaleIOVolumeSource source = new ScaleIOVolumeSource();
        source.setSecretRef(to(name));
        return source;
    }

    private static ISCSIVolumeSource iscsi(String name) {
        ISCSIVolumeSource source = new ISCSIVolumeSource();
        source.setSecretRef(to(name));
        return source;
    }

    private static StorageOSVolumeSource storageOs(String name) {
        StorageOSVolumeSource source = new StorageOSVolumeSource();
        source.setSecretRef(to(name));
        return source;
    }

    private static CSIVolumeSource csi(String name) {
        CSIVolumeSource source = new CSIVolumeSource();
        source.setNodePublishSecretRef(to(name));
        return source;
    }
}
