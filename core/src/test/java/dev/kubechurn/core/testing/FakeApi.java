package dev.kubechurn.core.testing;

import dev.kubechurn.core.api.ApiError;
import dev.kubechurn.core.api.Call;
import dev.kubechurn.core.api.ObjectApi;
import dev.kubechurn.core.api.ObjectKey;
import dev.kubechurn.core.api.ObjectKind;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.List;

/** One kind of object of a {@link FakeServer}. */
record FakeApi<T extends HasMetadata>(FakeServer server, ObjectKind<T> kind) implements ObjectApi<T> {

    @Override
    public Class<T> type() {
        return kind.type();
    }

    @Override
    public Call list(ObjectKey key, String resourceVersion, ListHandler<T> handler) {
        ApiError error = server.admit(Verb.LIST, key, resourceVersion);
        if (error != null) {
            return server.deliver(() -> handler.failed(error));
        }
        ObjectHistory state = server.stateFor(resourceVersion);
        HasMetadata object = state.newest(kind.type(), key);
        List<T> items = object == null ? List.of() : List.of(kind.type().cast(object));
        String listed = Long.toString(state.revision());
        return server.deliver(() -> handler.listed(listed, items));
    }

    @Override
    public Call watch(ObjectKey key, WatchOptions options, WatchHandler handler) {
        ApiError error = server.admit(Verb.WATCH, key, options.resourceVersion());
        if (error == null && options.sendInitialEvents() && server.refusesInitialEvents()) {
            return server.deliver(() -> handler.failed(Statuses.of(422)));
        }
        if (error == null && server.tooOld(options.resourceVersion())) {
            return server.deliver(() -> handler.failed(Statuses.of(410)));
        }
        if (error instanceof ApiError.Transport) {
            return server.deliver(handler::closed); // cut before the answer: a watch that opened and closed (R8)
        }
        if (error != null) {
            return server.deliver(() -> handler.failed(error));
        }
        FakeWatch watch = new FakeWatch(server, kind.type(), key, options, handler);
        server.open(watch);
        return watch;
    }

    @Override
    public Call get(ObjectKey key, String resourceVersion, GetHandler<T> handler) {
        ApiError error = server.admit(Verb.GET, key, resourceVersion);
        if (error != null) {
            return server.deliver(() -> handler.failed(error));
        }
        HasMetadata object = server.stateFor(resourceVersion).newest(kind.type(), key);
        if (object == null) {
            String text = kind.plural() + " \"" + key.name() + "\" not found";
            return server.deliver(() -> handler.failed(new ApiError.Status(404, "NotFound", text)));
        }
        return server.deliver(() -> handler.found(kind.type().cast(object)));
    }
}
