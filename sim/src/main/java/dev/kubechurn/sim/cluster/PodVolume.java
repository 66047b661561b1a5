package dev.kubechurn.sim.cluster;

import dev.kubechurn.core.api.ObjectKind;
import dev.kubechurn.core.store.Reader;
import dev.kubechurn.core.volume.ObjectName;
import dev.kubechurn.core.volume.PayloadResult;
import dev.kubechurn.core.volume.VolumePayloads;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Secret;

/**
 * One volume of a pod, made of ConfigMaps and Secrets. A read asks for its objects one after the other (V16); the
 * payload is made when an answer differs from what the volume shows, since it depends on nothing else. Guarded by the
 * node's monitor.
 */
final class PodVolume implements Volumes.Publication {

    private final SimulatedPod pod;
    private final PreparedSpec.Mount mount;
    private final MountedObject<?>[] objects;
    private boolean mounted;
    private boolean reading;
    private boolean failed;
    private boolean asking;
    private int answers;
    private long dueNanos;

    /** A volume of a pod that is registered. */
    PodVolume(SimulatedPod pod, PreparedSpec.Mount mount) {
        this.pod = pod;
        this.mount = mount;
        this.objects = new MountedObject<?>[mount.objects().size()];
        for (int i = 0; i < objects.length; i++) {
            ObjectName object = mount.objects().get(i);
            objects[i] = object.kind().equals(ObjectKind.SECRET) ? secret(object.name()) : configMap(object.name());
        }
    }

    SimulatedNode node() {
        return pod.node();
    }

    private MountedObject<ConfigMap> configMap(String name) {
        return new MountedObject<>(this, pod.node().configMaps(), pod.template().namespace(), name);
    }

    private MountedObject<Secret> secret(String name) {
        return new MountedObject<>(this, pod.node().secrets(), pod.template().namespace(), name);
    }

    /** Whether the volume has been set up once. */
    boolean mounted() {
        return mounted;
    }

    /** Whether the last read came to nothing. */
    boolean failed() {
        return failed;
    }

    /** Whether the volume shows the newest version of each object, or nothing yet. */
    boolean caughtUp() {
        if (mounted) {
            for (MountedObject<?> object : objects) {
                if (object.unseen()) {
                    return false;
                }
            }
        }
        return true;
    }

    /** Reads the objects, as was due at {@code due}, unless a read is under way. */
    void read(long due) {
        if (reading) {
            return;
        }
        if (mounted && !failed) {
            readAgain(due);
        } else {
            begin(due, 0);
        }
    }

    /** Usually all are at hand and as the volume shows them; else the read goes on from the first that is not. */
    private void readAgain(long due) {
        for (int i = 0; i < objects.length; i++) {
            boolean atHand = objects[i].askNow(due);
            if (!atHand || objects[i].changed()) {
                begin(due, atHand ? i + 1 : i);
                return;
            }
        }
    }

    private void begin(long due, int answered) {
        reading = true;
        dueNanos = due;
        answers = answered;
        ask();
    }

    /** Asks as long as answers come at once: a loop, so that a long volume does not grow the stack. */
    private void ask() {
        while (answers < objects.length) {
            MountedObject<?> object = objects[answers];
            if (object.askNow(dueNanos)) {
                answers++;
                continue;
            }
            int before = answers;
            asking = true;
            object.askLater(dueNanos);
            asking = false;
            if (answers == before) {
                return;
            }
        }
        finish();
    }

    /** The object that was asked for last has its answer. */
    void answered() {
        if (pod.ended()) {
            return;
        }
        answers++;
        if (!asking) {
            ask();
        }
    }

    private void finish() {
        if (mounted && !changed()) {
            reading = false;
            failed = false;
            pod.mounted(pod.node().scheduler().nanos());
            return;
        }
        new VolumePayloads(this::configMapAnswer, this::secretAnswer)
                .read(mount.volume(), pod.template().namespace(), this::made);
    }

    private boolean changed() {
        for (MountedObject<?> object : objects) {
            if (object.changed()) {
                return true;
            }
        }
        return false;
    }

    private void configMapAnswer(String namespace, String name, Reader<ConfigMap> reader) {
        answer(ObjectKind.CONFIG_MAP, name, reader);
    }

    private void secretAnswer(String namespace, String name, Reader<Secret> reader) {
        answer(ObjectKind.SECRET, name, reader);
    }

    private <T> void answer(ObjectKind<?> kind, String name, Reader<T> reader) {
        for (MountedObject<?> object : objects) {
            if (object.is(kind, name)) {
                @SuppressWarnings("unchecked") // the kind says what the object is
                var same = (MountedObject<? extends T>) (MountedObject<?>) object;
                same.repeat(reader);
                return;
            }
        }
        throw new IllegalStateException("volume " + mount.volume().getName() + " asked for " + kind + " " + name);
    }

    private void made(PayloadResult result) {
        if (result instanceof PayloadResult.Ready ready) {
            pod.node().volumes().publish(pod.directory(), mount.directory(), ready.payload(), this);
        } else {
            refused();
        }
    }

    @Override
    public void refused() {
        synchronized (pod.node()) {
            reading = false;
            if (!pod.ended()) {
                failed = true;
                pod.mountFailed();
            }
        }
    }

    /** The files are those of the last answers. */
    @Override
    public void published() {
        synchronized (pod.node()) {
            reading = false;
            if (pod.ended()) {
                return;
            }
            mounted = true;
            failed = false;
            long now = pod.node().scheduler().nanos();
            for (MountedObject<?> object : objects) {
                object.shown(now);
            }
            pod.mounted(now);
        }
        pod.node().readSomething();
    }

    void leaveOutTheRest() {
        for (MountedObject<?> object : objects) {
            object.leaveOutTheRest();
        }
    }
}
