package dev.kubechurn.core.manager;

import dev.kubechurn.core.api.Scheduler;
import dev.kubechurn.core.pod.PodRegistry;
import dev.kubechurn.core.store.LookupException;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Secret;

/**
 * The kubelet's Secret manager in its blocking form, for callers with threads of their own: a thin facade of an
 * {@link ObjectManager}, which is the form to use everywhere else. Safe from any thread.
 */
public final class SecretManager implements PodRegistry {

    private final ObjectManager<Secret> manager;
    private final Scheduler scheduler;

    /** @param scheduler tells which threads may wait */
    public SecretManager(ObjectManager<Secret> manager, Scheduler scheduler) {
        this.manager = manager;
        this.scheduler = scheduler;
    }

    /**
     * Reads a Secret, waiting if it must: at most 1 s with strategy Watch (S3), as long as the request else. The object
     * is shared and must not be changed.
     *
     * @throws LookupException with the kubelet's own text if the read fails
     * @throws IllegalStateException on a thread that must not wait
     */
    public Secret getSecret(String namespace, String name) {
        return BlockingRead.of(manager, scheduler, namespace, name);
    }

    @Override
    public void registerPod(Pod pod) {
        manager.registerPod(pod);
    }

    @Override
    public void unregisterPod(Pod pod) {
        manager.unregisterPod(pod);
    }
}
