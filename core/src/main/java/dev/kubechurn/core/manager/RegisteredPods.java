package dev.kubechurn.core.manager;

import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The registered pods by their triples (M2, M7). Kept by uid, which one pod alone has unless somebody made a mistake: so a
 * lookup needs no key object. Safe from any thread; a lookup takes no lock.
 */
final class RegisteredPods {

    private final ConcurrentHashMap<String, RegisteredPod> byUid = new ConcurrentHashMap<>();

    @Nullable
    RegisteredPod find(String namespace, String name, String uid) {
        return find(byUid.get(uid), namespace, name);
    }

    private static @Nullable RegisteredPod find(@Nullable RegisteredPod first, String namespace, String name) {
        for (RegisteredPod pod = first; pod != null; pod = pod.next) {
            if (pod.is(namespace, name)) {
                return pod;
            }
        }
        return null;
    }

    /** Whether there was none of its triple. */
    boolean add(String uid, RegisteredPod added) {
        if (byUid.putIfAbsent(uid, added) == null) {
            return true;
        }
        RegisteredPod first = byUid.compute(uid, (same, others) -> {
            if (find(others, added.namespace, added.name) != null) {
                return others;
            }
            added.next = others;
            return added;
        });
        return first == added;
    }

    void remove(String uid, RegisteredPod removed) {
        if (removed.next == null && byUid.remove(uid, removed)) {
            return;
        }
        byUid.computeIfPresent(uid, (same, first) -> {
            if (first == removed) {
                return first.next;
            }
            for (RegisteredPod pod = first; pod != null; pod = pod.next) {
                if (pod.next == removed) {
                    pod.next = removed.next;
                }
            }
            return first;
        });
    }

    int size() {
        int size = 0;
        for (RegisteredPod first : byUid.values()) {
            for (RegisteredPod pod = first; pod != null; pod = pod.next) {
                size++;
            }
        }
        return size;
    }
}
