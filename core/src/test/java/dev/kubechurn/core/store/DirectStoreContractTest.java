package dev.kubechurn.core.store;

import dev.kubechurn.core.api.ApiError;
import dev.kubechurn.core.api.ObjectKey;
import dev.kubechurn.core.api.ObjectKind;
import io.fabric8.kubernetes.api.model.ConfigMap;
import java.time.Duration;

/** Strategy Get: every read is as new as the server, and nothing bridges an outage. */
class DirectStoreContractTest extends ObjectStoreContract {

    @Override
    ObjectStore<ConfigMap> newStore() {
        return new DirectStore<>(server.configMaps());
    }

    @Override
    boolean needsReference() {
        return false;
    }

    @Override
    Duration staleness() {
        return Duration.ZERO;
    }

    @Override
    boolean atHand() {
        return false;
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
        return false;
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
        return "Unavailable";
    }

    @Override
    boolean freezesImmutable() {
        return false;
    }
}
