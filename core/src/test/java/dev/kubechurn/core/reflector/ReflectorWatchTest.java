package dev.kubechurn.core.reflector;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kubechurn.core.api.ApiError;
import dev.kubechurn.core.api.ObjectApi.WatchOptions;
import dev.kubechurn.core.api.WatchEvent;
import dev.kubechurn.core.testing.Samples;
import dev.kubechurn.core.testing.Statuses;
import dev.kubechurn.core.testing.Verb;
import io.fabric8.kubernetes.api.model.ConfigMap;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Watches, their ends and their errors: rules R6 to R10 and R13. */
class ReflectorWatchTest extends ReflectorRig {

    @ParameterizedTest
    @CsvSource({"0.0, 1800", "0.5, 2700", "0.9999999999999999, 3599"})
    @DisplayName("R6: a watch carries the last version, bookmarks and a time limit in [30 min, 60 min)")
    void watchOptions(double drawn, int seconds) {
        random = drawn;
        run();

        assertThat(server.watchOptions()).containsExactly(new WatchOptions("1", true, seconds));
    }

    @Test
    @DisplayName("R7: a watch refused by the network or by 429 is asked for again from its version, without a list")
    void refusedWatchIsAskedForAgain() {
        server.failNext(Verb.WATCH, new ApiError.ConnectionRefused("refused"));
        server.failNext(Verb.WATCH, 429, 1);
        run();
        assertThat(server.calls(Verb.WATCH)).isEqualTo(1);
        scheduler.advance(FIRST_WAIT);
        assertThat(server.calls(Verb.WATCH)).isEqualTo(2);
        scheduler.advance(FIRST_WAIT.multipliedBy(2));

        assertThat(server.requests())
                .containsExactly("LIST shop/app 0", "WATCH shop/app 1", "WATCH shop/app 1", "WATCH shop/app 1");
        assertThat(heard).containsExactly("reconnecting", "reconnecting");
    }

    @ParameterizedTest
    @ValueSource(ints = {403, 410, 500, 503})
    @DisplayName("R8: a watch that fails otherwise ends the round")
    void failedWatchEndsTheRound(int status) {
        server.failNext(Verb.WATCH, status, 1);
        run();
        scheduler.advance(FIRST_WAIT);

        assertThat(server.requests())
                .containsExactly("LIST shop/app 0", "WATCH shop/app 1", "LIST shop/app 1", "WATCH shop/app 1");
        assertThat(heard).containsExactly("relisting");
    }

    @Test
    @DisplayName("R8: a watch cut before its answer is one that opened and closed, so a very short one")
    void cutWatchIsAShortOne() {
        server.failNext(Verb.WATCH, new ApiError.Transport("cut"));
        run();
        assertThat(server.requests()).hasSize(2);
        scheduler.advance(FIRST_WAIT);

        assertThat(lists()).hasSize(2);
    }

    @Test
    @DisplayName("R8: a watch cut before its answer, but a second or more after its request, is followed at once")
    void lateCutWatchIsFollowedAtOnce() {
        server.failNext(Verb.WATCH, new ApiError.Transport("cut"));
        server.latency(SECOND);
        reflector.start();
        scheduler.advance(SECOND.multipliedBy(2));

        assertThat(server.requests()).containsExactly("LIST shop/app 0", "WATCH shop/app 1", "WATCH shop/app 1");
    }

    @Test
    @DisplayName("R9: a closed watch is followed by the next at once, without a list")
    void closedWatchIsFollowedAtOnce() {
        run();
        scheduler.advance(SECOND);
        server.dropWatches();
        scheduler.runDue();

        assertThat(server.requests()).containsExactly("LIST shop/app 0", "WATCH shop/app 1", "WATCH shop/app 1");
        assertThat(heard).containsExactly("reconnecting");
    }

    @Test
    @DisplayName("R9: a watch that the server ends at its time limit is followed by the next")
    void timedOutWatchIsFollowed() {
        run();
        scheduler.advance(Duration.ofMinutes(30).minusNanos(1));
        assertThat(server.calls(Verb.WATCH)).isEqualTo(1);
        scheduler.advance(Duration.ofNanos(1));

        assertThat(server.calls(Verb.WATCH)).isEqualTo(2);
        assertThat(server.calls(Verb.LIST)).isEqualTo(1);
    }

