package dev.kubechurn.sim.run;

import dev.kubechurn.core.api.ObjectKey;
import dev.kubechurn.core.api.ObjectKind;
import dev.kubechurn.sim.apiserver.ApiStore;
import dev.kubechurn.sim.apiserver.Resource;
import dev.kubechurn.sim.workload.ObjectWriter;
import io.fabric8.kubernetes.api.model.HasMetadata;

/** Writes straight into a store that is here: the owners of the objects load no network. Safe from any thread. */
record StoreWriter(ApiStore store) implements ObjectWriter {

    @Override
    public void create(HasMetadata object) {
        store.create(object);
    }

    @Override
    public void update(HasMetadata object) {
        store.update(object);
    }

    @Override
    public void delete(ObjectKind<?> kind, ObjectKey key) {
        store.delete(Resource.ofPlural(kind.plural()).orElseThrow(), key, ApiStore.Preconditions.NONE);
    }
}
