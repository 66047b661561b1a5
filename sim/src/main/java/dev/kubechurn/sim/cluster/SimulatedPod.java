package dev.kubechurn.sim.cluster;

import dev.kubechurn.core.api.ObjectKey;
import dev.kubechurn.core.api.Timer;
import dev.kubechurn.core.store.LookupError;
import dev.kubechurn.core.store.Reader;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Volume;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * One pod on a simulated node. Like the kubelet it first sets up the volumes, trying again with growing waits, then makes
 * the environment of each container, and from then on reads the volumes again at each sync. Everything is guarded by the
 * node's monitor.
 */
final class SimulatedPod {

    /** The volume manager's first wait after a failed set-up, and the longest. */
    private static final long MOUNT_RETRY_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

    private static final long LONGEST_MOUNT_RETRY_NANOS = TimeUnit.SECONDS.toNanos(122);

    private final SimulatedNode node;
    private final PodTemplate template;
    private final Pod pod;
    private final String ip;
    private final List<PodVolume> volumes = new ArrayList<>();
    private final List<PodContainer> containers = new ArrayList<>();
    private final List<String> pullSecrets;
    private final SyncTimer sync = new SyncTimer();
    private final MountTimer mountRetry = new MountTimer();
    private final StartTimer startRetry = new StartTimer();
    private final LifetimeTimer lifetime;
    private boolean starting;
    private boolean ended;

    /** @param ip of the pod, as the runtime reports it */
    SimulatedPod(SimulatedNode node, int slot, PodTemplate template, Pod pod, String ip) {
        this.node = node;
        this.template = template;
        this.pod = pod;
        this.ip = ip;
        for (Volume volume : template.mountedVolumes()) {
            volumes.add(new PodVolume(this, volume, volumes.size()));
        }
        template.containers().forEach(container -> containers.add(new PodContainer(this, container)));
        this.pullSecrets = template.pullSecrets();
        this.lifetime = new LifetimeTimer(slot);
    }

    SimulatedNode node() {
        return node;
    }

    PodTemplate template() {
        return template;
    }

    Pod pod() {
        return pod;
    }

    String ip() {
        return ip;
    }

    /** The name of the pod's directory, as the kubelet names it. */
    String directory() {
        return pod.getMetadata().getUid();
    }

    boolean ended() {
        return ended;
    }

    /** Begins the pod's life: its first reads were due at {@code dueNanos}. */
    void start(long dueNanos, long lifetimeNanos) {
        node.scheduler().schedule(sync, node.nextSyncDelayNanos());
        if (lifetimeNanos != Long.MAX_VALUE) {
            node.scheduler().schedule(lifetime, lifetimeNanos);
        }
        if (volumes.isEmpty()) {
            startContainers(dueNanos);
        }
        volumes.forEach(volume -> volume.read(dueNanos));
    }

    /** Ends it: nothing is read any more, and updates that its volumes have not seen are left out of the figures. */
    void end() {
        ended = true;
        node.scheduler().cancel(sync);
        node.scheduler().cancel(mountRetry);
        node.scheduler().cancel(startRetry);
        node.scheduler().cancel(lifetime);
        volumes.forEach(PodVolume::leaveOutTheRest);
        node.volumes().remove(directory());
    }

    /** Mounted objects whose newest version the pod has not read yet. */
    int unseen() {
        return volumes.stream().mapToInt(PodVolume::unseen).sum();
    }

    /** Whether the pod has everything that it needs to run. */
    boolean started() {
        return isMounted() && containers.stream().allMatch(PodContainer::started);
    }

    private boolean isMounted() {
        return volumes.stream().allMatch(PodVolume::mounted);
    }

    /** A volume shows what was read last. */
    void mounted(long nowNanos) {
        if (volumes.stream().noneMatch(PodVolume::failed)) {
            mountRetry.succeeded();
        }
        if (!starting && isMounted()) {
            startContainers(nowNanos);
        }
    }

    void mountFailed() {
        node.recorders().mountFailed();
        mountRetry.schedule();
    }

    void startFailed() {
        node.recorders().startFailed();
        if (startRetry.slot() == null) {
            node.scheduler().schedule(startRetry, node.failedSyncDelayNanos());
        }
    }

    private void startContainers(long dueNanos) {
        starting = true;
        askForPullSecrets(dueNanos);
        containers.forEach(container -> container.start(dueNanos));
    }

    /** The kubelet asks at each sync of a pod whose volumes are set up, and goes on without those it cannot have. */
    private void askForPullSecrets(long dueNanos) {
        for (String name : pullSecrets) {
            node.secrets().read(new ObjectKey(template.namespace(), name), dueNanos, new Unheeded());
        }
    }

    /** The kubelet's periodic look at the pod. */
    private final class SyncTimer extends Timer {
        @Override
        public void fire() {
            synchronized (node) {
                if (ended) {
                    return;
                }
                for (PodVolume volume : volumes) {
                    if (volume.mounted()) {
                        volume.read(dueNanos());
                    }
                }
                if (isMounted()) {
                    askForPullSecrets(dueNanos());
                }
                node.scheduler().schedule(this, node.nextSyncDelayNanos());
            }
        }
    }

    /** The next attempt at volumes that failed. */
    private final class MountTimer extends Timer {

        private int attempts;

        void schedule() {
            if (slot() == null) {
                long wait = MOUNT_RETRY_NANOS << Math.min(attempts++, 8);
                node.scheduler().schedule(this, Math.min(wait, LONGEST_MOUNT_RETRY_NANOS));
            }
        }

        void succeeded() {
            attempts = 0;
        }

        @Override
        public void fire() {
            synchronized (node) {
                if (!ended) {
                    for (PodVolume volume : volumes) {
                        if (!volume.mounted() || volume.failed()) {
                            volume.read(dueNanos());
                        }
                    }
                }
            }
        }
    }

    /** The next attempt at containers whose environment could not be made. */
    private final class StartTimer extends Timer {
        @Override
        public void fire() {
            synchronized (node) {
                if (!ended) {
                    containers.forEach(container -> container.start(dueNanos()));
                }
            }
        }
    }

    /** The natural end of the pod. */
    private final class LifetimeTimer extends Timer {

        private final int slot;

        LifetimeTimer(int slot) {
            this.slot = slot;
        }

        @Override
        public void fire() {
            synchronized (node) {
                if (!ended) {
                    node.succeed(slot, dueNanos());
                }
            }
        }
    }

    /** Takes an answer that changes nothing for the pod. */
    private static final class Unheeded implements Reader<Secret> {
        @Override
        public void found(Secret object) {}

        @Override
        public void failed(LookupError error) {}
    }
}