    @Test
    @DisplayName("R9: a watch closed within a second and without an event ends the round")
    void veryShortWatchEndsTheRound() {
        run();
        scheduler.advance(SECOND.minusNanos(1));
        server.dropWatches();
        scheduler.runDue();
        assertThat(server.requests()).hasSize(2);
        scheduler.advance(FIRST_WAIT);

        assertThat(lists()).hasSize(2);
    }

    @Test
    @DisplayName("R9: with one event, a bookmark too, a short watch is an ordinary one")
    void shortWatchWithABookmarkIsOrdinary() {
        run();
        server.inject(new WatchEvent.Bookmark(version("9")));
        server.dropWatches();
        scheduler.runDue();

        assertThat(server.requests()).containsExactly("LIST shop/app 0", "WATCH shop/app 1", "WATCH shop/app 9");
    }

    @Test
    @DisplayName("R9: the second counts from when the request was sent, not from when its answer came")
    void shortnessCountsFromTheRequest() {
        server.latency(Duration.ofMillis(600));
        reflector.start();
        scheduler.advance(Duration.ofMillis(600));
        scheduler.advance(Duration.ofMillis(400));
        server.dropWatches();
        scheduler.advance(Duration.ofMillis(600));

        assertThat(server.calls(Verb.WATCH)).isEqualTo(2);
        assertThat(server.calls(Verb.LIST)).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {403, 410, 500})
    @DisplayName("R10: an ERROR event ends the round, and the next list asks from the last version")
    void errorEventEndsTheRound(int status) {
        run();
        scheduler.advance(SECOND);
        server.failWatches(Statuses.of(status));
        scheduler.runDue();
        assertThat(server.requests()).hasSize(2);
        scheduler.advance(FIRST_WAIT);

        assertThat(server.requests())
                .containsExactly("LIST shop/app 0", "WATCH shop/app 1", "LIST shop/app 1", "WATCH shop/app 1");
    }

    @Test
    @DisplayName("R10: an ERROR event closes the watch, also where the server leaves it open")
    void errorEventClosesTheWatch() {
        run();
        server.inject(new WatchEvent.Failure(Statuses.of(500)));
        scheduler.runDue();

        assertThat(server.openWatches()).isEmpty();
    }

    @Test
    @DisplayName("R10: an ERROR event 429 waits and watches again without a list")
    void tooManyRequestsInTheStream() {
        run();
        scheduler.advance(SECOND);
        server.failWatches(Statuses.of(429));
        scheduler.runDue();
        assertThat(server.requests()).hasSize(2);
        scheduler.advance(FIRST_WAIT);

        assertThat(server.requests()).containsExactly("LIST shop/app 0", "WATCH shop/app 1", "WATCH shop/app 1");
    }

    @Test
    @DisplayName("R13: an event of another type is skipped: no change, no version, no event for R9")
    void otherTypesAreSkipped() {
        run();
        target.take();
        var secret = Samples.secret("app", "eA==");
        secret.getMetadata().setResourceVersion("99");
        server.inject(new WatchEvent.Added(secret));
        server.inject(new WatchEvent.Deleted(secret));
        server.inject(new WatchEvent.Bookmark(secret));
        scheduler.runDue();
        assertThat(target.take()).isEmpty();
        assertThat(reflector.lastResourceVersion()).isEqualTo("1");
        assertThat(server.openWatches()).containsExactly(APP);

        server.dropWatches();
        scheduler.advance(FIRST_WAIT);
        assertThat(lists()).hasSize(2);
    }

    @Test
    @DisplayName("R13: an event whose object has no metadata is skipped, and one without a version keeps the last")
    void eventsWithoutMetadataOrVersion() {
        run();
        target.take();
        server.inject(new WatchEvent.Added(new ConfigMap()));
        server.inject(new WatchEvent.Modified(Samples.configMap("app", "b")));
        scheduler.runDue();

        assertThat(target.take()).containsExactly("set b");
        assertThat(reflector.lastResourceVersion()).isEqualTo("1");
    }
}
