package dev.kubechurn.core.fabric8;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kubechurn.core.api.ApiError;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.netty.channel.ConnectTimeoutException;
import io.vertx.core.http.HttpClosedException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What an exception of the transport means to a request and to a watch. */
class FailuresTest {

    private final Failures failures = new Failures(new ObjectReader(new KubernetesSerialization()));

    static Stream<Throwable> cutsAndTimeouts() {
        return Stream.of(
                new IOException("Connection reset by peer"),
                new CompletionException(new IOException("wrapped", new HttpClosedException("Connection was closed"))),
                new HttpClosedException("Connection was closed"),
                new TimeoutException("no answer in 10000 ms"),
                new SocketTimeoutException("read"),
                new ConnectTimeoutException("connection timed out after 10000 ms"),
                new ConnectException("Connection timed out"));
    }

    @ParameterizedTest
    @MethodSource("cutsAndTimeouts")
    void cutsAndTimeoutsEndAWatchAndFailARequest(Throwable failure) {
        assertThat(failures.ofWatch(failure)).isNull();
        assertThat(Failures.ofRequest(failure)).isInstanceOf(ApiError.Transport.class);
    }

    static Stream<Throwable> refusals() {
        return Stream.of(
                new ConnectException("Connection refused"),
                new CompletionException(new IOException("outer", new ConnectException("Connection refused: h/1"))));
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void refusedConnectionsAreRefused(Throwable failure) {
        assertThat(failures.ofWatch(failure)).isInstanceOf(ApiError.ConnectionRefused.class);
        assertThat(Failures.ofRequest(failure)).isInstanceOf(ApiError.ConnectionRefused.class);
    }

    static Stream<Throwable> neverConnected() {
        return Stream.of(
                new UnknownHostException("no.such.host"),
                new SSLHandshakeException("unable to find valid certification path"),
                new IllegalStateException("Client is closed"));
    }

    @ParameterizedTest
    @MethodSource("neverConnected")
    void whatCannotConnectIsNoWatchThatClosed(Throwable failure) {
        assertThat(failures.ofWatch(failure)).isEqualTo(new ApiError.Transport(Failures.describe(failure)));
        assertThat(Failures.ofRequest(failure)).isEqualTo(new ApiError.Transport(Failures.describe(failure)));
    }

    @Test
    void messagesAreNeverEmptyAndBounded() {
        assertThat(Failures.describe(new IOException())).isEqualTo("IOException");
        assertThat(Failures.describe(new IOException("x".repeat(5000)))).hasSizeLessThan(1100);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0 | 0",
                " 12 | 12",
                "-1 |",
                "1.5 |",
                "99999999999 |",
                "soon |",
                "'' |",
                "Wed, 21 Oct 2026 07:28:30 GMT |"
            })
    void retryAfterIsReadOrIgnored(String header, Long seconds) {
        assertThat(RetryAfter.parse(header, null)).isEqualTo(seconds == null ? null : Duration.ofSeconds(seconds));
    }
}
