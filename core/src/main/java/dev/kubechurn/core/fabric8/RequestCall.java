package dev.kubechurn.core.fabric8;

import dev.kubechurn.core.api.ApiError;
import io.fabric8.kubernetes.client.http.AsyncBody;
import io.fabric8.kubernetes.client.http.HttpResponse;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A list or get under way: one HTTP request, one answer of bounded size, read on the executor. */
final class RequestCall extends SerialCall implements AsyncBody.Consumer<List<ByteBuffer>> {

    private final Supplier<URI> uri;
    private final AnswerReader reader;
    private final Consumer<ApiError> failed;

    /** Written by the transport, read by a step that the transport posted afterwards. */
    private final ByteArrayOutputStream received = new ByteArrayOutputStream();

    private boolean tooLarge;

    private volatile @Nullable CompletableFuture<HttpResponse<AsyncBody>> response;
    private volatile @Nullable AsyncBody body;

    /** Turns a good answer into the handler's callback. */
    @FunctionalInterface
    interface AnswerReader {

        /**
         * Reads, and returns the callback to make.
         *
         * @throws UnreadableException if this is not the answer that was asked for
         */
        Runnable read(byte[] answer);
    }

    RequestCall(ApiChannel channel, Supplier<URI> uri, AnswerReader reader, Consumer<ApiError> failed) {
        super(channel);
        this.uri = uri;
        this.reader = reader;
        this.failed = failed;
    }

    @Override
    void start() {
        var request = channel().http().newHttpRequestBuilder().uri(uri.get());
        request.setHeader("Accept", "application/json");
        if (channel().timeoutMillis() > 0) {
            request.timeout(channel().timeoutMillis(), TimeUnit.MILLISECONDS);
        }
        CompletableFuture<HttpResponse<AsyncBody>> asked = channel().http().consumeBytes(request.build(), this);
        response = asked;
        var unused = asked.whenComplete(this::answered);
        if (over()) {
            release();
        }
    }

    @Override
    void startFailed(ApiError error) {
        failed.accept(error);
    }

    @Override
    public void consume(List<ByteBuffer> chunks, AsyncBody source) {
        for (ByteBuffer chunk : chunks) {
            if (received.size() + chunk.remaining() > KubernetesClients.MAX_ANSWER_BYTES) {
                tooLarge = true;
                source.cancel();
                return;
            }
            byte[] bytes = new byte[chunk.remaining()];
            chunk.get(bytes);
            received.writeBytes(bytes);
        }
        source.consume();
    }

    private void answered(@Nullable HttpResponse<AsyncBody> answer, @Nullable Throwable failure) {
        if (answer == null) {
            post(() -> finish(() -> failed.accept(Failures.ofRequest(failure))));
            return;
        }
        body = answer.body();
        if (over()) {
            release();
            return;
        }
        var unused = answer.body().done().whenComplete((nothing, cut) -> post(() -> complete(answer, cut)));
        answer.body().consume();
    }

    private void complete(HttpResponse<AsyncBody> answer, @Nullable Throwable cut) {
        if (answer.code() >= 400) {
            ApiError.Status status = channel().failures().status(answer.code(), answer, received.toByteArray());
            finish(() -> failed.accept(status));
        } else if (tooLarge) {
            String message = "the response is larger than " + KubernetesClients.MAX_ANSWER_BYTES + " bytes";
            finish(() -> failed.accept(new ApiError.Transport(message)));
        } else if (cut != null) {
            finish(() -> failed.accept(Failures.ofRequest(cut)));
        } else if (!answer.isSuccessful()) {
            finish(() -> failed.accept(new ApiError.Transport("the server answered HTTP " + answer.code())));
        } else {
            finish(readAnswer());
        }
    }

    private Runnable readAnswer() {
        try {
            return reader.read(received.toByteArray());
        } catch (UnreadableException e) {
            return () -> failed.accept(new ApiError.Transport(e.getMessage()));
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
