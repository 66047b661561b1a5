package dev.kubechurn.sim.apiserver.virtual;

import dev.kubechurn.core.api.ObjectKey;
import dev.kubechurn.sim.apiserver.EncodedEvent;
import dev.kubechurn.sim.apiserver.ObjectCodec;
import dev.kubechurn.sim.apiserver.Resource;
import dev.kubechurn.sim.apiserver.StoredObject;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;

/**
 * The newest version of each object in fabric8's model, read from its JSON once and shared by all who get it, since
 * nobody may change it. For the scheduler's thread.
 */
final class TypedObjects {

    private final ObjectCodec codec;
    private final Map<Resource, Map<ObjectKey, Version>> newest = new EnumMap<>(Resource.class);

    TypedObjects(ObjectCodec codec) {
        this.codec = codec;
        for (Resource resource : Resource.values()) {
            newest.put(resource, new HashMap<>());
        }
    }

    <T extends HasMetadata> T of(StoredObject object, Class<T> type) {
        return type.cast(version(object.resource(), object.key(), object.revision(), () -> codec.typed(object, type)));
    }

    /** The object inside an event about that object. */
    <T extends HasMetadata> T of(EncodedEvent event, Resource resource, ObjectKey key, Class<T> type) {
        return type.cast(version(resource, key, event.revision(), () -> codec.typed(event, type)));
    }

    private HasMetadata version(Resource resource, ObjectKey key, long revision, Supplier<? extends HasMetadata> read) {
        Map<ObjectKey, Version> versions = newest.get(resource);
        Version known = versions == null ? null : versions.get(key);
        if (known != null && known.revision == revision) {
            return known.object;
        }
        HasMetadata object = read.get();
        if (versions != null && (known == null || known.revision < revision)) {
            versions.put(key, new Version(revision, object));
        }
        return object;
    }

    private record Version(long revision, HasMetadata object) {}
}
