package dev.kubechurn.core.manager;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kubechurn.core.api.ObjectApi.WatchOptions;
import dev.kubechurn.core.api.ObjectKey;
import dev.kubechurn.core.api.ObjectKind;
import dev.kubechurn.core.api.WatchSettings;
import dev.kubechurn.core.store.StoreListener;
import dev.kubechurn.core.store.TtlSource;
import dev.kubechurn.core.testing.FakeServer;
import dev.kubechurn.core.testing.RecordingReader;
import dev.kubechurn.core.testing.Samples;
import dev.kubechurn.core.testing.VirtualScheduler;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** One manager of each strategy, by what it asks its server: rules M1, M2, M14. */
class ObjectManagersTest {

    private static final ObjectKey APP = new ObjectKey("shop", "app");

    private final VirtualScheduler scheduler = new VirtualScheduler();
    private final FakeServer server = new FakeServer(scheduler);

    @Test
    @DisplayName("M1, S1: strategy Watch lists and watches at registration")
    void watch() {
        ObjectManager<ConfigMap> manager = registered(Strategy.WATCH);
        assertThat(server.requests()).containsExactly("LIST shop/app 0", "WATCH shop/app 2");
        assertThat(manager.references()).isEqualTo(Map.of(APP, 1));
    }

    @Test
    @DisplayName("M1, S22: strategy Cache gets at the first read, and has the value at hand after it")
    void cache() {
        ObjectManager<ConfigMap> manager = registered(Strategy.CACHE);
        assertThat(manager.references()).isEqualTo(Map.of(APP, 1));
        assertThat(read(manager)).isEqualTo("a");
        assertThat(server.requests()).containsExactly("GET shop/app ");
        assertThat(manager.getNow("shop", "app")).isNotNull();
    }

    @Test
    @DisplayName("M14, S40: strategy Get registers nothing and gets at each read, until it is closed")
    void get() {
        ObjectManager<ConfigMap> manager = registered(Strategy.GET);
        assertThat(manager.registeredPods()).isZero();
        assertThat(manager.references()).isNotNull().isEmpty();
        assertThat(read(manager)).isEqualTo("a");
        assertThat(manager.getNow("shop", "app")).isNull();
        manager.unregisterPod(Samples.pod("web", "u1"));
        assertThat(read(manager)).isEqualTo("a");
        manager.close();
        assertThat(read(manager)).isEqualTo("failed");
        assertThat(server.requests()).containsExactly("GET shop/app ", "GET shop/app ");
    }

    @Test
    @DisplayName("M2: an absent part of a pod's triple is the same as an empty one")
    void absentIsEmpty() {
        ObjectManager<ConfigMap> manager = manager(Strategy.CACHE);
        Pod absent = new PodBuilder(Samples.pod("web", "u1", "app"))
                .editMetadata()
                .withNamespace(null)
                .withUid(null)
                .endMetadata()
                .build();
        manager.registerPod(absent);
        assertThat(manager.references()).isEqualTo(Map.of(new ObjectKey("", "app"), 1));
        manager.unregisterPod(Samples.podIn("", "web", ""));
        assertThat(manager.registeredPods()).isZero();
    }

    @Test
    @DisplayName("S9: a resync below zero is refused, zero is not")
    void resyncIsNotNegative() {
        assertThat(settings(Duration.ZERO).resync()).isZero();
        assertThatThrownBy(() -> settings(Duration.ofNanos(-1))).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    @DisplayName("R6: before Kubernetes 1.31 a watch lasts 5 to 10 minutes")
    void olderTimeLimits() {
        StoreSettings before = new StoreSettings(
                scheduler,
                () -> 0.5,
                Duration.ofMinutes(1),
                new WatchSettings(Duration.ofMinutes(5), false, true),
                TtlSource.absent());
        try (ObjectManager<ConfigMap> manager = ObjectManagers.of(
                Strategy.WATCH,
                ObjectKind.CONFIG_MAP,
                server.configMaps(),
                before,
                new StoreListener<ConfigMap>() {})) {
            manager.registerPod(Samples.pod("web", "u1", "app"));
            scheduler.runDue();
            assertThat(server.watchOptions())
                    .extracting(WatchOptions::timeoutSeconds)
                    .containsExactly(450);
        }
    }

    private ObjectManager<ConfigMap> registered(Strategy strategy) {
        server.create(Samples.configMap("app", "a"));
        ObjectManager<ConfigMap> manager = manager(strategy);
        manager.registerPod(Samples.pod("web", "u1", "app"));
        scheduler.runDue();
        return manager;
    }

    private ObjectManager<ConfigMap> manager(Strategy strategy) {
        return ObjectManagers.of(
                strategy,
                ObjectKind.CONFIG_MAP,
                server.configMaps(),
                settings(Duration.ofMinutes(1)),
                new StoreListener<ConfigMap>() {});
    }

    private StoreSettings settings(Duration resync) {
        return new StoreSettings(scheduler, () -> 0, resync, TtlSource.absent());
    }

    private String read(ObjectManager<ConfigMap> manager) {
        RecordingReader<ConfigMap> reader = new RecordingReader<>();
        manager.get("shop", "app", reader);
        scheduler.runDue();
        return reader.failure() != null ? "failed" : Samples.value(reader.object());
    }
}
