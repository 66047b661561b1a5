package dev.kubechurn.core.manager;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kubechurn.core.api.ObjectKey;
import dev.kubechurn.core.api.ObjectKind;
import dev.kubechurn.core.pod.PodReferences;
import dev.kubechurn.core.store.LookupError;
import dev.kubechurn.core.store.LookupException;
import dev.kubechurn.core.store.ObjectStore;
import dev.kubechurn.core.store.Reader;
import dev.kubechurn.core.testing.PoolScheduler;
import dev.kubechurn.core.testing.Samples;
import dev.kubechurn.core.testing.VirtualScheduler;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Secret;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The blocking facades: {@link ConfigMapManager} and {@link SecretManager}. */
@Timeout(60)
class BlockingReadTest {

    private static final LookupError TIMEOUT = new LookupError.SyncTimeout(ObjectKind.CONFIG_MAP);

    private final PoolScheduler scheduler = new PoolScheduler(1);

    @AfterEach
    void close() {
        scheduler.close();
    }

    @Test
    @DisplayName("An object at hand is given at once")
    void givesWhatIsAtHand() {
        ConfigMap app = Samples.configMap("app", "a");
        ObjectStore<ConfigMap> store = new AnsweringStore<>(app, reader -> {
            throw new AssertionError("asked the long way");
        });

        assertThat(facade(store).getConfigMap("shop", "app")).isSameAs(app);
    }

    @Test
    @DisplayName("An answer from another thread wakes the caller")
    void waitsForTheAnswer() {
        ConfigMap app = Samples.configMap("app", "a");
        ObjectStore<ConfigMap> store = new AnsweringStore<>(null, reader -> scheduler.execute(() -> reader.found(app)));

        assertThat(facade(store).getConfigMap("shop", "app")).isSameAs(app);
    }

    @Test
    @DisplayName("An error is thrown with the kubelet's text")
    void throwsTheError() {
        ObjectStore<ConfigMap> store =
                new AnsweringStore<>(null, reader -> scheduler.execute(() -> reader.failed(TIMEOUT)));

        assertThatThrownBy(() -> facade(store).getConfigMap("shop", "app"))
                .isInstanceOfSatisfying(
                        LookupException.class,
                        thrown -> assertThat(thrown.error()).isEqualTo(TIMEOUT))
                .hasMessage("failed to sync configmap cache: timed out waiting for the condition");
    }

    @Test
    @DisplayName("The Secret manager reads and throws likewise")
    void secretsLikewise() {
        Secret key = Samples.secret("key", "eA==");
        SecretManager found = new SecretManager(
                new CacheBasedManager<>(new AnsweringStore<>(key, reader -> {}), PodReferences::secrets), scheduler);
        LookupError error = new LookupError.Unavailable("no");
        SecretManager failing = new SecretManager(
                new CacheBasedManager<>(
                        new AnsweringStore<Secret>(null, reader -> reader.failed(error)), PodReferences::secrets),
                scheduler);

        assertThat(found.getSecret("shop", "key")).isSameAs(key);
        assertThatThrownBy(() -> failing.getSecret("shop", "key")).hasMessage("no");
    }

    @Test
    @DisplayName("A scheduler's thread is refused, before it could wait for itself")
    void schedulerThreadsMayNotWait() throws Exception {
        ConfigMapManager facade = facade(new AnsweringStore<>(null, reader -> {}));
        CompletableFuture<@Nullable Throwable> thrown = new CompletableFuture<>();
        scheduler.execute(() -> thrown.complete(catching(facade)));

        assertThat(thrown.get()).isInstanceOf(IllegalStateException.class).hasMessageContaining("must not block");
    }

    @Test
    @DisplayName("In virtual time the blocking form does not exist")
    void notInVirtualTime() {
        ConfigMapManager facade = new ConfigMapManager(
                ObjectManagers.ofConfigMaps(new AnsweringStore<>(Samples.configMap("app", "a"), reader -> {})),
                new VirtualScheduler());

        assertThat(catching(facade)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    @DisplayName("An interrupted caller stops waiting and stays interrupted")
    void interruptionEndsTheWait() {
        ConfigMapManager facade = facade(new AnsweringStore<>(null, reader -> {}));
        Thread.currentThread().interrupt();

        assertThat(catching(facade)).isInstanceOf(IllegalStateException.class);
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    @DisplayName("Both facades hand pods on to their managers")
    void podsAreHandedOn() {
        ObjectManager<ConfigMap> configMaps = ObjectManagers.ofConfigMaps(new AnsweringStore<>(null, reader -> {}));
        ObjectManager<Secret> secrets = ObjectManagers.ofSecrets(new AnsweringStore<>(null, reader -> {}));
        ConfigMapManager ofConfigMaps = new ConfigMapManager(configMaps, scheduler);
        SecretManager ofSecrets = new SecretManager(secrets, scheduler);

        ofConfigMaps.registerPod(Samples.pod("web", "u1"));
        ofSecrets.registerPod(Samples.pod("web", "u1"));
        assertThat(configMaps.registeredPods() + secrets.registeredPods()).isEqualTo(2);
        ofConfigMaps.unregisterPod(Samples.pod("web", "u1"));
        ofSecrets.unregisterPod(Samples.pod("web", "u1"));
        assertThat(configMaps.registeredPods() + secrets.registeredPods()).isZero();
    }

    private ConfigMapManager facade(ObjectStore<ConfigMap> store) {
        return new ConfigMapManager(ObjectManagers.ofConfigMaps(store), scheduler);
    }

    private static @Nullable Throwable catching(ConfigMapManager facade) {
        try {
            facade.getConfigMap("shop", "app");
            return null;
        } catch (IllegalStateException e) {
            return e;
        }
    }

    /** A store that gives one object at once, or answers reads as the test says. */
    private record AnsweringStore<T extends io.fabric8.kubernetes.api.model.HasMetadata>(
            @Nullable T atHand, java.util.function.Consumer<Reader<T>> answer) implements ObjectStore<T> {

        @Override
        public void addReference(String namespace, String name) {}

        @Override
        public void deleteReference(String namespace, String name) {}

        @Override
        public void get(String namespace, String name, Reader<T> reader) {
            answer.accept(reader);
        }

        @Override
        public @Nullable T getNow(String namespace, String name) {
            return atHand;
        }

        @Override
        public SortedMap<ObjectKey, Integer> references() {
            return new TreeMap<>();
        }

        @Override
        public void close() {}
    }
}
