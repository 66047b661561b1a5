package dev.kubechurn.sim.apiserver.virtual;

import dev.kubechurn.core.api.ApiError;
import dev.kubechurn.core.api.ObjectApi.GetHandler;
import io.fabric8.kubernetes.api.model.Secret;

/** A get whose answer does not matter. */
final class IgnoredGet implements GetHandler<Secret> {

    @Override
    public void found(Secret object) {}

    @Override
    public void failed(ApiError error) {}
}
