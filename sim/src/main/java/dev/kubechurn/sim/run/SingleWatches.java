package dev.kubechurn.sim.run;

import dev.kubechurn.core.api.ApiError;
import dev.kubechurn.core.api.Call;
import dev.kubechurn.core.api.ObjectApi;
import dev.kubechurn.core.api.ObjectKey;
import dev.kubechurn.core.api.ObjectKind;
import dev.kubechurn.core.api.WatchEvent;
import dev.kubechurn.sim.check.Check;
import dev.kubechurn.sim.check.Violations;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.concurrent.ConcurrentHashMap;

/**
 * One kubelet's way to the server that watches over check 1 all the time: no object has two watches at once, not even for a
 * moment. Safe from any thread.
 */
final class SingleWatches<T extends HasMetadata> implements ObjectApi<T> {

    private final ObjectApi<T> api;
    private final ObjectKind<T> kind;
    private final int node;
    private final Violations violations;
    private final ConcurrentHashMap<ObjectKey, Open> open = new ConcurrentHashMap<>();

    SingleWatches(ObjectApi<T> api, ObjectKind<T> kind, int node, Violations violations) {
        this.api = api;
        this.kind = kind;
        this.node = node;
        this.violations = violations;
    }

    @Override
    public Class<T> type() {
        return api.type();
    }

    @Override
    public Call list(ObjectKey key, String resourceVersion, ListHandler<T> handler) {
        return api.list(key, resourceVersion, handler);
    }

    @Override
    public Call get(ObjectKey key, String resourceVersion, GetHandler<T> handler) {
        return api.get(key, resourceVersion, handler);
    }

    @Override
    public Call watch(ObjectKey key, WatchOptions options, WatchHandler handler) {
        Open watch = new Open(key, handler);
        if (open.put(key, watch) != null) {
            String what =
                    "node-" + node + ", " + kind.singular() + " " + key + ": a second watch opened while one was open";
            violations.add(Check.NO_LEAK, what);
        }
        Call call = api.watch(key, options, watch);
        return () -> {
            watch.over();
            call.cancel();
        };
    }

    /** A watch that is asked for or open. */
    private final class Open implements WatchHandler {

        private final ObjectKey key;
        private final WatchHandler handler;

        Open(ObjectKey key, WatchHandler handler) {
            this.key = key;
            this.handler = handler;
        }

        /** Before anybody hears of it: who does may open the next one at once. */
        void over() {
            open.remove(key, this);
        }

        @Override
        public void event(WatchEvent event) {
            if (event instanceof WatchEvent.Failure) {
                over();
            }
            handler.event(event);
        }

        @Override
        public void closed() {
            over();
            handler.closed();
        }

        @Override
        public void failed(ApiError error) {
            over();
            handler.failed(error);
        }
    }
}
