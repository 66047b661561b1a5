package dev.kubechurn.core.fabric8;

import io.fabric8.kubernetes.client.http.AsyncBody;
import io.fabric8.kubernetes.client.http.HttpResponse;
import io.fabric8.kubernetes.client.http.StandardHttpRequest;
import io.fabric8.kubernetes.client.http.StandardHttpRequest.ByteArrayBodyContent;
import io.fabric8.kubernetes.client.http.StandardHttpRequest.StringBodyContent;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.GoAway;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClosedException;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.http.StreamResetException;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** One request and its answer, from the moment it waits for a connection on. Only on the event loop of its connections. */
final class Exchange {

    /** HTTP/2's REFUSED_STREAM: the server has not looked at the request. */
    private static final long REFUSED_STREAM = 7;

    private static final int MOST_TRIES = 4;

    private final StandardHttpRequest request;
    private final AsyncBody.Consumer<List<ByteBuffer>> consumer;
    private final CompletableFuture<HttpResponse<AsyncBody>> answer = new CompletableFuture<>();
    private int tries;

    Exchange(StandardHttpRequest request, AsyncBody.Consumer<List<ByteBuffer>> consumer) {
        this.request = request;
        this.consumer = consumer;
    }

    CompletableFuture<HttpResponse<AsyncBody>> answer() {
        return answer;
    }

    void failed(Throwable failure) {
        answer.completeExceptionally(
                failure instanceof HttpClosedException ? new IOException(failure.getMessage(), failure) : failure);
    }

    /** Begins a try. */
    RequestOptions options() {
        tries++;
        URI uri = request.uri();
        RequestOptions options = new RequestOptions()
                .setMethod(HttpMethod.valueOf(request.method()))
                .setAbsoluteURI(uri.toString());
        request.headers().forEach((name, values) -> values.forEach(value -> options.addHeader(name, value)));
        if (request.getContentType() != null) {
            options.putHeader("Content-Type", request.getContentType());
        }
        return options;
    }

    void writeBody(HttpClientRequest to) {
        if (request.body() instanceof StringBodyContent text) {
            var unused = to.end(Buffer.buffer(text.getContent()));
        } else if (request.body() instanceof ByteArrayBodyContent bytes) {
            var unused = to.end(Buffer.buffer(bytes.getContent()));
        } else if (request.body() == null) {
            var unused = to.end();
        } else {
            var unused =
                    to.reset(0, new IllegalArgumentException("a body that cannot be sent twice is not sent at all"));
        }
    }

    AsyncBody.Consumer<List<ByteBuffer>> consumer() {
        return consumer;
    }

    void answered(io.vertx.core.http.HttpClientResponse response, StreamedBody body) {
        answer.complete(new StreamedResponse(request, response, body));
    }

    /**
     * Whether another connection may be asked, as client-go does: the server has not looked at the request, or closed a
     * connection that had been idle when the request was on its way.
     *
     * @param sent null: it was not sent at all
     * @param reused whether the connection had carried others before
     */
    boolean mayTryAgain(Throwable failure, @Nullable HttpClientRequest sent, boolean reused) {
        if (tries >= MOST_TRIES) {
            return false;
        }
        if (failure instanceof StreamResetException reset) {
            return reset.getCode() == REFUSED_STREAM;
        }
        if (!(failure instanceof HttpClosedException closed)) {
            return false;
        }
        if (sent == null) {
            return reused;
        }
        GoAway goAway = closed.goAway();
        if (goAway != null) {
            return sent.streamId() > goAway.getLastStreamId();
        }
        return reused
                && sent.version() != HttpVersion.HTTP_2
                && request.method().equals("GET");
    }
}
