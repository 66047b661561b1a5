package dev.kubechurn.core.fabric8;

import dev.kubechurn.core.api.ApiError;
import dev.kubechurn.core.api.ObjectApi.WatchHandler;
import dev.kubechurn.core.api.WatchEvent;
import io.fabric8.kubernetes.client.http.AsyncBody;
import io.fabric8.kubernetes.client.http.HttpResponse;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A watch under way as kubelets hold it: one HTTP request whose answer does not end, an event on each of its lines. The next
 * part of the answer is asked for when the events of the one before have been handled; the rest waits in the connection.
 */
final class StreamCall extends SerialCall implements AsyncBody.Consumer<List<ByteBuffer>> {

    private static final Logger LOG = LoggerFactory.getLogger(StreamCall.class);

    /** Of a refusal, whose Status is short. */
    private static final int MAX_REFUSAL_BYTES = 1024 * 1024;

    private final ResourceUris uris;
    private final Supplier<URI> uri;
    private final WatchHandler handler;

    /** What has come of an event, or of a refusal, and is not yet all of it; only in steps. */
    private final ByteArrayOutputStream unfinished = new ByteArrayOutputStream();

    private volatile @Nullable CompletableFuture<HttpResponse<AsyncBody>> response;
    private volatile @Nullable AsyncBody body;

    StreamCall(ApiChannel channel, ResourceUris uris, Supplier<URI> uri, WatchHandler handler) {
        super(channel);
        this.uris = uris;
        this.uri = uri;
        this.handler = handler;
    }

    @Override
    void start() {
        var request = channel().http().newHttpRequestBuilder().uri(uri.get()).setHeader("Accept", "application/json");
        CompletableFuture<HttpResponse<AsyncBody>> asked = channel().http().consumeBytes(request.build(), this);
        response = asked;
        var unused = asked.whenComplete(this::answered);
        if (over()) {
            release();
        }
    }

    /** An immutable object costs a watch, though it is over as soon as the first read has its answer (S8). */
    @Override
    boolean startsInAnyCase() {
        return true;
    }

    @Override
    void startFailed(ApiError error) {
        handler.failed(error);
    }

    private void answered(@Nullable HttpResponse<AsyncBody> answer, @Nullable Throwable failure) {
        if (answer == null) {
            post(() -> notOpened(failure));
            return;
        }
        body = answer.body();
        if (over()) {
            release();
            return;
        }
        var unused = answer.body().done().whenComplete((nothing, cut) -> post(() -> ended(answer, cut)));
        answer.body().consume();
    }

    private void notOpened(@Nullable Throwable failure) {
        ApiError error = channel().failures().ofWatch(failure);
        if (error == null) {
            LOG.debug("A watch request got no answer");
            finish(handler::closed);
        } else {
            finish(() -> handler.failed(error));
        }
    }

    private void ended(HttpResponse<AsyncBody> answer, @Nullable Throwable cut) {
        if (answer.code() >= 400) {
            finish(() -> handler.failed(channel().failures().status(answer.code(), answer, unfinished.toByteArray())));
        } else if (!answer.isSuccessful()) {
            finish(() -> handler.failed(new ApiError.Transport("the server answered HTTP " + answer.code())));
        } else {
            if (cut != null) {
                LOG.debug("A watch was cut: {}", Failures.describe(cut));
            }
            finish(handler::closed); // half an event comes again with the next watch
        }
    }

    /** On a thread of the transport; the bytes are ours. */
    @Override
    public void consume(List<ByteBuffer> parts, AsyncBody source) {
        body = source;
        post(() -> {
            for (ByteBuffer part : parts) {
                take(part);
            }
            if (!over()) {
                source.consume();
            }
        });
    }

    private void take(ByteBuffer part) {
        while (part.hasRemaining() && !over()) {
            int length = lineLength(part);
            byte[] bytes = new byte[length < 0 ? part.remaining() : length];
            part.get(bytes);
            if (unfinished.size() + bytes.length > limit()) {
                LOG.warn("A watch of {} ends early: an event is larger than {} bytes", uris.plural(), limit());
                end();
                return;
            }
            unfinished.writeBytes(bytes);
            if (length >= 0) {
                part.get(); // the end of the line
                lineComplete();
            }
        }
    }

    private static int lineLength(ByteBuffer part) {
        for (int i = part.position(); i < part.limit(); i++) {
            if (part.get(i) == '\n') {
                return i - part.position();
            }
        }
        return -1;
    }

    private int limit() {
        return isRefusal() ? MAX_REFUSAL_BYTES : KubernetesClients.MAX_ANSWER_BYTES;
    }

    private boolean isRefusal() {
        CompletableFuture<HttpResponse<AsyncBody>> asked = response;
        HttpResponse<AsyncBody> answer = asked == null ? null : asked.getNow(null);
        return answer != null && !answer.isSuccessful();
    }

    private void lineComplete() {
        if (isRefusal()) {
            unfinished.write('\n');
            return;
        }
        byte[] line = unfinished.toByteArray();
        unfinished.reset();
        if (line.length > 0) {
            deliver(line);
        }
    }

    private void deliver(byte[] line) {
        WatchEvent event;
        try {
            event = channel().reader().event(line);
        } catch (UnreadableException e) {
            LOG.warn("A watch of {} ends early: {}", uris.plural(), e.getMessage());
            end();
            return;
        }
        if (event == null) {
            LOG.warn("A watch of {} skips an event whose object is of another kind", uris.plural());
            return;
        }
        try {
            handler.event(event);
        } catch (RuntimeException | Error failure) {
            channel().callbackFailed().accept(failure); // the events behind it are not to be lost with it
        }
        if (event instanceof WatchEvent.Failure) {
            end();
        }
    }

    private void end() {
        if (!over()) {
            release();
            finish(handler::closed);
        }
    }

    @Override
    void release() {
        CompletableFuture<HttpResponse<AsyncBody>> asked = response;
        if (asked != null) {
            asked.cancel(false);
        }
        AsyncBody reading = body;
        if (reading != null) {
            reading.cancel();
        }
    }
}
