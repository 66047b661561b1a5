package dev.kubechurn.sim.run;

import dev.kubechurn.core.api.ApiError;
import dev.kubechurn.core.api.Call;
import dev.kubechurn.core.api.ObjectApi;
import dev.kubechurn.core.api.ObjectKey;
import dev.kubechurn.core.api.Scheduler;
import dev.kubechurn.core.api.Timer;
import dev.kubechurn.core.api.WatchEvent;
import dev.kubechurn.sim.apiserver.virtual.NetworkFigures;
import dev.kubechurn.sim.faults.FaultDomain;
import dev.kubechurn.sim.metrics.ObjectId;
import dev.kubechurn.sim.workload.ObjectWriter;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Secret;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/** A way to the server with one bug in it. For the run's thread. */
final class BuggyTransport implements Transport {

    private static final int ONE_IN = 5;

    private final Transport real;
    private final Scheduler scheduler;
    private final Bug bug;
    private final Map<ObjectKey, List<?>> firstLists = new HashMap<>();
    private int count;

    BuggyTransport(Transport real, Scheduler scheduler, Bug bug) {
        this.real = real;
        this.scheduler = scheduler;
        this.bug = bug;
    }

    private boolean strikes(Bug one) {
        return bug == one && ++count % ONE_IN == 0;
    }

    @Override
    public ObjectApi<ConfigMap> configMaps(int node) {
        return new BuggyApi<>(real.configMaps(node));
    }

    @Override
    public ObjectApi<Secret> secrets(int node) {
        return new BuggyApi<>(real.secrets(node));
    }

    private final class BuggyApi<T extends HasMetadata> implements ObjectApi<T> {

        private final ObjectApi<T> api;
        private final Map<ObjectKey, List<T>> first = new HashMap<>();

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
            scheduler.schedule(timer, ThreadLocalRandom.current().nextLong(1_000_000));
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
            return items;
        }

        @Override
        public Call watch(ObjectKey key, WatchOptions options, WatchHandler handler) {
            Call call = api.watch(key, options, new WatchHandler() {
                @Override
                public void event(WatchEvent event) {
                    if (!(event instanceof WatchEvent.Modified && strikes(Bug.LOST_EVENT))) {
                        handler.event(event);
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
            return api.get(key, resourceVersion, handler);
        }
    }

    @Override
    public String title() {
        return real.title();
    }

    @Override
    public String caution() {
        return real.caution();
    }

    @Override
    public void kubeletStarted(int node) {
        real.kubeletStarted(node);
    }

    @Override
    public void measureFrom(long nanos) {
        real.measureFrom(nanos);
    }

    @Override
    public long readable() {
        return real.readable();
    }

    @Override
    public FaultDomain faultDomain(FaultyKubelets kubelets) {
        return real.faultDomain(kubelets);
    }

    @Override
    public void loadEnded() {
        real.loadEnded();
    }

    @Override
    public int waiting() {
        return real.waiting();
    }

    @Override
    public int underWay() {
        return real.underWay();
    }

    @Override
    public Optional<NetworkFigures> modelFigures() {
        return real.modelFigures();
    }

    @Override
    public ObjectWriter writer() {
        return real.writer();
    }

    @Override
    public int underWay(int node) {
        return real.underWay(node);
    }

    @Override
    public ServerLoad load() {
        return real.load();
    }

    @Override
    public Map<ObjectId, Integer> openWatches() {
        return real.openWatches();
    }

    @Override
    public void close() {
        real.close();
    }
}
