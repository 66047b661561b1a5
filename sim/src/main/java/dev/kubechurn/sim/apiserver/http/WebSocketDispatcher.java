package dev.kubechurn.sim.apiserver.http;

import dev.kubechurn.sim.apiserver.ApiStatusException;
import dev.kubechurn.sim.apiserver.Verb;
import io.fabric8.mockwebserver.MockWebServer;
import io.fabric8.mockwebserver.http.Dispatcher;
import io.fabric8.mockwebserver.http.MockResponse;
import io.fabric8.mockwebserver.http.RecordedRequest;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The carrier over fabric8's mock web server: answers requests, and holds watches as WebSockets. Runs on the server's
 * event loop; closing may come from any thread.
 */
final class WebSocketDispatcher extends Dispatcher {

    private final ServedStore served;
    private final RequestHandler handler;
    private final MockWebServer server;
    private final Set<WatchStream> watches = ConcurrentHashMap.newKeySet();

    WebSocketDispatcher(ServedStore served, MockWebServer server) {
        this.served = served;
        this.handler = new RequestHandler(served.store(), served.faults());
        this.server = server;
    }

    @Override
    public MockResponse dispatch(RecordedRequest request) {
        forgetRecordedRequest();
        ApiResponse response = handler.handle(new ApiRequest(
                request.getMethod(),
                request.getPath(),
                header(request, "Content-Type"),
                header(request, "Accept"),
                request.getBody().getBytes()));
        long delayMillis = millis(served.faults().delay(response.verb()));
        if (response instanceof ApiResponse.OpenWatch watch) {
            return isUpgrade(request) ? upgrade(watch, delayMillis) : send(plainWatch(), delayMillis);
        }
        return send((ApiResponse.Answer) response, delayMillis);
    }

    /** Closes all watches from the server's side. */
    void closeWatches() {
        watches.forEach(WatchStream::closed);
    }

    /** The event loop has ended: ends the watches that it has not ended itself. */
    void forgetWatches() {
        watches.forEach(WatchStream::end);
    }

    private MockResponse upgrade(ApiResponse.OpenWatch watch, long delayMillis) {
        return new MockResponse()
                .withWebSocketUpgrade(new WebSocketWatch(served, watch, delayMillis, watches::add, watches::remove));
    }

    private MockResponse send(ApiResponse.Answer answer, long delayMillis) {
        served.statistics().answered(answer.verb(), answer.code(), answer.body().length);
        MockResponse response = new MockResponse()
                .setResponseCode(answer.code())
                .setHeader("Content-Type", answer.contentType())
                .setBody(answer.body());
        if (answer.retryAfterSeconds() > 0) {
            response.setHeader("Retry-After", Integer.toString(answer.retryAfterSeconds()));
        }
        if (delayMillis > 0) {
            // The whole answer waits for its body, in a timer of the event loop.
            response.setBodyDelay(delayMillis, TimeUnit.MILLISECONDS);
        }
        return response;
    }

    /** The event loop counts whole milliseconds; what is shorter takes one. */
    private static long millis(Duration delay) {
        return delay.plusNanos(999_999).toMillis();
    }

    private static ApiResponse.Answer plainWatch() {
        ApiStatusException refusal = ApiStatusException.badRequest(
                "this server streams watches only over WebSocket: send the request with Upgrade: websocket");
        return ApiResponse.Answer.refusal(Verb.WATCH, refusal);
    }

    /** The server keeps every request for ever unless somebody takes it; it put this one there just before. */
    private void forgetRecordedRequest() {
        try {
            server.takeRequest(0, TimeUnit.NANOSECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static boolean isUpgrade(RecordedRequest request) {
        return header(request, "Upgrade").toLowerCase(Locale.ROOT).contains("websocket");
    }

    private static String header(RecordedRequest request, String name) {
        @Nullable String value = request.getHeader(name);
        return value == null ? "" : value;
    }
}
