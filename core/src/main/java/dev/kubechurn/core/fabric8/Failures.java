package dev.kubechurn.core.fabric8;

import dev.kubechurn.core.api.ApiError;
import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.api.model.StatusCause;
import io.fabric8.kubernetes.api.model.StatusDetails;
import io.fabric8.kubernetes.client.http.HttpHeaders;
import io.fabric8.kubernetes.client.http.WebSocketHandshakeException;
import io.netty.channel.ConnectTimeoutException;
import io.netty.handler.codec.http.websocketx.WebSocketClientHandshakeException;
import io.vertx.core.VertxException;
import io.vertx.core.http.UpgradeRejectedException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Tells from answers and exceptions why a request failed, in the terms of the reflector's rules (R4 to R10). */
final class Failures {

    private static final int MAX_MESSAGE_CHARS = 1024;
    private static final int MAX_CAUSES = 20;

    private final ObjectReader reader;

    Failures(ObjectReader reader) {
        this.reader = reader;
    }

    /** What an answer of 400 or more says. A body that is no Status is ignored, and never quoted. */
    ApiError.Status status(int code, HttpHeaders headers, byte @Nullable [] body) {
        Status status = body == null ? null : reader.status(body);
        ApiError.Status said = status == null ? null : ofStatus(status);
        return new ApiError.Status(
                code,
                said == null ? "" : said.reason(),
                said == null || said.message().isEmpty() ? "the server answered HTTP " + code : said.message(),
                said == null ? List.of() : said.causes(),
                RetryAfter.parse(headers.header("Retry-After"), headers.header("Date")));
    }

    /** What an ERROR event says; there are no headers there. */
    static ApiError.Status ofEvent(@Nullable Status status) {
        if (status == null) {
            return new ApiError.Status(500, "", "an ERROR event without a Status");
        }
        ApiError.Status said = ofStatus(status);
        String message = said.message().isEmpty() ? "an ERROR event without a message" : said.message();
        return new ApiError.Status(said.code(), said.reason(), message, said.causes(), null);
    }

    private static ApiError.Status ofStatus(Status status) {
        int code = Objects.requireNonNullElse(status.getCode(), 500);
        return new ApiError.Status(
                code, text(status.getReason()), bounded(text(status.getMessage())), causes(status.getDetails()), null);
    }

    private static List<String> causes(@Nullable StatusDetails details) {
        if (details == null || details.getCauses() == null) {
            return List.of();
        }
        return details.getCauses().stream()
                .map(StatusCause::getReason)
                .filter(Objects::nonNull)
                .toList();
    }

    /** Why a list or get has no answer. */
    static ApiError ofRequest(@Nullable Throwable failure) {
        Throwable cause = root(failure);
        return refused(cause)
                ? new ApiError.ConnectionRefused(describe(cause))
                : new ApiError.Transport(describe(cause));
    }

    /** Why a watch did not open; null if it counts as opened and closed (R8). */
    @Nullable
    ApiError ofWatch(@Nullable Throwable failure) {
        Throwable cause = root(failure);
        WebSocketHandshakeException handshake = find(cause, WebSocketHandshakeException.class);
        if (handshake != null && handshake.getResponse() != null) {
            return ofHandshake(handshake);
        }
        if (refused(cause)) {
            return new ApiError.ConnectionRefused(describe(cause));
        }
        return timedOut(cause) || cut(cause) ? null : new ApiError.Transport(describe(cause));
    }

    private ApiError ofHandshake(WebSocketHandshakeException handshake) {
        var response = handshake.getResponse();
        if (response.code() < 400) {
            return new ApiError.Transport("the server answered HTTP " + response.code()
                    + " instead of opening a WebSocket: is it an API server?");
        }
        UpgradeRejectedException rejected = find(handshake, UpgradeRejectedException.class);
        byte[] body = rejected == null || rejected.getBody() == null
                ? null
                : rejected.getBody().getBytes();
        return status(response.code(), response, body);
    }

    /** Says in one line what went wrong: the messages of transports name addresses, not content. */
    static String describe(Throwable failure) {
        String message = text(failure.getMessage());
        String kind = failure.getClass().getSimpleName();
        return bounded(message.isEmpty() ? kind : message);
    }

    /** A connection attempt that ran out of time is a ConnectException too, but nobody refused it. */
    private static boolean refused(Throwable failure) {
        return any(failure, t -> t instanceof ConnectException && !timedOut(t));
    }

    private static boolean timedOut(Throwable failure) {
        return any(
                failure,
                t -> t instanceof TimeoutException
                        || t instanceof ConnectTimeoutException
                        || t instanceof SocketTimeoutException
                        || (t instanceof ConnectException
                                && text(t.getMessage()).contains("timed out")));
    }

    /** The connection was lost, as opposed to: there is no such host, or we do not trust it. */
    private static boolean cut(Throwable failure) {
        return any(failure, t -> t instanceof IOException || t instanceof VertxException || closedInHandshake(t))
                && !any(failure, t -> t instanceof UnknownHostException || t instanceof SSLException);
    }

    private static boolean closedInHandshake(Throwable failure) {
        return failure instanceof io.netty.handler.codec.http.websocketx.WebSocketHandshakeException
                && !(failure instanceof WebSocketClientHandshakeException);
    }

    private static Throwable root(@Nullable Throwable failure) {
        Throwable cause = failure == null ? new IOException("no response") : failure;
        while ((cause instanceof CompletionException || cause instanceof ExecutionException)
                && cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause;
    }

    private static boolean any(Throwable failure, Predicate<Throwable> is) {
        return chain(failure).stream().anyMatch(is);
    }

    private static <E extends Throwable> @Nullable E find(Throwable failure, Class<E> type) {
        return chain(failure).stream()
                .filter(type::isInstance)
                .map(type::cast)
                .findFirst()
                .orElse(null);
    }

    /** The exception and its causes, outermost first; bounded, for a chain may be a ring. */
    private static List<Throwable> chain(Throwable failure) {
        List<Throwable> chain = new ArrayList<>();
        for (Throwable t = failure; t != null && chain.size() < MAX_CAUSES; t = t.getCause()) {
            chain.add(t);
        }
        return chain;
    }

    private static String text(@Nullable String value) {
        return value == null ? "" : value;
    }

    private static String bounded(String message) {
        return message.length() <= MAX_MESSAGE_CHARS ? message : message.substring(0, MAX_MESSAGE_CHARS) + "…";
    }
}
