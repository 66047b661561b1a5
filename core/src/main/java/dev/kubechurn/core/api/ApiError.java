package dev.kubechurn.core.api;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Why a request failed. */
public sealed interface ApiError {

    /** The server's or the transport's own text; never empty, never holds an object's content. */
    String message();

    /**
     * An answer of the server.
     *
     * @param code the HTTP status
     * @param reason the Status body's reason, such as {@code Expired}; empty when the body was not to be had
     * @param causes the reasons of {@code details.causes}, such as {@code ResourceVersionTooLarge}
     * @param retryAfter what the Retry-After header asks for, if it is there
     */
    record Status(
            int code,
            String reason,
            String message,
            List<String> causes,
            @Nullable Duration retryAfter) implements ApiError {

        private static final String TOO_LARGE = "Too large resource version";

        public Status {
            causes = List.copyOf(causes);
        }

        public Status(int code, String reason, String message) {
            this(code, reason, message, List.of(), null);
        }

        /** 410 with reason Expired or Gone; without a body the code alone decides (R4, R10). */
        public boolean expired() {
            return reason.equals("Expired") || reason.equals("Gone") || (code == 410 && reason.isEmpty());
        }

        /** The server has not yet come to the asked resourceVersion (R4). */
        public boolean tooLargeResourceVersion() {
            return causes.contains("ResourceVersionTooLarge") || message.contains(TOO_LARGE);
        }

        /** 429 (R7, R10). */
        public boolean tooManyRequests() {
            return code == 429 || reason.equals("TooManyRequests");
        }

        public boolean notFound() {
            return code == 404;
        }
    }

    /** Nobody listens at the server's address (R7). */
    record ConnectionRefused(String message) implements ApiError {}

    /** The connection was cut or timed out, or the answer could not be read. */
    record Transport(String message) implements ApiError {}
}
