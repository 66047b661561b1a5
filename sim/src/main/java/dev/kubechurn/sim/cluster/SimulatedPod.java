package dev.kubechurn.sim.cluster;

import dev.kubechurn.core.api.ObjectKey;
import dev.kubechurn.core.api.Timer;
import dev.kubechurn.core.store.LookupError;
import dev.kubechurn.sim.metrics.Commits;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One pod on a simulated node. Like the kubelet it first mounts the volumes, trying again with growing waits, then takes
 * the environment from the objects that it names, and from then on reads the volumes again at each sync. Everything is
 * guarded by the node's monitor.
 */
final class SimulatedPod {

    /** The volume manager's first wait after a failed set-up, and the longest. */
    private static final long MOUNT_RETRY_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

    private static final long LONGEST_MOUNT_RETRY_NANOS = TimeUnit.SECONDS.toNanos(122);

    private final SimulatedNode node;
    private final PodTemplate template;
    private final Pod pod;
    private final List<Use> mounts = new ArrayList<>();
    private final List<Use> environment = new ArrayList<>();
    private final SyncTimer sync = new SyncTimer();
    private final RetryTimer retry = new RetryTimer();
    private final LifetimeTimer lifetime;
    private boolean mounted;
    private boolean ended;

    SimulatedPod(SimulatedNode node, int slot, PodTemplate template, Pod pod) {
        this.node = node;
        this.template = template;
        this.pod = pod;
        template.uses().forEach(use -> (use.mounted() ? mounts : environment).add(new Use(use)));
        this.lifetime = new LifetimeTimer(slot);
    }

    PodTemplate template() {
        return template;
    }

    Pod pod() {
        return pod;
    }

    /** Begins the pod's life: its first reads were due at {@code dueNanos}. */
    void start(long dueNanos, long lifetimeNanos) {
        node.scheduler().schedule(sync, node.nextSyncDelayNanos());
        if (lifetimeNanos != Long.MAX_VALUE) {
            node.scheduler().schedule(lifetime, lifetimeNanos);
        }
        readMissing(mounts, dueNanos);
        proceed(dueNanos);
    }

    /** Ends it: nothing is read any more, and updates that its volumes have not seen are left out of the figures. */
    void end() {
        ended = true;
        node.scheduler().cancel(sync);
        node.scheduler().cancel(retry);
        node.scheduler().cancel(lifetime);
        mounts.forEach(Use::leaveOutTheRest);
    }

    /** Mounted objects whose newest version the pod has not read yet. */
    int unseen() {
        int unseen = 0;
        for (Use use : mounts) {
            unseen += use.satisfied && use.seen < node.newest(use.what, use.key) ? 1 : 0;
        }
        return unseen;
    }

    /** Whether the pod has everything that it needs to run. */
    boolean started() {
        return mounted && isSatisfied(environment);
    }

    /** Goes on to the environment when all volumes are mounted. */
    private void proceed(long dueNanos) {
        if (!mounted && isSatisfied(mounts)) {
            mounted = true;
            readMissing(environment, dueNanos);
        }
    }

    private void readMissing(List<Use> uses, long dueNanos) {
        for (Use use : uses) {
            if (!use.satisfied) {
                use.read(dueNanos);
            }
        }
    }

    private static boolean isSatisfied(List<Use> uses) {
        for (Use use : uses) {
            if (!use.satisfied) {
                return false;
            }
        }
        return true;
    }

    /** One object that the pod names, and the newest version of it that the pod has read. */
    private final class Use implements ReadResult {

        private final ObjectUse what;
        private final ObjectKey key;
        private boolean satisfied;
        private long seen;
        private @Nullable Commits commits;

        Use(ObjectUse what) {
            this.what = what;
            this.key = new ObjectKey(template.namespace(), what.name());
            this.seen = node.newest(what, key); // what was there before the pod counts for nothing
        }

        void read(long dueNanos) {
            node.side(what.secret()).read(key, dueNanos, this);
        }

        @Override
        public void found(long revision, long nowNanos, Commits objectCommits) {
            synchronized (node) {
                if (ended) {
                    return;
                }
                if (what.mounted()) {
                    objectCommits.between(
                            seen, revision, commit -> node.recorders().becameVisible(commit, nowNanos));
                }
                commits = objectCommits;
                seen = Math.max(seen, revision);
                satisfied = true;
                proceed(nowNanos);
            }
            node.readSomething();
        }

        @Override
        public void failed(LookupError error) {
            synchronized (node) {
                if (ended) {
                    return;
                }
                if (what.optional() && error instanceof LookupError.NotFound) {
                    satisfied = true;
                    proceed(node.scheduler().nanos());
                } else {
                    node.recorders().readFailed();
                    retry.schedule();
                }
            }
        }

        void leaveOutTheRest() {
            if (commits != null) {
                node.recorders().leftOutOfVisible(commits.countBetween(seen, Long.MAX_VALUE));
            }
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
                for (Use use : mounts) {
                    if (use.satisfied) {
                        use.read(dueNanos());
                    }
                }
                node.scheduler().schedule(this, node.nextSyncDelayNanos());
            }
        }
    }

    /** The next attempt at what the start still lacks. */
    private final class RetryTimer extends Timer {

        private int attempts;

        void schedule() {
            if (slot() == null) {
                long wait = MOUNT_RETRY_NANOS << Math.min(attempts++, 8);
                long environmentWait = node.failedSyncDelayNanos();
                node.scheduler().schedule(this, mounted ? environmentWait : Math.min(wait, LONGEST_MOUNT_RETRY_NANOS));
            }
        }

        @Override
        public void fire() {
            synchronized (node) {
                if (!ended) {
                    readMissing(mounted ? environment : mounts, dueNanos());
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
}
