package dev.kubechurn.core.store;

import dev.kubechurn.core.api.ApiError;
import dev.kubechurn.core.api.ObjectKey;
import dev.kubechurn.core.api.ObjectKind;
import io.fabric8.kubernetes.api.model.ConfigMap;
import java.time.Duration;

/** Strategy Cache with the default TTL: a change shows when the TTL of the last fetch is over. */
class TtlStoreContractTest extends ObjectStoreContract {

    @Override
    ObjectStore<ConfigMap> newStore() {
        return new TtlStore<>(server.configMaps(), scheduler, TtlSource.absent(), listener);
    }

    @Override
    boolean needsReference() {
        return true;
    }

    @Override
    Duration staleness() {
        return StoreRig.MINUTE;
    }

    @Override
    boolean atHand() {
        return true;
    }

    @Override
    boolean firstReadIsNewest() {
        return true;
    }

    @Override
    LookupError outage(ApiError error) {
        return new LookupError.Unavailable(error.message());
    }

    @Override
    boolean bridgesOutage() {
        return true;
    }

    @Override
    String readLeftBehind(String value) {
        return value;
    }

    @Override
    String missing(ObjectKey key) {
        return ObjectKind.CONFIG_MAP.plural() + " \"" + key.name() + "\" not found";
    }

    @Override
    String afterClosing(String value) {
        return value;
    }

    @Override
    boolean freezesImmutable() {
        return false;
    }
}
