package dev.kubechurn.sim.cluster;

import dev.kubechurn.core.api.Timer;
import dev.kubechurn.core.store.LookupError;
import dev.kubechurn.core.store.Reader;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Secret;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One pod on a simulated node, and the timer of its periodic sync. Like the kubelet it first sets up the volumes, trying
 * again with growing waits, then makes the environment of each container, and from then on reads the volumes again at
 * each sync. Everything is guarded by the node's monitor.
 */
final class SimulatedPod extends Timer {

    /** The volume manager's first wait after a failed set-up, and the longest. */
    private static final long MOUNT_RETRY_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

    private static final long LONGEST_MOUNT_RETRY_NANOS = TimeUnit.SECONDS.toNanos(122);

    private static final String[] NO_SECRETS = {};

    private final SimulatedNode node;
    private final int slot;
    private final PodTemplate template;
    private final Pod pod;
    private final PodVolume[] volumes;

    /** Of all volumes, in the order in which a sync reads them. */
    private final MountedObject<?>[] objects;

    /** How many volumes are set up, but for those whose last read failed or is under way. */
    private int settled;

    /** Of the template, which is far away. */
    private final String[] pullSecrets;

    /** Those whose environment is not made yet, from their first attempt on; null: the start is still to come. */
    private PodContainer @Nullable [] starting;

    private @Nullable MountTimer mountRetry;
    private @Nullable StartTimer startRetry;
    private @Nullable LifetimeTimer lifetime;
    private boolean ended;

