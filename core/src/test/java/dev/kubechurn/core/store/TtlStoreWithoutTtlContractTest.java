package dev.kubechurn.core.store;

import io.fabric8.kubernetes.api.model.ConfigMap;
import java.time.Duration;

/** Strategy Cache in a small cluster, where the TTL is 0: every read fetches, and an outage is bridged all the same. */
class TtlStoreWithoutTtlContractTest extends TtlStoreContractTest {

    @Override
    ObjectStore<ConfigMap> newStore() {
        return new TtlStore<>(server.configMaps(), scheduler, TtlSource.ofSeconds(0), listener);
    }

    @Override
    Duration staleness() {
        return Duration.ZERO;
    }

    @Override
    boolean atHand() {
        return false;
    }
}
