package dev.kubechurn.sim.apiserver.virtual;

import dev.kubechurn.core.api.ApiError;
import dev.kubechurn.core.api.Call;
import dev.kubechurn.core.api.ObjectApi;
import dev.kubechurn.core.api.ObjectKey;
import dev.kubechurn.core.api.ObjectKind;
import dev.kubechurn.sim.apiserver.ApiStatusException;
import dev.kubechurn.sim.apiserver.ListRequest;
import dev.kubechurn.sim.apiserver.ListResult;
import dev.kubechurn.sim.apiserver.Resource;
import dev.kubechurn.sim.apiserver.Selection;
import dev.kubechurn.sim.apiserver.StoredObject;
import dev.kubechurn.sim.engine.Draw;
import dev.kubechurn.sim.metrics.ObjectId;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** Core's port for one kind of object over one kubelet's {@link VirtualConnection}. For the scheduler's thread. */
final class VirtualApi<T extends HasMetadata> implements ObjectApi<T> {

    private static final int OK = 200;
    private static final int TOO_MANY = 429;

    private final VirtualConnection connection;
    private final VirtualNetwork network;
    private final ObjectKind<T> kind;
    private final Resource resource;
    private final SplittableRandom requestRandom;
    private final SplittableRandom watchRandom;
    private final SplittableRandom eventRandom;

    VirtualApi(VirtualConnection connection, ObjectKind<T> kind) {
        this.connection = connection;
        this.network = connection.network();
        this.kind = kind;
        this.resource = Resource.ofPlural(kind.plural()).orElseThrow();
        this.requestRandom = connection.random(kind.singular() + "-latency");
        this.watchRandom = connection.random(kind.singular() + "-watch-latency");
        this.eventRandom = connection.random(kind.singular() + "-event-latency");
    }

    @Override
    public Class<T> type() {
        return kind.type();
    }

    @Override
    public Call list(ObjectKey key, String resourceVersion, ListHandler<T> handler) {
        return send(new Listing(key, resourceVersion, handler));
    }

    @Override
    public Call get(ObjectKey key, String resourceVersion, GetHandler<T> handler) {
        return send(new Getting(key, resourceVersion, handler));
    }

    private Call send(Read request) {
        network.sent(request.verb);
        request.send();
        return request;
    }

    @Override
    public Call watch(ObjectKey key, WatchOptions options, WatchHandler handler) {
        network.sent(KubeletVerb.WATCH);
        VirtualWatch watch = new VirtualWatch(this, key, options, handler);
        connection.takeStream(watch);
        return watch;
    }

    VirtualConnection connection() {
        return connection;
    }

    VirtualNetwork network() {
        return network;
    }

    ObjectKind<T> kind() {
        return kind;
    }

    Resource resource() {
        return resource;
    }

    Selection selection(ObjectKey key) {
        return network.store().selection(resource, key);
    }

    /** How long the next watch takes to stand. */
    long watchNanos() {
        return network.model().latency().watch().next(watchRandom)
                + network.faults().delayNanos(KubeletVerb.WATCH);
    }

    /** How long the next event of a watch is on its way. */
    long eventNanos() {
        return network.model().latency().event().next(eventRandom) + connection.slowNanos();
    }

    static ApiError.Status status(ApiStatusException refusal) {
        return new ApiError.Status(refusal.code(), refusal.reason(), refusal.getMessage());
    }

    /** A list or a get. */
    private abstract class Read extends VirtualRequest {

        private final KubeletVerb verb;
        final ObjectKey key;
        final String resourceVersion;
        private final Draw latency;
        private @Nullable ApiError error;

        Read(KubeletVerb verb, Draw latency, ObjectKey key, String resourceVersion) {
            super(VirtualApi.this.connection);
            this.verb = verb;
            this.latency = latency;
            this.key = key;
            this.resourceVersion = resourceVersion;
        }

        /** Reads the store; returns the length of the answer. */
        abstract int read();

        abstract void succeeded();

        abstract void failed(ApiError why);

        @Override
        final boolean needsToken() {
            return true;
        }

        @Override
        final long serve() {
            error = network.refusal(verb, connection, replica());
            if (error == null) {
                try {
                    int bytes = read();
                    answered(OK, bytes);
                } catch (ApiStatusException e) {
                    answered(e.code(), e.statusBytes());
                    error = status(e);
                }
            }
            return latency.next(requestRandom) + network.faults().delayNanos(verb);
        }

        private void answered(int code, int bytes) {
            network.statistics().answered(verb.counted(), code, bytes);
            RequestTally tally = network.tally();
            if (tally != null) {
                tally.answered(new RequestTally.Place(connection.node(), ObjectId.of(kind, key)), verb, bytes);
            }
        }

        @Override
        final void answered() {
            if (error == null) {
                succeeded();
            } else {
                failed(error);
            }
        }

        @Override
        final void refusedOnce() {
            answered(TOO_MANY, TOO_MANY_BYTES);
        }

        @Override
        final void refused(ApiError.Status why) {
            failed(why);
        }

        final T typed(StoredObject object) {
            return network.store().codec().shared(object, kind.type());
        }
    }

    private final class Listing extends Read {

        private final ListHandler<T> handler;
        private String revision = "";
        private List<T> items = List.of();

        Listing(ObjectKey key, String resourceVersion, ListHandler<T> handler) {
            super(KubeletVerb.LIST, VirtualApi.this.network.model().latency().list(), key, resourceVersion);
            this.handler = handler;
        }

        @Override
        int read() {
            ListRequest request = new ListRequest(selection(key), resourceVersion, "", 0, "");
            ListResult list = network.faults()
                    .stale()
                    .flatMap(stale -> stale.list(request))
                    .orElseGet(() -> network.store().list(request));
            revision = network.resourceVersion(list.revision());
            items = typed(list.items());
            return list.utf8Bytes(resource);
        }

        /** There is one at most: a stream of them would cost more than all the rest. */
        private List<T> typed(List<StoredObject> found) {
            return found.size() == 1
                    ? List.of(typed(found.get(0)))
                    : found.stream().map(this::typed).toList();
        }

        @Override
        void succeeded() {
            handler.listed(revision, items);
        }

        @Override
        void failed(ApiError why) {
            handler.failed(why);
        }
    }

    private final class Getting extends Read {

        private final GetHandler<T> handler;
        private @Nullable T object;

        Getting(ObjectKey key, String resourceVersion, GetHandler<T> handler) {
            super(KubeletVerb.GET, network.model().latency().get(), key, resourceVersion);
            this.handler = handler;
        }

        @Override
        int read() {
            StoredObject found = found();
            object = typed(found);
            return found.utf8Bytes();
        }

        private StoredObject found() {
            return network.faults()
                    .stale()
                    .flatMap(stale -> stale.get(resource, key, resourceVersion))
                    .orElseGet(() -> network.store().get(resource, key, resourceVersion));
        }

        @Override
        void succeeded() {
            if (object != null) {
                handler.found(object);
            }
        }

        @Override
        void failed(ApiError why) {
            handler.failed(why);
        }
    }
}
