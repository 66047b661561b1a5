package dev.kubechurn.sim.cluster;

import dev.kubechurn.core.env.Environment;
import dev.kubechurn.core.env.EnvironmentError;
import dev.kubechurn.core.env.EnvironmentHandler;
import dev.kubechurn.core.env.EnvironmentRequest;
import io.fabric8.kubernetes.api.model.Container;
import java.util.List;

/** One container of a pod: started once its environment is made, and never asked about it again. Guarded by the node. */
final class PodContainer implements EnvironmentHandler {

    static final PodContainer[] NONE = {};

    private final SimulatedPod pod;
    private final Container container;
    private boolean started;
    private boolean resolving;
    private long dueNanos;
    private long startNanos;

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
        String ip = pod.ip();
        EnvironmentRequest request = new EnvironmentRequest(
                pod.pod(), container, ip, List.of(ip), pod.node().facts());
        pod.node().resolver(due).resolve(request, this);
    }

    @Override
    public void resolved(Environment environment) {
        synchronized (pod.node()) {
            answered();
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
            if (!pod.ended()) {
                pod.startFailed();
            }
        }
    }

    private void answered() {
        resolving = false;
        long now = pod.node().scheduler().nanos();
        pod.node().recorders().resolved(dueNanos, startNanos, now);
    }
}
