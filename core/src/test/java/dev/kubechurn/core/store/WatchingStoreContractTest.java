package dev.kubechurn.core.store;

import dev.kubechurn.core.api.ApiError;
import dev.kubechurn.core.api.ObjectKey;
import dev.kubechurn.core.api.ObjectKind;
import io.fabric8.kubernetes.api.model.ConfigMap;
import java.time.Duration;

/** Strategy Watch: changes show as they arrive, the first list may come from the server's cache. */
class WatchingStoreContractTest extends ObjectStoreContract {

    @Override
    ObjectStore<ConfigMap> newStore() {
        return new WatchingStore<>(
                ObjectKind.CONFIG_MAP, server.configMaps(), scheduler, () -> 0, StoreRig.MINUTE, listener);
    }

    @Override
    boolean needsReference() {
        return true;
    }

    @Override
    Duration staleness() {
        return Duration.ZERO;
    }

    @Override
    boolean atHand() {
        return true;
    }

    /** The watch has brought what the list lacked by the time of the read's next look (S3). */
    @Override
    boolean firstReadIsNewest() {
        return true;
    }

    @Override
    LookupError outage(ApiError error) {
        return new LookupError.SyncTimeout(ObjectKind.CONFIG_MAP);
    }

    @Override
    boolean bridgesOutage() {
        return true;
    }

    @Override
    String readLeftBehind(String value) {
        return "SyncTimeout";
    }

    @Override
    String missing(ObjectKey key) {
        return "configmap \"" + key.name() + "\" not found";
    }

    @Override
    String afterClosing(String value) {
        return "SyncTimeout";
    }

    @Override
    boolean freezesImmutable() {
        return true;
    }
}
