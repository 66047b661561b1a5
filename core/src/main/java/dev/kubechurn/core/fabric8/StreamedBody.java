package dev.kubechurn.core.fabric8;

import io.fabric8.kubernetes.client.http.AsyncBody;
import io.vertx.core.Context;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** The body of an answer, part by part as it is asked for. Safe from any thread. */
final class StreamedBody implements AsyncBody {

    /** HTTP/2's CANCEL: the client does not want the rest. */
    private static final long CANCEL = 8;

    private final Context context;
    private final HttpClientRequest request;
    private final HttpClientResponse response;
    private final AsyncBody.Consumer<List<ByteBuffer>> consumer;
    private final CompletableFuture<Void> done = new CompletableFuture<>();

    /** Made on the context, of an answer that waits. */
    StreamedBody(
            Context context,
            HttpClientRequest request,
            HttpClientResponse response,
            AsyncBody.Consumer<List<ByteBuffer>> consumer) {
        this.context = context;
        this.request = request;
        this.response = response;
        this.consumer = consumer;
        response.handler(this::part)
                .endHandler(end -> done.complete(null))
                .exceptionHandler(done::completeExceptionally);
    }

    private void part(Buffer part) {
        if (done.isDone()) {
            return;
        }
        try {
            consumer.consume(List.of(ByteBuffer.wrap(part.getBytes())), this);
        } catch (Exception failure) {
            done.completeExceptionally(failure);
            giveUp();
        }
    }

    @Override
    public void consume() {
        context.runOnContext(now -> response.fetch(1));
    }

    @Override
    public CompletableFuture<Void> done() {
        return done;
    }

    @Override
    public void cancel() {
        if (done.cancel(false)) {
            giveUp();
        }
    }

    private void giveUp() {
        context.runOnContext(now -> {
            var unused = request.reset(CANCEL);
        });
    }
}
