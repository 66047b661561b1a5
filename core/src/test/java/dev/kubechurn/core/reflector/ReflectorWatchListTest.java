package dev.kubechurn.core.reflector;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kubechurn.core.api.ApiError;
import dev.kubechurn.core.api.ObjectApi.WatchOptions;
import dev.kubechurn.core.api.ObjectKind;
import dev.kubechurn.core.api.WatchEvent;
import dev.kubechurn.core.api.WatchSettings;
import dev.kubechurn.core.testing.FakeServer;
import dev.kubechurn.core.testing.Samples;
import dev.kubechurn.core.testing.Statuses;
import dev.kubechurn.core.testing.Verb;
import io.fabric8.kubernetes.api.model.ConfigMap;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** WatchList (KEP-3157), as client-go's reflectors have it: a switch, off unless it is set. */
class ReflectorWatchListTest extends ReflectorRig {

    private static final Duration WATCH = Duration.ofMinutes(30);

    private final Reflector<ConfigMap> streaming = reflector(new WatchSettings(WATCH, true, true));

    private void stream() {
        streaming.start();
        scheduler.runDue();
    }

    @Test
    @DisplayName("WatchList: the first watch brings the list, and goes on as the round's watch")
    void theWatchBringsTheList() {
        server.create(Samples.configMap("app", "one"));
        stream();

        assertThat(server.requests()).containsExactly("WATCH shop/app ");
        assertThat(server.watchOptions()).containsExactly(new WatchOptions("", true, 1800, true));
        assertThat(target.take()).containsExactly("replace one", "settled");
        assertThat(streaming.lastResourceVersion()).isEqualTo("2");

        server.update(Samples.configMap("app", "two"));
        server.delete(ObjectKind.CONFIG_MAP, APP);
        scheduler.runDue();
        assertThat(target.take()).containsExactly("set two", "deleted");
        assertThat(server.requests()).hasSize(1);
    }

    @Test
    @DisplayName("WatchList: an object that is not there is told as such, at the bookmark")
    void nothingIsThere() {
        stream();

        assertThat(target.take()).containsExactly("replace by nothing", "settled");
    }

    @Test
    @DisplayName("WatchList: nothing is told before the bookmark, and then only what was last")
    void nothingBeforeTheBookmark() {
        server.endInitialEvents(false);
        server.create(Samples.configMap("app", "one"));
        stream();
        server.update(Samples.configMap("app", "two"));
        scheduler.runDue();
        assertThat(target.take()).isEmpty();

        server.inject(Samples.initialEventsEnd(3));
        scheduler.runDue();
        assertThat(target.take()).containsExactly("replace two", "settled");
    }

    @Test
    @DisplayName("WatchList: what was deleted before the bookmark is not there")
    void deletedBeforeTheBookmark() {
        server.endInitialEvents(false);
        server.create(Samples.configMap("app", "one"));
        stream();
        server.delete(ObjectKind.CONFIG_MAP, APP);
        server.inject(Samples.initialEventsEnd(3));
        scheduler.runDue();

        assertThat(target.take()).containsExactly("replace by nothing", "settled");
    }

    @Test
    @DisplayName(
            "WatchList, R13: an event of another type is skipped before the bookmark, too, and a bookmark of it ends nothing")
    void otherTypesAreSkipped() {
        server.endInitialEvents(false);
        server.create(Samples.configMap("app", "one"));
        stream();
        var secret = Samples.secret("app", "eA==");
        secret.getMetadata().setResourceVersion("99");
        secret.getMetadata().setAnnotations(Map.of(WatchEvent.Bookmark.INITIAL_EVENTS_END, "true"));
        server.inject(new WatchEvent.Deleted(secret));
        server.inject(new WatchEvent.Bookmark(secret));
        scheduler.runDue();
        assertThat(target.take()).isEmpty();

        server.inject(Samples.initialEventsEnd(3));
        scheduler.runDue();
        assertThat(target.take()).containsExactly("replace one", "settled");
        assertThat(streaming.lastResourceVersion()).isEqualTo("3");
    }

    @Test
    @DisplayName("WatchList, R13: a watch that ends at once and brought another type alone brought nothing")
    void anotherTypeIsNothing() {
        server.endInitialEvents(false);
        stream();
        server.inject(new WatchEvent.Added(Samples.secret("app", "eA==")));
        server.dropWatches();
        scheduler.runDue();

        assertThat(server.requests()).containsExactly("WATCH shop/app ", "LIST shop/app 0", "WATCH shop/app 1");
    }

