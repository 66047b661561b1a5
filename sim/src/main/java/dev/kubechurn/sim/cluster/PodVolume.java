package dev.kubechurn.sim.cluster;

import dev.kubechurn.core.api.ObjectKind;
import dev.kubechurn.core.store.Reader;
import dev.kubechurn.core.volume.ObjectName;
import dev.kubechurn.core.volume.PayloadResult;
import dev.kubechurn.core.volume.VolumePayloads;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Secret;
import java.util.Arrays;

/**
 * One volume of a pod, made of ConfigMaps and Secrets. A read asks for its objects one after the other (V16); the
 * payload is made when an answer differs from what the volume shows, since it depends on nothing else. Guarded by the
 * node's monitor.
 */
final class PodVolume implements Volumes.Publication {

    private final SimulatedPod pod;
    private final PreparedSpec.Mount mount;

    /** Of all the pod's volumes; this one's are from {@code first} on, before {@code end}. */
    private final MountedObject<?>[] objects;

    private final int first;
    private final int end;
    private boolean mounted;
    private boolean reading;
    private boolean failed;
    private boolean settled;
    private boolean asking;

    /** The first object that has no answer yet. */
    private int answers;

    private long dueNanos;

    /**
     * A volume of a pod that is registered.
     *
     * @param objects takes those of this volume
     * @param first where to put them
     */
    PodVolume(SimulatedPod pod, PreparedSpec.Mount mount, MountedObject<?>[] objects, int first) {
        this.pod = pod;
        this.mount = mount;
        this.objects = objects;
        this.first = first;
        this.end = first + mount.objects().size();
        for (int i = first; i < end; i++) {
            ObjectName object = mount.objects().get(i - first);
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
            for (int i = first; i < end; i++) {
                if (objects[i].unseen()) {
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
            begin(due, first);
        }
    }

    /** Goes on with a read that has found an object not as the volume shows it, or not at hand. */
    void readOn(MountedObject<?> object, boolean atHand, long due) {
        begin(due, Arrays.asList(objects).indexOf(object) + (atHand ? 1 : 0));
    }

    /** Usually all are at hand and as the volume shows them; else the read goes on from the first that is not. */
    private void readAgain(long due) {
        for (int i = first; i < end; i++) {
            boolean atHand = objects[i].askNow(pod.node().environment(), due);
            if (!atHand || objects[i].changed()) {
                begin(due, atHand ? i + 1 : i);
                return;
            }
        }
    }

    private void begin(long due, int answered) {
        reading = true;
        settle();
        dueNanos = due;
        answers = answered;
        ask();
    }

    /** Asks as long as answers come at once: a loop, so that a long volume does not grow the stack. */
    private void ask() {
        while (answers < end) {
            MountedObject<?> object = objects[answers];
            if (object.askNow(pod.node().environment(), dueNanos)) {
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
            settle();
            pod.mounted(pod.node().scheduler().nanos());
            return;
        }
        new VolumePayloads(this::configMapAnswer, this::secretAnswer)
                .read(mount.volume(), pod.template().namespace(), this::made);
    }

    /** A settled volume is set up, the last read was good, and none is under way: the pod counts the others. */
    private void settle() {
        boolean now = mounted && !failed && !reading;
        if (now != settled) {
            settled = now;
            pod.settled(now);
        }
    }

    private boolean changed() {
        for (int i = first; i < end; i++) {
            if (objects[i].changed()) {
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
        for (int i = first; i < end; i++) {
            ObjectName object = mount.objects().get(i - first);
            if (object.kind().equals(kind) && object.name().equals(name)) {
                @SuppressWarnings("unchecked") // the kind says what the object is
                var same = (MountedObject<? extends T>) objects[i];
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
                settle();
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
            settle();
            long now = pod.node().scheduler().nanos();
            for (int i = first; i < end; i++) {
                objects[i].shown(now);
            }
            pod.mounted(now);
        }
        pod.node().readSomething();
    }

    void leaveOutTheRest() {
        for (int i = first; i < end; i++) {
            objects[i].leaveOutTheRest();
        }
    }
}
