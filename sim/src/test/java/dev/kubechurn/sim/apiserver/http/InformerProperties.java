package dev.kubechurn.sim.apiserver.http;

import static dev.kubechurn.sim.apiserver.http.ServerFixture.await;
import static dev.kubechurn.sim.apiserver.http.ServerFixture.configMap;

import dev.kubechurn.sim.apiserver.ApiStore;
import dev.kubechurn.sim.apiserver.ListRequest;
import dev.kubechurn.sim.apiserver.Resource;
import dev.kubechurn.sim.apiserver.Selection;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A fabric8 informer ends in step with the store, whatever was written, dropped and forgotten meanwhile. */
class InformerProperties {

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void anInformerStaysInStep(long seed) throws Exception {
        SplittableRandom random = new SplittableRandom(seed);
        try (ServerFixture fixture = new ServerFixture();
                SharedIndexInformer<ConfigMap> informer =
                        fixture.client.configMaps().inAnyNamespace().inform()) {
            for (int burst = 0; burst < 4; burst++) {
                for (int i = 0; i < 100; i++) {
                    write(fixture, random, burst * 100 + i);
                }
                if (burst % 2 == 0) {
                    fixture.store.dropWatches(watch -> true);
                } else {
                    await().until(() -> inStep(fixture.store, informer));
                }
                if (burst == 2) {
                    fixture.store.compactAll();
                }
            }
            await().until(() -> inStep(fixture.store, informer));
            Assertions.assertThat(cached(informer)).as("seed %d", seed).isEqualTo(stored(fixture.store));
        }
    }

    /** Half of the writes go over HTTP, half straight to the store. */
    private static void write(ServerFixture fixture, SplittableRandom random, int step) {
        String name = "n" + random.nextInt(20);
        ConfigMap object = configMap("ns" + random.nextInt(2), name, "step" + step);
        boolean exists = fixture.store
                .find(Resource.CONFIGMAPS, object.getMetadata().getNamespace(), name)
                .isPresent();
        boolean overHttp = random.nextBoolean();
        var remote = fixture.client.configMaps().resource(object);
        if (!exists) {
            run(overHttp, remote::create, () -> fixture.store.create(object));
        } else if (random.nextInt(3) == 0) {
            run(
                    overHttp,
                    remote::delete,
                    () -> fixture.store.delete(
                            Resource.CONFIGMAPS, object.getMetadata().getNamespace(), name));
        } else {
            run(overHttp, remote::update, () -> fixture.store.update(object));
        }
    }

    private static void run(boolean overHttp, Runnable remote, Runnable local) {
        (overHttp ? remote : local).run();
    }

    private static boolean inStep(ApiStore store, SharedIndexInformer<ConfigMap> informer) {
        return cached(informer).equals(stored(store));
    }

    private static Map<String, String> cached(SharedIndexInformer<ConfigMap> informer) {
        Map<String, String> versions = new TreeMap<>();
        for (ConfigMap object : informer.getStore().list()) {
            versions.put(
                    object.getMetadata().getNamespace() + "/"
                            + object.getMetadata().getName(),
                    object.getMetadata().getResourceVersion());
        }
        return versions;
    }

    private static Map<String, String> stored(ApiStore store) {
        Map<String, String> versions = new TreeMap<>();
        store.list(ListRequest.newest(Selection.of(Resource.CONFIGMAPS, "")))
                .items()
                .forEach(object -> versions.put(object.key().toString(), object.resourceVersion()));
        return versions;
    }
}
