package dev.kubechurn.sim.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kubechurn.core.volume.PayloadResult;
import dev.kubechurn.core.volume.VolumePayload;
import dev.kubechurn.core.volume.VolumePayloads;
import dev.kubechurn.sim.metrics.RunRecorders;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.ConfigMapVolumeSourceBuilder;
import io.fabric8.kubernetes.api.model.KeyToPath;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The directories that simulated kubelets write. */
final class WrittenVolumesTest {

    private final RunRecorders recorders = new RunRecorders();
    private final List<Throwable> failures = new ArrayList<>();
    private final List<String> published = new ArrayList<>();
    private final WrittenVolumes volumes =
            new WrittenVolumes(Runnable::run, () -> Instant.EPOCH, new SplittableRandom(1), recorders, failures::add);

    @Test
    void filesAreThoseOfTheLastPayloadUntilThePodGoes() throws Exception {
        volumes.publish("pod-1", "config", payload("one"), told("one"));
        Path file = volumes.root().resolve("pod-1/config/key");
        assertThat(file).hasContent("one");
        volumes.publish("pod-1", "config", payload("two"), told("two"));
        assertThat(file).hasContent("two");
        assertThat(published).containsExactly("one", "two");
        assertThat(recorders.writtenVolumes()).isEqualTo(2);

        volumes.remove("pod-1");
        assertThat(volumes.root()).isEmptyDirectory();
        volumes.close();
        assertThat(volumes.root()).doesNotExist();
        assertThat(failures).isEmpty();
    }

    /** Secrets lie here as plain text. */
    @Test
    void nobodyElseCanLookIn() throws Exception {
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(volumes.root())))
                .isEqualTo("rwx------");
        volumes.close();
    }

    @Test
    void whatTheFileSystemRefusesFailsTheRun() throws Exception {
        Files.writeString(volumes.root().resolve("pod-1"), "in the way");
        volumes.publish("pod-1", "config", payload("one"), told("never"));
        assertThat(failures).hasSize(1).first().isInstanceOf(IOException.class);
        volumes.close();
    }

    /** A payload that no directory can hold is one pod's trouble, as with a kubelet, not the run's. */
    @Test
    void aPayloadThatCannotStandIsRefused() {
        PayloadResult both = VolumePayloads.ofConfigMap(
                new ConfigMapVolumeSourceBuilder()
                        .withName("config")
                        .addToItems(new KeyToPath("key", null, "x", null))
                        .addToItems(new KeyToPath("key", null, "x/y", null))
                        .build(),
                new ConfigMapBuilder().addToData("key", "value").build());
        volumes.publish("pod-1", "config", ((PayloadResult.Ready) both).payload(), told("never"));
        assertThat(published).containsExactly("refused");
        assertThat(failures).isEmpty();
        volumes.close();
    }

    /** They may hold Secrets: one that cannot go must not keep the others. */
    @Test
    void whatCanBeRemovedIsThoughSomethingCannot() throws Exception {
        for (String pod : List.of("pod-1", "pod-2", "pod-3")) {
            volumes.publish(pod, "config", payload("one"), told(pod));
        }
        Unremovable left = Unremovable.below(volumes.root().resolve("pod-2/config"));
        try {
            assertThatThrownBy(volumes::close)
                    .isInstanceOf(UncheckedIOException.class)
                    .hasMessage("cannot delete the volumes in " + volumes.root() + ": delete the directory yourself");
            assertThat(volumes.root().resolve("pod-2/config/key")).doesNotExist();
            try (Stream<Path> pods = Files.list(volumes.root())) {
                assertThat(pods).containsExactly(volumes.root().resolve("pod-2"));
            }
        } finally {
            left.makeRemovable();
        }
        volumes.close();
        assertThat(volumes.root()).doesNotExist();
    }

    /** What comes after the end makes no directory again. */
    @Test
    void nothingIsWrittenAfterTheEnd() {
        volumes.stop();
        volumes.close();
        volumes.publish("pod-1", "config", payload("one"), told("one"));
        assertThat(volumes.root()).doesNotExist();
        assertThat(published).isEmpty();
    }

    private Volumes.Publication told(String what) {
        return new Volumes.Publication() {
            @Override
            public void published() {
                published.add(what);
            }

            @Override
            public void refused() {
                published.add("refused");
            }
        };
    }

    private static VolumePayload payload(String value) {
        PayloadResult result = VolumePayloads.ofConfigMap(
                new ConfigMapVolumeSourceBuilder().withName("config").build(),
                new ConfigMapBuilder().addToData("key", value).build());
        return ((PayloadResult.Ready) result).payload();
    }
}
