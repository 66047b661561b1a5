package dev.kubechurn.core.store;

import io.fabric8.kubernetes.api.model.ConfigMap;

/** Reads through handles keep the rules of reads by name. */
class TtlStoreHandleContractTest extends TtlStoreContractTest {

    @Override
    ObjectStore<ConfigMap> newStore() {
        return new ReadsThroughHandles<>(super.newStore());
    }
}
