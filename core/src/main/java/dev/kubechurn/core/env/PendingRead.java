package dev.kubechurn.core.env;

import dev.kubechurn.core.store.LookupError;
import dev.kubechurn.core.store.Reader;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One read under way. An answer that comes within the asking call is fetched there by {@link #now()}, so that many
 * objects at hand make no deep recursion; a later one is given to the continuation, on the thread that brings it. The
 * one or the other happens once, whoever races.
 *
 * @param <T> the kind of object
 */
final class PendingRead<T> implements Reader<T> {

    private final AtomicReference<State> state = new AtomicReference<>(Waiting.FOR_ASKER);
    private final Function<T, ObjectData> data;
    private final Consumer<Answer> later;

    PendingRead(Function<T, ObjectData> data, Consumer<Answer> later) {
        this.data = data;
        this.later = later;
    }

    @Override
    public void found(T object) {
        answer(new Answer.Found(data.apply(object)));
    }

    @Override
    public void failed(LookupError error) {
        answer(new Answer.Failed(error));
    }

    /** The answer if it is there; null: the continuation gets it. To be called once, after asking. */
    @Nullable
    Answer now() {
        return state.compareAndSet(Waiting.FOR_ASKER, Waiting.FOR_ANSWER) ? null : (Answer) state.get();
    }

    private void answer(Answer answer) {
        if (!state.compareAndSet(Waiting.FOR_ASKER, answer) && state.compareAndSet(Waiting.FOR_ANSWER, answer)) {
            later.accept(answer);
        }
    }

    private sealed interface State {}

    private enum Waiting implements State {
        FOR_ASKER,
        FOR_ANSWER
    }

    /** What a read brought. */
    sealed interface Answer extends State {

        record Found(ObjectData data) implements Answer {}

        record Failed(LookupError error) implements Answer {}
    }
}
