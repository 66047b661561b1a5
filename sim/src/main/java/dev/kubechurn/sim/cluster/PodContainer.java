package dev.kubechurn.sim.cluster;

import dev.kubechurn.core.env.Environment;
import dev.kubechurn.core.env.EnvironmentError;
import dev.kubechurn.core.env.EnvironmentHandler;
import dev.kubechurn.core.env.EnvironmentRequest;
import dev.kubechurn.sim.check.Check;
import io.fabric8.kubernetes.api.model.Container;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** One container of a pod: started once its environment is made, and never asked about it again. Guarded by the node. */
final class PodContainer implements EnvironmentHandler {

    static final PodContainer[] NONE = {};

    private final SimulatedPod pod;
    private final Container container;
    private boolean started;
    private boolean resolving;
    private long dueNanos;
    private long startNanos;

    /** Those that are under way or were last. */
    private @Nullable EnvironmentReads reading;

    PodContainer(SimulatedPod pod, Container container) {
        this.pod = pod;
        this.container = container;
    }

    boolean started() {
        return started;
    }

    /** Makes the environment, as was due at {@code due}, unless it is made or being made. */
    void start(long due) {
        if (started || resolving) {
            return;
        }
        resolving = true;
        dueNanos = due;
        startNanos = pod.node().scheduler().nanos();
        EnvironmentReads reads = new EnvironmentReads(pod.node(), due);
        reading = reads;
        String ip = pod.ip();
        EnvironmentRequest request = new EnvironmentRequest(
                pod.pod(), container, ip, List.of(ip), pod.node().facts());
        pod.node().makeEnvironment(reads, request, this);
    }

    @Override
    public void resolved(Environment environment) {
        synchronized (pod.node()) {
            answered();
            Objects.requireNonNull(reading).twoVersions().ifPresent(this::violated);
            reading = null;
            if (!pod.ended()) {
                started = true;
                pod.containerStarted();
            }
        }
    }

    @Override
    public void failed(EnvironmentError error) {
        synchronized (pod.node()) {
            answered();
            reading = null;
            if (!pod.ended()) {
                pod.startFailed();
            }
        }
    }

    private void violated(String what) {
        String where = "pod " + pod.template().namespace() + "/"
                + pod.pod().getMetadata().getName();
        pod.node().violated(Check.TRUTH, where + ", container " + container.getName() + ": made from " + what);
    }

    private void answered() {
        resolving = false;
        long now = pod.node().scheduler().nanos();
        pod.node().recorders().resolved(dueNanos, startNanos, now);
    }
}
