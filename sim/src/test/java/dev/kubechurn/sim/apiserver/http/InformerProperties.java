package dev.kubechurn.sim.apiserver.http;

import static dev.kubechurn.sim.apiserver.http.ServerFixture.await;
import static dev.kubechurn.sim.apiserver.http.ServerFixture.configMap;

import dev.kubechurn.sim.apiserver.ApiStore;
import dev.kubechurn.sim.apiserver.ListRequest;
import dev.kubechurn.sim.apiserver.Resource;
import dev.kubechurn.sim.apiserver.Selection;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import io.kubernetes.client.informer.SharedInformerFactory;
import io.kubernetes.client.openapi.ApiClient;
import io.kubernetes.client.openapi.apis.CoreV1Api;
import io.kubernetes.client.openapi.models.V1ConfigMap;
import io.kubernetes.client.openapi.models.V1ConfigMapList;
import io.kubernetes.client.util.ClientBuilder;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** An informer, fabric8's or the official client's, ends in step with the store, whatever was written, dropped and forgotten meanwhile. */
class InformerProperties {

    @ParameterizedTest
    @CsvSource({"false, 1", "false, 2", "false, 3", "true, 4"})
    void anInformerStaysInStep(boolean forAnyClient, long seed) throws Exception {
        try (ServerFixture fixture = new ServerFixture(forAnyClient);
                SharedIndexInformer<ConfigMap> informer =
                        fixture.client.configMaps().inAnyNamespace().inform()) {
            staysInStep(fixture, seed, () -> cached(informer));
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {4, 7})
    void anInformerOverPlainHttpStaysInStep(long seed) throws Exception {
        try (ServerFixture fixture = new ServerFixture(true);
                KubernetesClient client = fixture.overPlainHttp();
                SharedIndexInformer<ConfigMap> informer =
                        client.configMaps().inAnyNamespace().inform()) {
            staysInStep(fixture, seed, () -> cached(informer));
        }
    }

    /** The official client watches over chunked HTTP, as Go's does. */
    @ParameterizedTest
    @ValueSource(longs = 6)
    void theOfficialClientsInformerStaysInStep(long seed) throws Exception {
        try (ServerFixture fixture = new ServerFixture(true)) {
            ApiClient client = new ClientBuilder()
                    .setBasePath(fixture.server.url().toString())
                    .build();
            client.setReadTimeout(0);
            CoreV1Api api = new CoreV1Api(client);
            SharedInformerFactory informers = new SharedInformerFactory(client);
            var informer = informers.sharedIndexInformerFor(
                    params -> api.listConfigMapForAllNamespaces()
                            .resourceVersion(params.resourceVersion)
                            .timeoutSeconds(params.timeoutSeconds)
                            .watch(params.watch)
                            .buildCall(null),
                    V1ConfigMap.class,
                    V1ConfigMapList.class);
            informers.startAllRegisteredInformers();
            try {
                staysInStep(fixture, seed, () -> {
                    Map<String, String> versions = new TreeMap<>();
                    informer.getIndexer()
                            .list()
                            .forEach(object -> versions.put(
                                    object.getMetadata().getNamespace() + "/"
                                            + object.getMetadata().getName(),
                                    object.getMetadata().getResourceVersion()));
                    return versions;
                });
            } finally {
                informers.stopAllRegisteredInformers();
            }
        }
    }

    private static void staysInStep(ServerFixture fixture, long seed, Supplier<Map<String, String>> cached) {
        SplittableRandom random = new SplittableRandom(seed);
        for (int burst = 0; burst < 4; burst++) {
            for (int i = 0; i < 100; i++) {
                write(fixture, random, burst * 100 + i);
            }
            if (burst % 2 == 0) {
                fixture.store.dropWatches(watch -> true);
            } else {
                await().until(() -> cached.get().equals(stored(fixture.store)));
            }
            if (burst == 2) {
                fixture.store.compactAll();
            }
        }
        await().until(() -> cached.get().equals(stored(fixture.store)));
        Assertions.assertThat(cached.get()).as("seed %d", seed).isEqualTo(stored(fixture.store));
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
