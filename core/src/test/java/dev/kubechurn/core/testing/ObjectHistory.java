package dev.kubechurn.core.testing;

import dev.kubechurn.core.api.ObjectKey;
import dev.kubechurn.core.api.WatchEvent;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Every change of every object, under one counter. */
final class ObjectHistory {

    private final List<Change> changes = new ArrayList<>();
    private final Map<Id, HasMetadata> newest = new HashMap<>();
    private long revision = 1;

    private record Id(Class<?> type, ObjectKey key) {}

    /** One change and its version. */
    record Change(long revision, Class<?> type, ObjectKey key, WatchEvent event) {}

    Change create(HasMetadata object) {
        HasMetadata stored = stamp(object);
        if (newest.put(id(stored), stored) != null) {
            throw new IllegalArgumentException("created twice: " + id(stored));
        }
        return record(stored, new WatchEvent.Added(stored));
    }

    Change update(HasMetadata object) {
        HasMetadata stored = stamp(object);
        if (newest.put(id(stored), stored) == null) {
            throw new IllegalArgumentException("updated, but not there: " + id(stored));
        }
        return record(stored, new WatchEvent.Modified(stored));
    }

    Change delete(Class<?> type, ObjectKey key) {
        HasMetadata last = newest.remove(new Id(type, key));
        if (last == null) {
            throw new IllegalArgumentException("deleted, but not there: " + key);
        }
        HasMetadata stored = stamp(last);
        return record(stored, new WatchEvent.Deleted(stored));
    }

    private Change record(HasMetadata stored, WatchEvent event) {
        Id id = id(stored);
        Change change = new Change(revision, id.type, id.key, event);
        changes.add(change);
        return change;
    }

    @Nullable
    HasMetadata newest(Class<?> type, ObjectKey key) {
        return newest.get(new Id(type, key));
    }

    long revision() {
        return revision;
    }

    /** All changes after a version, in order. */
    List<Change> since(String resourceVersion) {
        long version = Long.parseLong(resourceVersion);
        return changes.stream().filter(change -> change.revision > version).toList();
    }

    /** The present state, for stale reads. */
    ObjectHistory copy() {
        ObjectHistory copy = new ObjectHistory();
        copy.newest.putAll(newest);
        copy.revision = revision;
        return copy;
    }

    private static Id id(HasMetadata object) {
        return new Id(
                object.getClass(),
                new ObjectKey(
                        object.getMetadata().getNamespace(),
                        object.getMetadata().getName()));
    }

    /** A copy of its own with the next version: what clients hold never changes under them. */
    private HasMetadata stamp(HasMetadata object) {
        String version = Long.toString(++revision);
        if (object instanceof ConfigMap configMap) {
            return new ConfigMapBuilder(configMap)
                    .editMetadata()
                    .withResourceVersion(version)
                    .endMetadata()
                    .build();
        }
        return new SecretBuilder((Secret) object)
                .editMetadata()
                .withResourceVersion(version)
                .endMetadata()
                .build();
    }
}
