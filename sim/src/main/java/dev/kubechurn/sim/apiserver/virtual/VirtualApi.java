package dev.kubechurn.sim.apiserver.virtual;

import dev.kubechurn.core.api.ApiError;
import dev.kubechurn.core.api.Call;
import dev.kubechurn.core.api.ObjectApi;
import dev.kubechurn.core.api.ObjectKey;
import dev.kubechurn.core.api.ObjectKind;
import dev.kubechurn.core.api.Timer;
import dev.kubechurn.sim.apiserver.ApiStatusException;
import dev.kubechurn.sim.apiserver.ApiStore;
import dev.kubechurn.sim.apiserver.ListRequest;
import dev.kubechurn.sim.apiserver.ListResult;
import dev.kubechurn.sim.apiserver.Resource;
import dev.kubechurn.sim.apiserver.Selection;
import dev.kubechurn.sim.apiserver.StoredObject;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.function.ToIntFunction;

/** Core's port over an {@link ApiStore}, without a network and without delay. For the scheduler's thread. */
final class VirtualApi<T extends HasMetadata> implements ObjectApi<T> {

    private static final String CACHE = "0";
    private static final int OK = 200;

    private final VirtualNetwork network;
    private final ApiStore store;
    private final ObjectKind<T> kind;
    private final Resource resource;

    VirtualApi(VirtualNetwork network, ApiStore store, ObjectKind<T> kind) {
        this.network = network;
        this.store = store;
        this.kind = kind;
        this.resource = Resource.ofPlural(kind.plural()).orElseThrow();
    }

    @Override
    public Class<T> type() {
        return kind.type();
    }

    @Override
    public Call list(ObjectKey key, String resourceVersion, ListHandler<T> handler) {
        return answer(
                VirtualNetwork.Verb.LIST,
                () -> newest(key, resourceVersion),
                this::bytes,
                list -> handler.listed(
                        Long.toString(list.revision()),
                        list.items().stream().map(this::typed).toList()),
                handler::failed);
    }

    @Override
    public Call get(ObjectKey key, String resourceVersion, GetHandler<T> handler) {
        return answer(
                VirtualNetwork.Verb.GET,
                () -> found(key, resourceVersion),
                StoredObject::utf8Bytes,
                object -> handler.found(typed(object)),
                handler::failed);
    }

    @Override
    public Call watch(ObjectKey key, WatchOptions options, WatchHandler handler) {
        network.sent(VirtualNetwork.Verb.WATCH);
        VirtualWatch watch = new VirtualWatch(network, store, resource, kind, key, options, handler);
        watch.request();
        return watch;
    }

    private <A> Call answer(
            VirtualNetwork.Verb verb,
            Supplier<A> request,
            ToIntFunction<A> bytes,
            Consumer<A> answered,
            Consumer<ApiError> failed) {
        network.sent(verb);
        Timer timer = network.soon(() -> {
            ApiError refusal = network.refusal(verb);
            if (refusal != null) {
                failed.accept(refusal);
                return;
            }
            A answer;
            try {
                answer = request.get();
            } catch (ApiStatusException e) {
                network.statistics().answered(verb.counted(), e.code(), e.statusBytes());
                failed.accept(status(e));
                return;
            }
            network.statistics().answered(verb.counted(), OK, bytes.applyAsInt(answer));
            answered.accept(answer);
        });
        return () -> network.cancel(timer);
    }

    private ListResult newest(ObjectKey key, String resourceVersion) {
        StaleState stale = network.stale();
        if (stale != null && resourceVersion.equals(CACHE)) {
            return stale.list(resource, key);
        }
        return store.list(new ListRequest(Selection.ofName(resource, key), resourceVersion, "", 0, ""));
    }

    private StoredObject found(ObjectKey key, String resourceVersion) {
        StaleState stale = network.stale();
        if (stale != null && resourceVersion.equals(CACHE)) {
            List<StoredObject> found = stale.list(resource, key).items();
            if (found.isEmpty()) {
                throw ApiStatusException.notFound(resource, key.name());
            }
            return found.get(0);
        }
        return store.get(resource, key, resourceVersion);
    }

    private T typed(StoredObject object) {
        return network.typed().of(object, kind.type());
    }

    private int bytes(ListResult list) {
        return list.utf8Bytes(resource);
    }

    static ApiError.Status status(ApiStatusException refusal) {
        return new ApiError.Status(refusal.code(), refusal.reason(), refusal.getMessage());
    }
}
