package dev.kubechurn.core.env;

import dev.kubechurn.core.api.ObjectKey;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The objects of one kind that one resolution has found so far: each is asked for once, so that all its uses see one
 * version (E5). An object that was not there is asked for again at its next use, as the kubelet does. Confined to one
 * resolution.
 *
 * @param <T> the kind of object
 */
final class FoundObjects<T> {

    private final ObjectReads<T> reads;
    private final Function<T, ObjectData> data;
    private final Map<String, ObjectData> found = new HashMap<>();

    FoundObjects(ObjectReads<T> reads, Function<T, ObjectData> data) {
        this.reads = reads;
        this.data = data;
    }

    @Nullable
    ObjectData known(ObjectKey key) {
        return found.get(key.name());
    }

    void remember(ObjectKey key, ObjectData object) {
        found.put(key.name(), object);
    }

    /** Reads the object: gives the answer if it comes at once, else null, and then the continuation gets it. */
    PendingRead.@Nullable Answer ask(ObjectKey key, Consumer<PendingRead.Answer> later) {
        PendingRead<T> read = new PendingRead<>(data, later);
        reads.get(key.namespace(), key.name(), read);
        return read.now();
    }
}