    @Test
    @DisplayName("WatchList: a list that broke off is dropped and asked for again at once")
    void brokenListIsDropped() {
        server.endInitialEvents(false);
        server.create(Samples.configMap("app", "one"));
        stream();
        server.delete(ObjectKind.CONFIG_MAP, APP);
        scheduler.runDue();
        server.endInitialEvents(true);
        server.dropWatches();
        scheduler.runDue();

        assertThat(server.requests()).containsExactly("WATCH shop/app ", "WATCH shop/app ");
        assertThat(target.take()).containsExactly("replace by nothing", "settled");
        assertThat(heard).isEmpty();
    }

    @Test
    @DisplayName("WatchList: a server that does not know it is asked for a list, in each round")
    void fallsBackToAList() {
        server.refuseInitialEvents();
        stream();
        assertThat(server.requests()).containsExactly("WATCH shop/app ", "LIST shop/app 0", "WATCH shop/app 1");
        assertThat(target.take()).containsExactly("replace by nothing", "settled");

        server.failWatches(Statuses.of(500));
        scheduler.advance(FIRST_WAIT);
        assertThat(server.requests().subList(3, 6))
                .containsExactly("WATCH shop/app 1", "LIST shop/app 1", "WATCH shop/app 1");
        assertThat(heard).containsExactly("relisting");
    }

    @Test
    @DisplayName("WatchList: a watch that ends at once and brings nothing is followed by a list")
    void veryShortWatch() {
        server.failNext(Verb.WATCH, new ApiError.Transport("cut"));
        stream();

        assertThat(server.requests()).containsExactly("WATCH shop/app ", "LIST shop/app 0", "WATCH shop/app 1");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 429})
    @DisplayName("WatchList: one that is refused by the network or by 429 is asked for again after a wait")
    void refusedIsAskedForAgain(int status) {
        server.failNext(Verb.WATCH, status == 0 ? new ApiError.ConnectionRefused("refused") : Statuses.of(status));
        stream();
        assertThat(server.requests()).hasSize(1);
        scheduler.advance(FIRST_WAIT);

        assertThat(server.requests()).containsExactly("WATCH shop/app ", "WATCH shop/app ");
        assertThat(target.take()).containsExactly("replace by nothing", "settled");
    }

    @Test
    @DisplayName("WatchList: after the list a 410 ends the round, and the next one asks from the version that is known")
    void expiredAfterTheList() {
        server.create(Samples.configMap("app", "one"));
        stream();
        server.failWatches(Statuses.of(410));
        scheduler.advance(FIRST_WAIT);

        assertThat(server.requests()).containsExactly("WATCH shop/app ", "WATCH shop/app 2");
        assertThat(target.take()).containsExactly("replace one", "settled", "replace one", "settled");
    }

    @Test
    @DisplayName("WatchList: a version that is refused as expired is left out, at once")
    void expiredVersion() {
        stream();
        server.create(Samples.configMap("other", "one"));
        server.expireWatches();
        scheduler.advance(FIRST_WAIT);

        assertThat(server.requests()).containsExactly("WATCH shop/app ", "WATCH shop/app 1", "WATCH shop/app ");
        assertThat(target.take()).containsExactly("replace by nothing", "settled", "replace by nothing", "settled");
    }

    @Test
    @DisplayName("WatchList: a watch that ends a second after the list is followed by a watch without one")
    void reconnectsWithoutAList() {
        stream();
        scheduler.advance(SECOND);
        server.dropWatches();
        scheduler.runDue();

        assertThat(server.watchOptions()).containsExactly(new WatchOptions("1", true, 1800, false));
        assertThat(heard).containsExactly("reconnecting");
    }

    @Test
    @DisplayName("WatchList: a stopped reflector hears nothing, also between the object and the bookmark (R12)")
    void stoppedBeforeTheBookmark() {
        FakeServer slow = server;
        slow.latency(SECOND);
        slow.create(Samples.configMap("app", "one"));
        streaming.start();
        streaming.stop();
        scheduler.advance(SECOND.multipliedBy(3));

        assertThat(target.take()).isEmpty();
        assertThat(server.openWatches()).isEmpty();
    }

    @Test
    void onlyTheAnnotatedBookmarkEndsTheInitialEvents() {
        assertThat(Samples.initialEventsEnd(3).endsInitialEvents()).isTrue();
        assertThat(new WatchEvent.Bookmark(version("3")).endsInitialEvents()).isFalse();
        assertThat(new WatchEvent.Bookmark(new ConfigMap()).endsInitialEvents()).isFalse();
    }
}
