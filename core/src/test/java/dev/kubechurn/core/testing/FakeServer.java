package dev.kubechurn.core.testing;

import dev.kubechurn.core.api.ApiError;
import dev.kubechurn.core.api.Call;
import dev.kubechurn.core.api.ObjectApi;
import dev.kubechurn.core.api.ObjectKey;
import dev.kubechurn.core.api.ObjectKind;
import dev.kubechurn.core.api.WatchEvent;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Secret;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An API server for ConfigMaps and Secrets in memory and virtual time, with the faults that the conformance scripts
 * name. A request is judged when it is sent; its answer, like every event, arrives {@link #latency} later. For one
 * thread.
 */
public final class FakeServer {

    private static final ApiError REFUSED = new ApiError.ConnectionRefused("connection refused");

    private final VirtualScheduler scheduler;
    private final Map<Verb, Integer> calls = new EnumMap<>(Verb.class);
    private final Map<Verb, Deque<ApiError>> failures = new EnumMap<>(Verb.class);
    private final List<FakeWatch> watches = new ArrayList<>();
    private final List<String> requests = new ArrayList<>();
    private final ObjectHistory history = new ObjectHistory();

    private @Nullable ObjectHistory stale;
    private long oldestWatchable;
    private boolean partitioned;
    private Duration latency = Duration.ZERO;
    private boolean lateCallbacks;
    private Runnable onRequest = () -> {};
    private @Nullable WatchEvent parting;
    private boolean initialEventsRefused;
    private boolean initialEventsEnd = true;

    public FakeServer(VirtualScheduler scheduler) {
        this.scheduler = scheduler;
    }

    public ObjectApi<ConfigMap> configMaps() {
        return api(ObjectKind.CONFIG_MAP);
    }

    public ObjectApi<Secret> secrets() {
        return api(ObjectKind.SECRET);
    }

    public <T extends HasMetadata> ObjectApi<T> api(ObjectKind<T> kind) {
        return new FakeApi<>(this, kind);
    }

    // Changes.

    public void create(HasMetadata object) {
        changed(history.create(object));
    }

    public void update(HasMetadata object) {
        changed(history.update(object));
    }

    public void delete(ObjectKind<?> kind, ObjectKey key) {
        changed(history.delete(kind.type(), key));
    }

    private void changed(ObjectHistory.Change change) {
        for (FakeWatch watch : List.copyOf(watches)) {
            if (watch.isFor(change)) {
                watch.send(change.event());
            }
        }
    }

    /** The newest state of an object; null: it is not there. */
    public @Nullable HasMetadata newest(ObjectKind<?> kind, ObjectKey key) {
        return history.newest(kind.type(), key);
    }

    /** The counter: the version of the last change. */
    public long revision() {
        return history.revision();
    }

    // Faults.

    /** Ends every open watch as a stream ends. */
    public void dropWatches() {
        if (!partitioned) {
            List.copyOf(watches).forEach(FakeWatch::end);
        }
    }

    /** Ends every open watch with an ERROR event, and refuses later ones from before now. */
    public void expireWatches() {
        oldestWatchable = revision();
        failWatches(Statuses.of(410));
    }

    /** Ends every open watch with this ERROR event. */
    public void failWatches(ApiError.Status status) {
        if (!partitioned) {
            for (FakeWatch watch : List.copyOf(watches)) {
                watch.send(new WatchEvent.Failure(status));
                watch.end();
            }
        }
    }

    public void failNext(Verb verb, int status, int times) {
        for (int i = 0; i < times; i++) {
            failNext(verb, Statuses.of(status));
        }
    }

    public void failNext(Verb verb, ApiError error) {
        failures.computeIfAbsent(verb, v -> new ArrayDeque<>()).add(error);
    }

    /** Silences open watches and refuses new requests. */
    public void partition() {
        partitioned = true;
    }

    /** Freezes what lists and gets with version 0 are answered. */
    public void staleReads() {
        stale = history.copy();
    }

    /** Ends partition and stale reads. */
    public void heal() {
        stale = null;
        if (partitioned) {
            partitioned = false;
            for (FakeWatch watch : List.copyOf(watches)) {
                watch.forget();
                watch.end();
            }
        }
    }

    /** Forgets failures that no request has met yet. */
    public void stopFailing() {
        failures.clear();
    }

    /** Refuses watches that ask for initial events, as servers do that know nothing of them. */
    public void refuseInitialEvents() {
        initialEventsRefused = true;
    }

    /** Whether initial events are ended by a bookmark, as it should be. */
    public void endInitialEvents(boolean end) {
        initialEventsEnd = end;
    }

    /** Sends an event as it is to every open watch: bookmarks, wrong types. */
    public void inject(WatchEvent event) {
        List.copyOf(watches).forEach(watch -> watch.send(event));
    }

    /** What watches from now on tell while they are being cancelled, as the port permits. */
    public void parting(WatchEvent event) {
        parting = event;
    }

    @Nullable
    WatchEvent parting() {
        return parting;
    }

    /** How long answers and events take, from now on; those of one watch keep their order. */
    public void latency(Duration newLatency) {
        latency = newLatency;
    }

    /** Whether callbacks that were under way when their call was cancelled still come, as the port permits. */
    public void lateCallbacks(boolean late) {
        lateCallbacks = late;
    }

    /** Has an action of "another thread" happen once, while the next request is being sent. */
    public void onNextRequest(Runnable action) {
        onRequest = action;
    }

    // What tests look at.

    /** Requests since the start, whatever became of them. */
    public int calls(Verb verb) {
        return calls.getOrDefault(verb, 0);
    }

    /** Every request since the start: verb, key, version. */
    public List<String> requests() {
        return List.copyOf(requests);
    }

    /** The time limits that open watches asked for. */
    public List<ObjectApi.WatchOptions> watchOptions() {
        return watches.stream().map(FakeWatch::options).toList();
    }

    /** The keys of the watches that neither side has closed, sorted. */
    public List<ObjectKey> openWatches() {
        return watches.stream().map(FakeWatch::key).sorted().toList();
    }

    // For FakeApi and FakeWatch.

    /** Notes a request; why it fails, if it does. */
    @Nullable
    ApiError admit(Verb verb, ObjectKey key, String resourceVersion) {
        calls.merge(verb, 1, Integer::sum);
        requests.add(verb + " " + key + " " + resourceVersion);
        Runnable interloper = onRequest;
        onRequest = () -> {};
        interloper.run();
        if (partitioned) {
            return REFUSED;
        }
        Deque<ApiError> planned = failures.get(verb);
        return planned == null ? null : planned.poll();
    }

    /** What a read is answered from. */
    ObjectHistory stateFor(String resourceVersion) {
        return stale != null && resourceVersion.equals("0") ? stale : history;
    }

    /** Opens a watch and sends what there is, or replays what it missed. */
    void open(FakeWatch watch) {
        watches.add(watch);
        if (watch.options().sendInitialEvents()) {
            HasMetadata present = history.newest(watch.type(), watch.key());
            if (present != null) {
                watch.send(new WatchEvent.Added(present));
            }
            if (initialEventsEnd) {
                watch.send(Samples.initialEventsEnd(revision()));
            }
            return;
        }
        history.since(watch.options().resourceVersion()).stream()
                .filter(watch::isFor)
                .forEach(change -> watch.send(change.event()));
    }

    boolean tooOld(String resourceVersion) {
        return !resourceVersion.isEmpty() && Long.parseLong(resourceVersion) < oldestWatchable;
    }

    boolean refusesInitialEvents() {
        return initialEventsRefused;
    }

    void closed(FakeWatch watch) {
        watches.remove(watch);
    }

    boolean partitioned() {
        return partitioned;
    }

    boolean lateCallbacks() {
        return lateCallbacks;
    }

    VirtualScheduler scheduler() {
        return scheduler;
    }

    /** Delivers an answer after the latency. */
    Call deliver(Runnable answer) {
        var timer = scheduler.after(latency, answer);
        return () -> {
            if (!lateCallbacks) {
                scheduler.cancel(timer);
            }
        };
    }
}
