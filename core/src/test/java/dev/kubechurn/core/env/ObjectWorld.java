package dev.kubechurn.core.env;

import dev.kubechurn.core.api.EventRecorder;
import dev.kubechurn.core.api.ObjectKey;
import dev.kubechurn.core.api.ObjectKind;
import dev.kubechurn.core.store.LookupError;
import dev.kubechurn.core.store.Reader;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Secret;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Objects in memory behind the resolver's ports; records what is read and which events are sent. */
final class ObjectWorld {

    /** Takes the delivery of each answer; by default it is made within the read. */
    interface Delivery {
        void take(Runnable answer);
    }

    final Map<ObjectKey, ConfigMap> configMaps = new HashMap<>();
    final Map<ObjectKey, Secret> secrets = new HashMap<>();

    /** Reads that fail, by {@code kind namespace/name}. */
    final Map<String, LookupError> broken = new TreeMap<>();

    final List<String> reads = new ArrayList<>();
    final List<String> events = new ArrayList<>();
    Delivery delivery = Runnable::run;

    /** Whether what is not there is told in the server's words, as Cache and Get tell it, and not in Watch's. */
    boolean serversWords;

    void add(ConfigMap configMap) {
        configMaps.put(key(configMap), configMap);
    }

    void add(Secret secret) {
        secrets.put(key(secret), secret);
    }

    EnvironmentResolver resolver(NameMode mode) {
        return new EnvironmentResolver(
                mode,
                (namespace, name, reader) -> read(ObjectKind.CONFIG_MAP, configMaps, namespace, name, reader),
                (namespace, name, reader) -> read(ObjectKind.SECRET, secrets, namespace, name, reader),
                this::record);
    }

    /** Resolves with answers that all come in the end, and tells what came of it. */
    Outcome resolve(EnvironmentRequest request, NameMode mode) {
        Received received = new Received();
        resolver(mode).resolve(request, received);
        return received.outcome(this);
    }

    private <T> void read(
            ObjectKind<?> kind, Map<ObjectKey, T> objects, String namespace, String name, Reader<T> reader) {
        ObjectKey key = new ObjectKey(namespace, name);
        String id = kind.singular() + " " + key;
        reads.add(id);
        LookupError error = broken.get(id);
        T object = objects.get(key);
        if (error != null) {
            delivery.take(() -> reader.failed(error));
        } else if (object != null) {
            delivery.take(() -> reader.found(object));
        } else {
            LookupError notFound = new LookupError.NotFound(
                    (serversWords ? kind.plural() : kind.singular()) + " \"" + name + "\" not found");
            delivery.take(() -> reader.failed(notFound));
        }
    }

    private void record(Pod pod, EventRecorder.Type type, String reason, String message) {
        events.add(type.text() + " " + reason + " " + message);
    }

    private static ObjectKey key(HasMetadata object) {
        return new ObjectKey(
                object.getMetadata().getNamespace(), object.getMetadata().getName());
    }

    /** A handler that insists on being called once. */
    static final class Received implements EnvironmentHandler {

        @Nullable
        Environment environment;

        @Nullable
        EnvironmentError error;

        @Override
        public void resolved(Environment resolved) {
            requireFirst();
            environment = resolved;
        }

        @Override
        public void failed(EnvironmentError failure) {
            requireFirst();
            error = failure;
        }

        boolean isComplete() {
            return environment != null || error != null;
        }

        Outcome outcome(ObjectWorld world) {
            if (!isComplete()) {
                throw new AssertionError("the handler was not called");
            }
            return new Outcome(
                    environment == null ? null : environment.variables(),
                    error == null ? null : error.kind(),
                    error == null ? "" : error.message(),
                    List.copyOf(world.events),
                    List.copyOf(world.reads));
        }

        private void requireFirst() {
            if (isComplete()) {
                throw new AssertionError("the handler was called twice");
            }
        }
    }
}
