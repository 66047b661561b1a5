package dev.kubechurn.core.reflector;

import dev.kubechurn.core.api.ObjectKey;
import dev.kubechurn.core.api.WatchSettings;
import dev.kubechurn.core.testing.FakeServer;
import dev.kubechurn.core.testing.Samples;
import dev.kubechurn.core.testing.VirtualScheduler;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** One reflector, its server and its target. The random factor is 0 unless a test sets it: the first wait takes 0.8 s. */
abstract class ReflectorRig {

    static final ObjectKey APP = new ObjectKey(Samples.NAMESPACE, "app");
    static final Duration SECOND = Duration.ofSeconds(1);
    static final Duration FIRST_WAIT = Duration.ofMillis(800);

    final VirtualScheduler scheduler = new VirtualScheduler();
    final FakeServer server = new FakeServer(scheduler);
    final RecordingTarget target = new RecordingTarget();
    final List<String> heard = new ArrayList<>();
    double random;
    final Reflector<ConfigMap> reflector = reflector(WatchSettings.DEFAULT);

    Reflector<ConfigMap> reflector(WatchSettings settings) {
        return new Reflector<>(
                new Reflector.Environment<>(server.configMaps(), scheduler, () -> random, new Listener(), settings),
                APP,
                target);
    }

    void run() {
        reflector.start();
        scheduler.runDue();
    }

    List<String> lists() {
        return server.requests().stream()
                .filter(request -> request.startsWith("LIST"))
                .toList();
    }

    static ConfigMap version(String resourceVersion) {
        return new ConfigMapBuilder(Samples.configMap("app", "v" + resourceVersion))
                .editMetadata()
                .withResourceVersion(resourceVersion)
                .endMetadata()
                .build();
    }

    private final class Listener implements ReflectorListener {
        @Override
        public void relisting(ObjectKey key) {
            heard.add("relisting");
        }

        @Override
        public void reconnecting(ObjectKey key) {
            heard.add("reconnecting");
        }
    }
}
