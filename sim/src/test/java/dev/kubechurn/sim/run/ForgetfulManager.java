package dev.kubechurn.sim.run;

import dev.kubechurn.core.manager.ObjectManager;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;

/** A manager that forgets to unregister one pod in five: {@link Bug#FORGOTTEN_POD}. */
final class ForgetfulManager<T extends HasMetadata> extends ForwardingManager<T> {

    private static final int ONE_IN = 5;

    private int count;

    ForgetfulManager(ObjectManager<T> real) {
        super(real);
    }

    @Override
    public void unregisterPod(Pod pod) {
        if (++count % ONE_IN != 0) {
            super.unregisterPod(pod);
        }
    }
}
