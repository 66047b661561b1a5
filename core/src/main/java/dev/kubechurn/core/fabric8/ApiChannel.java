package dev.kubechurn.core.fabric8;

import static java.util.Objects.requireNonNull;

import io.fabric8.kubernetes.client.http.HttpClient;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/**
 * What all calls to one server share.
 *
 * @param executor starts calls and makes their callbacks
 * @param callbackFailed told of what a handler's callback threw; must not throw itself
 * @param opener opens WebSockets of {@code http}
 * @param timeoutMillis how long a request may take, or the opening of a watch; 0 for ever
 */
record ApiChannel(
        Executor executor,
        Consumer<Throwable> callbackFailed,
        HttpClient http,
        Executor opener,
        int timeoutMillis,
        ObjectReader reader,
        Failures failures) {

    ApiChannel {
        requireNonNull(executor, "executor");
        requireNonNull(callbackFailed, "callbackFailed");
    }
}
