package dev.kubechurn.sim.run;

import dev.kubechurn.sim.metrics.ObjectId;
import java.util.ArrayDeque;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Holds back what kubelets hear of an object while a write of it is under way: only its answer tells which version was written,
 * and a watch may be faster. What was held back comes in its order. Safe from any thread.
 */
final class WriteGates {

    private final ConcurrentHashMap<ObjectId, Gate> gates = new ConcurrentHashMap<>();

    private static final class Gate {

        // Guarded by this.
        private final ArrayDeque<Runnable> held = new ArrayDeque<>();
        private int writes;
    }

    private Gate gate(ObjectId object) {
        return gates.computeIfAbsent(object, any -> new Gate());
    }

    /** A write is about to be sent. */
    void close(ObjectId object) {
        Gate gate = gate(object);
        synchronized (gate) {
            gate.writes++;
        }
    }

    /** Its answer is known, and noted. */
    void open(ObjectId object) {
        Gate gate = gate(object);
        synchronized (gate) {
            gate.writes--;
            while (gate.writes == 0 && !gate.held.isEmpty()) {
                gate.held.remove().run();
            }
        }
    }

    /** Runs what hands something of the object to a kubelet, now or when the gate opens. */
    void deliver(ObjectId object, Runnable delivery) {
        Gate gate = gate(object);
        synchronized (gate) {
            if (gate.writes > 0 || !gate.held.isEmpty()) {
                gate.held.add(delivery);
            } else {
                delivery.run();
            }
        }
    }
}
