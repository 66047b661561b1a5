package dev.kubechurn.core.store;

import dev.kubechurn.core.api.Call;
import dev.kubechurn.core.api.ObjectKind;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.openjdk.jol.info.ClassLayout;

/**
 * What the entries of a watching store hold in memory: everything that hangs on an entry and on nothing else, the
 * table. Not what they share (store, environment, kind), nor payloads, their strings, and the API's open calls.
 */
final class EntryGraph {

    private static final String CORE = "dev.kubechurn.core.";

    private final Set<Object> visited = Collections.newSetFromMap(new IdentityHashMap<>());
    private final Map<String, Long> bytesByClass = new TreeMap<>();

    /** Bytes by class, of all entries together. */
    static Map<String, Long> of(WatchingStore<?> store) throws ReflectiveOperationException {
        EntryGraph graph = new EntryGraph();
        graph.visited.add(store);
        graph.visited.add(store.environment());
        graph.visited.add(store.scheduler());
        Object slots = fieldOf(ReferencedEntries.class, "slots", fieldOf(WatchingStore.class, "entries", store));
        graph.count(slots);
        graph.count(fieldOf(slots.getClass(), "hashes", slots));
        graph.count(fieldOf(slots.getClass(), "entries", slots));
        for (EntryState each : store.entries()) {
            graph.walk(store.handle(each.key().namespace(), each.key().name()));
        }
        return graph.bytesByClass;
    }

    private static Object fieldOf(Class<?> type, String name, Object owner) throws ReflectiveOperationException {
        Field field = type.getDeclaredField(name);
        field.setAccessible(true);
        return field.get(owner);
    }

    private void walk(Object object) throws IllegalAccessException {
        if (!isOwn(object) || !visited.add(object)) {
            return;
        }
        if (!object.getClass().getName().startsWith(CORE)) {
            throw new AssertionError("an entry holds a " + object.getClass() + ": teach this walker what it costs");
        }
        count(object);
        for (Class<?> type = object.getClass(); type != null && type != Object.class; type = type.getSuperclass()) {
            for (Field field : type.getDeclaredFields()) {
                follow(field, object);
            }
        }
    }

    private void count(Object object) {
        bytesByClass.merge(
                object.getClass().getName(), ClassLayout.parseInstance(object).instanceSize(), Long::sum);
    }

    private void follow(Field field, Object holder) throws IllegalAccessException {
        if (!Modifier.isStatic(field.getModifiers()) && !field.getType().isPrimitive()) {
            field.setAccessible(true);
            Object next = field.get(holder);
            if (next != null) {
                walk(next);
            }
        }
    }

    private static boolean isOwn(Object object) {
        return !(object instanceof HasMetadata
                || object instanceof String
                || object instanceof Call
                || object instanceof ObjectKind);
    }
}
