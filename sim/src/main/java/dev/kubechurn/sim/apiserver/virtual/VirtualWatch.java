package dev.kubechurn.sim.apiserver.virtual;

import dev.kubechurn.core.api.ApiError;
import dev.kubechurn.core.api.Call;
import dev.kubechurn.core.api.ObjectApi.WatchHandler;
import dev.kubechurn.core.api.ObjectApi.WatchOptions;
import dev.kubechurn.core.api.ObjectKey;
import dev.kubechurn.core.api.ObjectKind;
import dev.kubechurn.core.api.WatchEvent;
import dev.kubechurn.sim.apiserver.ApiStatusException;
import dev.kubechurn.sim.apiserver.ApiStore;
import dev.kubechurn.sim.apiserver.EncodedEvent;
import dev.kubechurn.sim.apiserver.Resource;
import dev.kubechurn.sim.apiserver.Selection;
import dev.kubechurn.sim.apiserver.Verb;
import dev.kubechurn.sim.apiserver.WatchHandle;
import dev.kubechurn.sim.apiserver.WatchRequest;
import dev.kubechurn.sim.apiserver.WatchSink;
import dev.kubechurn.sim.metrics.ObjectId;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One watch over a {@link VirtualNetwork}, from its request to its end. For the scheduler's thread. */
final class VirtualWatch implements Call, WatchSink {

    private static final int SWITCHING_PROTOCOLS = 101;

    private final VirtualNetwork network;
    private final ApiStore store;
    private final Resource resource;
    private final ObjectKind<? extends HasMetadata> kind;
    private final ObjectKey key;
    private final WatchOptions options;
    private final WatchHandler handler;
    private @Nullable WatchHandle handle;
    private boolean over;

    VirtualWatch(
            VirtualNetwork network,
            ApiStore store,
            Resource resource,
            ObjectKind<? extends HasMetadata> kind,
            ObjectKey key,
            WatchOptions options,
            WatchHandler handler) {
        this.network = network;
        this.store = store;
        this.resource = resource;
        this.kind = kind;
        this.key = key;
        this.options = options;
        this.handler = handler;
    }

    ObjectId id() {
        return ObjectId.of(kind, key);
    }

    void request() {
        later(this::open);
    }

    private void open() {
        ApiError refusal = network.refusal(VirtualNetwork.Verb.WATCH);
        if (refusal != null) {
            over = true;
            handler.failed(refusal);
            return;
        }
        WatchRequest request = new WatchRequest(
                Selection.ofName(resource, key),
                options.resourceVersion(),
                options.allowBookmarks(),
                options.timeoutSeconds(),
                false);
        try {
            network.opened(this);
            network.statistics().answered(Verb.WATCH, SWITCHING_PROTOCOLS, 0);
            handle = store.watch(request, this);
        } catch (ApiStatusException e) {
            network.closed(this);
            network.statistics().eventSent(EncodedEvent.error(e).utf8Bytes());
            over = true;
            handler.failed(VirtualApi.status(e));
        }
    }

    /** Ends the watch from the server's side, with ERROR events or without. */
    void end(List<ApiError.Status> errors) {
        release();
        later(() -> {
            errors.forEach(error -> handler.event(new WatchEvent.Failure(error)));
            if (!over) {
                over = true;
                handler.closed();
            }
        });
    }

    @Override
    public void cancel() {
        over = true;
        release();
    }

    private void release() {
        network.closed(this);
        if (handle != null) {
            handle.cancel();
        }
    }

    @Override
    public void event(EncodedEvent event) {
        network.statistics().eventSent(event.utf8Bytes());
        later(() -> {
            if (!network.isPartitioned()) {
                handler.event(typed(event));
            }
        });
    }

    @Override
    public void closed() {
        if (!network.isPartitioned()) {
            end(List.of());
        }
    }

    private void later(Runnable work) {
        network.soon(() -> {
            if (!over) {
                work.run();
            }
        });
    }

    private WatchEvent typed(EncodedEvent event) {
        if (event.type().equals("BOOKMARK")) {
            return new WatchEvent.Bookmark(store.codec().typed(event, kind.type()));
        }
        HasMetadata object = network.typed().of(event, resource, key, kind.type());
        return switch (event.type()) {
            case "ADDED" -> new WatchEvent.Added(object);
            case "MODIFIED" -> new WatchEvent.Modified(object);
            case "DELETED" -> new WatchEvent.Deleted(object);
            default -> throw new IllegalStateException("the store sent an event of type " + event.type());
        };
    }
}
