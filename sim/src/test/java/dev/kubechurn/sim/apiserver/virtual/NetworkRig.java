package dev.kubechurn.sim.apiserver.virtual;

import dev.kubechurn.core.api.ApiError;
import dev.kubechurn.core.api.Call;
import dev.kubechurn.core.api.ObjectApi;
import dev.kubechurn.core.api.ObjectApi.GetHandler;
import dev.kubechurn.core.api.ObjectApi.ListHandler;
import dev.kubechurn.core.api.ObjectApi.WatchHandler;
import dev.kubechurn.core.api.ObjectApi.WatchOptions;
import dev.kubechurn.core.api.ObjectKey;
import dev.kubechurn.core.api.ObjectKind;
import dev.kubechurn.core.api.WatchEvent;
import dev.kubechurn.sim.apiserver.ApiStore;
import dev.kubechurn.sim.engine.Draw;
import dev.kubechurn.sim.engine.RandomStreams;
import dev.kubechurn.sim.engine.VirtualTime;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;

/** A network in virtual time with a model of whole milliseconds, and a log of what arrives and when. */
final class NetworkRig {

    static final ObjectKey KEY = new ObjectKey("ns", "config");
    private static final int TIMEOUT_SECONDS = 3000;

    final VirtualTime time = new VirtualTime();
    final ApiStore store;
    final VirtualNetwork network;

    /** {@code 20 a found 2}: at 20 ms the call named a found version 2. */
    final List<String> log = new ArrayList<>();

    private final Map<VirtualConnection, ObjectApi<ConfigMap>> apis = new HashMap<>();

    private int others;

    NetworkRig(ServerModel model) {
        this(model, new RandomStreams(1));
    }

    NetworkRig(ServerModel model, RandomStreams streams) {
        store = new ApiStore(ApiStore.Limits.DEFAULT, time, () -> Instant.EPOCH, new SplittableRandom(1));
        network = new VirtualNetwork(store, time, model, streams);
        store.create(configMap("first"));
    }

    static ServerModel.Latency latency(long getMillis, long listMillis, long watchMillis, long eventMillis) {
        return new ServerModel.Latency(millis(getMillis), millis(listMillis), millis(watchMillis), millis(eventMillis));
    }

    static Draw millis(long millis) {
        return Draw.constant(TimeUnit.MILLISECONDS.toNanos(millis));
    }

    static ConfigMap configMap(String value) {
        return new ConfigMapBuilder()
                .withNewMetadata()
                .withNamespace(KEY.namespace())
                .withName(KEY.name())
                .endMetadata()
                .addToData("key", value)
                .build();
    }

    void update(String value) {
        store.update(configMap(value));
    }

    /** Another object is made: a revision more. */
    void commitOther() {
        ConfigMap other = configMap("other");
        other.getMetadata().setName("other-" + ++others);
        store.create(other);
    }

    void advance(long millis) {
        time.advance(Duration.ofMillis(millis));
    }

    Call get(VirtualConnection connection, String name) {
        return api(connection).get(KEY, "", new Getting(name));
    }

    Call list(VirtualConnection connection, String name) {
        return api(connection).list(KEY, "0", new Listing(name));
    }

    Call watch(VirtualConnection connection, String name, String fromVersion) {
        return api(connection).watch(KEY, new WatchOptions(fromVersion, true, TIMEOUT_SECONDS), new Watching(name));
    }

    private ObjectApi<ConfigMap> api(VirtualConnection connection) {
        return apis.computeIfAbsent(connection, any -> connection.api(ObjectKind.CONFIG_MAP));
    }

    void log(String what) {
        log.add(TimeUnit.NANOSECONDS.toMillis(time.nanos()) + " " + what);
    }

    private static String text(ApiError error) {
        return error instanceof ApiError.Status status ? Integer.toString(status.code()) : error.message();
    }

    private final class Getting implements GetHandler<ConfigMap> {

        private final String name;

        Getting(String name) {
            this.name = name;
        }

        @Override
        public void found(ConfigMap object) {
            log(name + " found " + object.getMetadata().getResourceVersion());
        }

        @Override
        public void failed(ApiError error) {
            log(name + " failed " + text(error));
        }
    }

    private final class Listing implements ListHandler<ConfigMap> {

        private final String name;

        Listing(String name) {
            this.name = name;
        }

        @Override
        public void listed(String resourceVersion, List<ConfigMap> items) {
            log(name + " listed " + items.size() + " at " + resourceVersion);
        }

        @Override
        public void failed(ApiError error) {
            log(name + " failed " + text(error));
        }
    }

    private final class Watching implements WatchHandler {

        private final String name;

        Watching(String name) {
            this.name = name;
        }

        @Override
        public void event(WatchEvent event) {
            if (event instanceof WatchEvent.Modified modified) {
                log(name + " modified " + modified.object().getMetadata().getResourceVersion());
            } else if (event instanceof WatchEvent.Bookmark bookmark) {
                log(name + " bookmark " + bookmark.object().getMetadata().getResourceVersion());
            } else if (event instanceof WatchEvent.Failure failure) {
                log(name + " error " + failure.status().code());
            } else {
                log(name + " " + event.getClass().getSimpleName());
            }
        }

        @Override
        public void closed() {
            log(name + " closed");
        }

        @Override
        public void failed(ApiError error) {
            log(name + " failed " + text(error));
        }
    }
}
