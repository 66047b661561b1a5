package dev.kubechurn.sim.run;

import dev.kubechurn.core.api.ApiError;
import dev.kubechurn.core.api.Call;
import dev.kubechurn.core.api.ObjectApi;
import dev.kubechurn.core.api.ObjectKey;
import dev.kubechurn.core.api.Scheduler;
import dev.kubechurn.core.api.Timer;
import dev.kubechurn.core.api.WatchEvent;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A way to the server with one bug in it. For the run's thread. */
final class BuggyTransport extends ForwardingTransport {

    private static final int ONE_IN = 5;

    private final Scheduler scheduler;
    private final Bug bug;
    private final long lateNanos;
    private final Map<ObjectKey, List<?>> firstLists = new HashMap<>();
    private int count;

    /** @param lateNanos how late lists are in this run, where they are late by chance */
    BuggyTransport(Transport real, Scheduler scheduler, Bug bug, long lateNanos) {
        super(real);
        this.lateNanos = lateNanos;
        this.scheduler = scheduler;
        this.bug = bug;
    }

    private boolean strikes(Bug one) {
        return bug == one && ++count % ONE_IN == 0;
    }

    @Override
    public ObjectApi<ConfigMap> configMaps(int node) {
        return new BuggyApi<>(super.configMaps(node));
    }

    @Override
    public ObjectApi<Secret> secrets(int node) {
        return new BuggyApi<>(super.secrets(node));
    }

    private final class BuggyApi<T extends HasMetadata> implements ObjectApi<T> {

        private final ObjectApi<T> api;
        private final Map<ObjectKey, List<T>> first = new HashMap<>();
        private final Map<ObjectKey, T> firstGets = new HashMap<>();

        BuggyApi(ObjectApi<T> api) {
            this.api = api;
        }

        @Override
        public Class<T> type() {
            return api.type();
        }

        @Override
        public Call list(ObjectKey key, String resourceVersion, ListHandler<T> handler) {
            return api.list(key, resourceVersion, new ListHandler<>() {
                @Override
                public void listed(String version, List<T> items) {
                    List<T> answer = answer(key, resourceVersion, items);
                    String shown = bug == Bug.SHARED_FIRST_LIST && resourceVersion.equals("0") && !answer.isEmpty()
                            ? answer.get(0).getMetadata().getResourceVersion()
                            : version;
                    later(() -> handler.listed(shown, answer));
                }

                @Override
                public void failed(ApiError error) {
                    handler.failed(error);
                }
            });
        }

        private void later(Runnable answer) {
            if (bug != Bug.CHANCE) {
                answer.run();
                return;
            }
            Timer timer = new Timer() {
                @Override
                public void fire() {
                    answer.run();
                }
            };
            scheduler.schedule(timer, lateNanos);
        }

        @SuppressWarnings("unchecked") // a key is one kind's in these scenarios: names say which
        private List<T> answer(ObjectKey key, String resourceVersion, List<T> items) {
            if (bug == Bug.OLD_LIST) {
                List<T> known = first.putIfAbsent(key, items);
                return known == null || resourceVersion.equals("0") ? items : known;
            }
            if (bug == Bug.SHARED_FIRST_LIST && resourceVersion.equals("0") && !items.isEmpty()) {
                List<?> known = firstLists.putIfAbsent(key, items);
                return known == null ? items : (List<T>) known;
            }
            return items.stream().map(this::known).toList();
        }

        private WatchEvent known(WatchEvent event) {
            if (event instanceof WatchEvent.Added added) {
                return new WatchEvent.Added(known(added.object()));
            }
            return event instanceof WatchEvent.Modified modified
                    ? new WatchEvent.Modified(known(modified.object()))
                    : event;
        }

        /** The object as a client knows it. */
        @SuppressWarnings("unchecked") // the same type again
        private <O extends HasMetadata> O known(O object) {
            if (bug != Bug.NO_IMMUTABLE) {
                return object;
            }
            return object instanceof ConfigMap configMap
                    ? (O) new ConfigMapBuilder(configMap).withImmutable(null).build()
                    : (O) new SecretBuilder((Secret) object).withImmutable(null).build();
        }

        @Override
        public Call watch(ObjectKey key, WatchOptions options, WatchHandler handler) {
            Call call = api.watch(key, options, new WatchHandler() {
                @Override
                public void event(WatchEvent event) {
                    if (!(event instanceof WatchEvent.Modified && strikes(Bug.LOST_EVENT))
                            && !(event instanceof WatchEvent.Deleted && strikes(Bug.LOST_DELETION))) {
                        handler.event(known(event));
                    }
                }

                @Override
                public void closed() {
                    handler.closed();
                }

                @Override
                public void failed(ApiError error) {
                    handler.failed(error);
                }
            });
            return strikes(Bug.LEAKED_WATCH) ? () -> {} : call;
        }

        @Override
        public Call get(ObjectKey key, String resourceVersion, GetHandler<T> handler) {
            return api.get(key, resourceVersion, new GetHandler<>() {
                @Override
                public void found(T object) {
                    boolean isRefresh = bug == Bug.OLD_REFRESH && resourceVersion.equals("0");
                    T known = isRefresh ? firstGets.putIfAbsent(key, object) : null;
                    handler.found(known == null ? object : known);
                }

                @Override
                public void failed(ApiError error) {
                    handler.failed(error);
                }
            });
        }
    }
}
