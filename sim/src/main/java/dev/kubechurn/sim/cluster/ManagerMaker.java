package dev.kubechurn.sim.cluster;

import dev.kubechurn.core.manager.ObjectManager;
import dev.kubechurn.core.store.ObjectStore;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PodSpec;
import java.util.List;
import java.util.function.Function;

/** Makes the managers of kubelets: core's, or one with a bug, where somebody wants to see that the checks find it. */
public interface ManagerMaker {

    /**
     * Makes one.
     *
     * @param names the objects that a pod names
     */
    <T extends HasMetadata> ObjectManager<T> of(ObjectStore<T> store, Function<PodSpec, List<String>> names);
}
