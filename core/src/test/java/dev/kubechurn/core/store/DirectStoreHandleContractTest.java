package dev.kubechurn.core.store;

import io.fabric8.kubernetes.api.model.ConfigMap;

/** Reads through handles keep the rules of reads by name. */
class DirectStoreHandleContractTest extends DirectStoreContractTest {

    @Override
    ObjectStore<ConfigMap> newStore() {
        return new ReadsThroughHandles<>(super.newStore());
    }
}
