package dev.kubechurn.sim.conform;

import dev.kubechurn.core.api.ObjectApi;
import dev.kubechurn.core.api.ObjectKind;
import dev.kubechurn.core.api.Scheduler;
import dev.kubechurn.core.manager.ObjectManager;
import dev.kubechurn.core.manager.ObjectManagers;
import dev.kubechurn.core.manager.StoreSettings;
import dev.kubechurn.core.manager.Strategy;
import dev.kubechurn.core.store.StoreListener;
import dev.kubechurn.core.store.TtlSource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.time.Duration;
import java.util.function.DoubleSupplier;
import tools.jackson.databind.JsonNode;

/** Makes the manager that a script asks for. */
final class ScriptManagers {

    private ScriptManagers() {}

    static <T extends HasMetadata> ObjectManager<T> create(
            Vector vector, ObjectKind<T> kind, ObjectApi<T> api, Scheduler scheduler, DoubleSupplier random)
            throws VectorException {
        JsonNode options = vector.body().path("options");
        Duration resync = Duration.ofSeconds(options.path("resyncSeconds").asInt(60));
        TtlSource ttl = options.has("ttlSeconds")
                ? TtlSource.ofSeconds(options.path("ttlSeconds").asLong())
                : TtlSource.absent();
        StoreSettings settings = new StoreSettings(scheduler, random, resync, ttl);
        return ObjectManagers.of(strategy(vector), kind, api, settings, new StoreListener<T>() {});
    }

    private static Strategy strategy(Vector vector) throws VectorException {
        String strategy = vector.body().path("strategy").asString("");
        return switch (strategy) {
            case "Watch" -> Strategy.WATCH;
            case "Cache" -> Strategy.CACHE;
            case "Get" -> Strategy.GET;
            default -> throw new VectorException(vector, "has an unknown strategy \"" + strategy + "\"");
        };
    }
}
