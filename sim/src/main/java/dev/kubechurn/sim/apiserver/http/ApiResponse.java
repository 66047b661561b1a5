package dev.kubechurn.sim.apiserver.http;

import dev.kubechurn.sim.apiserver.ApiStatusException;
import dev.kubechurn.sim.apiserver.EncodedEvent;
import dev.kubechurn.sim.apiserver.Verb;
import dev.kubechurn.sim.apiserver.WatchRequest;
import java.nio.charset.StandardCharsets;
import java.util.function.Function;

/** What the handler has a carrier do. */
sealed interface ApiResponse {

    /** What the request does. */
    Verb verb();

    /**
     * Send an answer.
     *
     * @param retryAfterSeconds for the Retry-After header; 0 for none
     */
    @SuppressWarnings("ArrayRecordComponent") // answers are never compared
    record Answer(Verb verb, int code, String contentType, byte[] body, int retryAfterSeconds) implements ApiResponse {

        static Answer json(Verb verb, int code, String json) {
            return new Answer(verb, code, "application/json", json.getBytes(StandardCharsets.UTF_8), 0);
        }

        static Answer refusal(Verb verb, ApiStatusException refusal) {
            byte[] body = refusal.statusJson().getBytes(StandardCharsets.UTF_8);
            int retryAfterSeconds = refusal.details().retryAfterSeconds();
            return new Answer(verb, refusal.code(), "application/json", body, retryAfterSeconds);
        }

        /** The status and the length; never the body, which may be secret. */
        @Override
        public String toString() {
            return verb + " " + code + ", " + body.length + " bytes";
        }
    }

    /**
     * Open a watch on the store and stream it. A refusal by the store becomes an ERROR event in the stream.
     *
     * @param view what the client sees of an event
     */
    record OpenWatch(WatchRequest request, Function<EncodedEvent, String> view) implements ApiResponse {

        @Override
        public Verb verb() {
            return Verb.WATCH;
        }
    }
}