    /** A pod that is registered. */
    SimulatedPod(SimulatedNode node, int slot, PodTemplate template, Pod pod) {
        this.node = node;
        this.slot = slot;
        this.template = template;
        this.pod = pod;
        List<PreparedSpec.Mount> mounts = template.prepared().mounts();
        this.volumes = new PodVolume[mounts.size()];
        this.objects = new MountedObject<?>[template.prepared().mountedObjects()];
        int first = 0;
        for (int i = 0; i < volumes.length; i++) {
            volumes[i] = new PodVolume(this, mounts.get(i), objects, first);
            first += mounts.get(i).objects().size();
        }
        List<String> secrets = template.prepared().pullSecrets();
        this.pullSecrets = secrets.isEmpty() ? NO_SECRETS : secrets.toArray(NO_SECRETS);
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

    /** The pod's address, as the runtime reports it. */
    String ip() {
        return ClusterFacts.podIp(node.index(), slot);
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
        node.scheduler().schedule(this, node.nextSyncDelayNanos());
        if (lifetimeNanos != Long.MAX_VALUE) {
            lifetime = new LifetimeTimer();
            node.scheduler().schedule(lifetime, lifetimeNanos);
        }
        if (volumes.length == 0 && starting == null) {
            startContainers(dueNanos);
        }
        for (PodVolume volume : volumes) {
            volume.read(dueNanos);
        }
    }

    /** Goes on with a pod of a kubelet that has restarted: what has been started is not started again. */
    void resume(SimulatedPod before, long dueNanos) {
        if (before.starting != null && before.starting.length == 0) {
            starting = PodContainer.NONE;
        }
        LifetimeTimer left = before.lifetime;
        start(
                dueNanos,
                left == null
                        ? Long.MAX_VALUE
                        : left.dueNanos() - node.scheduler().nanos());
    }

    /** Ends it, and its volumes with it. */
    void end() {
        stop();
        node.volumes().remove(directory());
    }

    /** Nothing is read any more, and updates that its volumes have not seen are left out of the figures. */
    void stop() {
        ended = true;
        cancel(this);
        cancel(mountRetry);
        cancel(startRetry);
        cancel(lifetime);
        for (PodVolume volume : volumes) {
            volume.leaveOutTheRest();
        }
    }

    private void cancel(@Nullable Timer timer) {
        if (timer != null) {
            node.scheduler().cancel(timer);
        }
    }

    /** Whether the pod has read the newest version of everything that it mounts. */
    boolean caughtUp() {
        for (PodVolume volume : volumes) {
            if (!volume.caughtUp()) {
                return false;
            }
        }
        return true;
    }

    /** Whether the pod has everything that it needs to run. */
    boolean started() {
        return isMounted() && starting != null && starting.length == 0;
    }

    private boolean isMounted() {
        for (PodVolume volume : volumes) {
            if (!volume.mounted()) {
                return false;
            }
        }
        return true;
    }

    /** A volume shows what was read last. */
    void mounted(long nowNanos) {
        if (mountRetry != null && !anyFailed()) {
            mountRetry.succeeded();
        }
        if (starting == null && isMounted()) {
            startContainers(nowNanos);
        }
    }

    private boolean anyFailed() {
        for (PodVolume volume : volumes) {
            if (volume.failed()) {
                return true;
            }
        }
        return false;
    }

    void mountFailed() {
        node.recorders().mountFailed();
        if (mountRetry == null) {
            mountRetry = new MountTimer();
        }
        mountRetry.schedule();
    }

    void startFailed() {
        node.recorders().startFailed();
        if (startRetry == null) {
            startRetry = new StartTimer();
        }
        if (!startRetry.isScheduled()) {
            node.scheduler().schedule(startRetry, node.failedSyncDelayNanos());
        }
    }

    private void startContainers(long dueNanos) {
        askForPullSecrets(dueNanos);
        List<Container> containers = template.prepared().containers();
        PodContainer[] all = new PodContainer[containers.size()];
        for (int i = 0; i < all.length; i++) {
            all[i] = new PodContainer(this, containers.get(i));
        }
        starting = all;
        start(all, dueNanos);
    }

    private void start(PodContainer[] containers, long dueNanos) {
        for (PodContainer container : containers) {
            container.start(dueNanos);
        }
    }

    /** A container has its environment; once all have, nobody asks for them any more. */
    void containerStarted() {
        PodContainer[] all = starting;
        if (all != null) {
            for (PodContainer container : all) {
                if (!container.started()) {
                    return;
                }
            }
            starting = PodContainer.NONE;
        }
    }

    /** The kubelet asks at each sync of a pod whose volumes are set up, and goes on without those it cannot have. */
    private void askForPullSecrets(long dueNanos) {
        for (String name : pullSecrets) {
            node.secrets().read(template.namespace(), name, dueNanos, new Unheeded());
        }
    }

    /** The kubelet's periodic look at the pod. */
    @Override
    public void fire() {
        synchronized (node) {
            if (ended) {
                return;
            }
            sync(dueNanos());
            node.scheduler().schedule(this, node.nextSyncDelayNanos());
        }
    }

    /** A volume has become settled, or is so no longer. */
    void settled(boolean now) {
        settled += now ? 1 : -1;
    }

    private void sync(long due) {
        boolean mounted = true;
        for (int i = settled == volumes.length ? readUnchanged(due) : 0; i < volumes.length; i++) {
            PodVolume volume = volumes[i];
            if (volume.mounted()) {
                volume.read(due);
            } else {
                mounted = false;
            }
        }
        if (mounted) {
            askForPullSecrets(due);
        }
    }

    /**
     * Reads settled volumes as long as they show what is at hand, as they nearly always do: this is what a pod does most,
     * so it touches the objects alone.
     *
     * @return how many volumes were read
     */
    private int readUnchanged(long due) {
        NodeEnvironment environment = node.environment();
        for (MountedObject<?> object : objects) {
            boolean atHand = object.askNow(environment, due);
            if (!atHand || object.changed()) {
                PodVolume volume = object.volume();
                volume.readOn(object, atHand, due);
                return Arrays.asList(volumes).indexOf(volume) + 1;
            }
        }
        return volumes.length;
    }

    /** The next attempt at volumes that failed. */
    private final class MountTimer extends Timer {

        private int attempts;

        void schedule() {
            if (!isScheduled()) {
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
                if (!ended && starting != null) {
                    start(starting, dueNanos());
                }
            }
        }
    }

    /** The natural end of the pod. */
    private final class LifetimeTimer extends Timer {
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
