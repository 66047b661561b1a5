package dev.kubechurn.core.manager;

import dev.kubechurn.core.api.Scheduler;
import dev.kubechurn.core.store.LookupError;
import dev.kubechurn.core.store.LookupException;
import dev.kubechurn.core.store.Reader;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/** One read that its caller waits for. */
final class BlockingRead<T extends HasMetadata> implements Reader<T> {

    private final CompletableFuture<T> answer = new CompletableFuture<>();

    /**
     * Reads and waits: with strategy Watch for a second at most, else as long as the request takes.
     *
     * @throws LookupException if the read fails
     * @throws IllegalStateException on a thread that must not wait
     */
    static <T extends HasMetadata> T of(ObjectManager<T> manager, Scheduler scheduler, String namespace, String name) {
        if (!scheduler.mayBlock()) {
            throw new IllegalStateException(
                    "this thread fires timers or delivers API responses and must not block; use the asynchronous read");
        }
        T now = manager.getNow(namespace, name);
        if (now != null) {
            return now;
        }
        BlockingRead<T> read = new BlockingRead<>();
        manager.get(namespace, name, read);
        return read.await();
    }

    @Override
    public void found(T object) {
        answer.complete(object);
    }

    @Override
    public void failed(LookupError error) {
        answer.completeExceptionally(new LookupException(error));
    }

    private T await() {
        try {
            return answer.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof LookupException lookup) {
                throw lookup;
            }
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for an object", e);
        }
    }
}
