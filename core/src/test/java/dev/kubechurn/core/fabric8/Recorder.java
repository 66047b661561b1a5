package dev.kubechurn.core.fabric8;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kubechurn.core.api.ApiError;
import dev.kubechurn.core.api.ObjectApi;
import dev.kubechurn.core.api.WatchEvent;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** A handler of every kind of call that keeps what it is told, in order, and sees to it that it is told serially. */
final class Recorder<T extends HasMetadata>
        implements ObjectApi.ListHandler<T>, ObjectApi.GetHandler<T>, ObjectApi.WatchHandler {

    /** What a recorder was told. */
    sealed interface Told {}

    /** The answer to a list. */
    record Listed(String resourceVersion, List<? extends HasMetadata> items, Thread thread) implements Told {}

    /** The answer to a get. */
    record Found(HasMetadata object) implements Told {}

    /** An event of a watch. */
    record Event(WatchEvent event) implements Told {}

    /** The end of a watch. */
    record Closed() implements Told {}

    /** The end of a call without an answer. */
    record Failed(ApiError error) implements Told {}

    private static final int PATIENCE_SECONDS = 60;

    private final BlockingQueue<Told> told = new LinkedBlockingQueue<>();
    private final AtomicInteger inside = new AtomicInteger();

    @Override
    public void listed(String resourceVersion, List<T> items) {
        tell(new Listed(resourceVersion, items, Thread.currentThread()));
    }

    @Override
    public void found(T object) {
        tell(new Found(object));
    }

    @Override
    public void event(WatchEvent event) {
        tell(new Event(event));
    }

    @Override
    public void closed() {
        tell(new Closed());
    }

    @Override
    public void failed(ApiError error) {
        tell(new Failed(error));
    }

    private void tell(Told what) {
        assertThat(inside.incrementAndGet()).as("callbacks at once").isEqualTo(1);
        told.add(what);
        inside.decrementAndGet();
    }

    /** Waits for what comes next. */
    Told next() {
        try {
            Told next = told.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
            assertThat(next).as("a callback within %d s", PATIENCE_SECONDS).isNotNull();
            return next;
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** Waits for what comes next, which must be of this type. */
    <W extends Told> W next(Class<W> type) {
        Told next = next();
        assertThat(next).isInstanceOf(type);
        return type.cast(next);
    }

    /** Waits for the call to fail. */
    ApiError failure() {
        return next(Failed.class).error();
    }

    /** Waits for everything up to the end of the watch. */
    List<WatchEvent> eventsUntilClosed() {
        List<WatchEvent> events = new ArrayList<>();
        for (Told next = next(); !(next instanceof Closed); next = next()) {
            assertThat(next).isInstanceOf(Event.class);
            events.add(((Event) next).event());
        }
        return events;
    }

    /** What came and was not yet asked for. */
    List<Told> rest() {
        return List.copyOf(told);
    }
}
