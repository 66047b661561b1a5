package dev.kubechurn.core.reflector;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kubechurn.core.api.ApiError;
import dev.kubechurn.core.api.Call;
import dev.kubechurn.core.api.ObjectApi;
import dev.kubechurn.core.api.ObjectKey;
import dev.kubechurn.core.api.ObjectKind;
import dev.kubechurn.core.api.Timer;
import dev.kubechurn.core.api.WatchEvent;
import dev.kubechurn.core.testing.Samples;
import dev.kubechurn.core.testing.Statuses;
import dev.kubechurn.core.testing.Verb;
import dev.kubechurn.core.testing.VirtualScheduler;
import io.fabric8.kubernetes.api.model.ConfigMap;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rounds, lists and waits: rules R1 to R5, R11, R15 and R17. */
class ReflectorTest extends ReflectorRig {

    @Test
    @DisplayName("R1: lists at once, replaces, then watches; a second start does nothing")
    void listsThenWatches() {
        server.create(Samples.configMap("app", "a"));

        reflector.start();
        reflector.start();
        assertThat(server.requests()).containsExactly("LIST shop/app 0");
        scheduler.runDue();

        assertThat(server.requests()).containsExactly("LIST shop/app 0", "WATCH shop/app 2");
        assertThat(target.take()).containsExactly("replace a", "settled");
    }

    @Test
    @DisplayName("R1: an empty list replaces by nothing")
    void emptyListReplacesByNothing() {
        run();

        assertThat(target.take()).containsExactly("replace by nothing", "settled");
    }

    @Test
    @DisplayName("R2: the first list asks from 0, and goes on doing so until one succeeds")
    void asksFromZeroUntilAListSucceeds() {
        server.failNext(Verb.LIST, 500, 1);
        run();
        scheduler.advance(FIRST_WAIT);

        assertThat(lists()).containsExactly("LIST shop/app 0", "LIST shop/app 0");
    }

    @Test
    @DisplayName("R2: a relist asks from the last version seen")
    void relistAsksFromTheLastVersion() {
        server.create(Samples.configMap("app", "a"));
        run();
        server.update(Samples.configMap("app", "b"));
        scheduler.runDue();
        server.failWatches(Statuses.of(500));
        scheduler.advance(FIRST_WAIT);

        assertThat(lists()).containsExactly("LIST shop/app 0", "LIST shop/app 3");
    }

    @Test
    @DisplayName("R3: the last version follows lists, events, deletions and bookmarks, also backwards")
    void versionFollowsWhateverComes() {
        run();
        assertThat(reflector.lastResourceVersion()).isEqualTo("1");
        server.create(Samples.configMap("app", "a"));
        scheduler.runDue();
        assertThat(reflector.lastResourceVersion()).isEqualTo("2");
        server.update(Samples.configMap("app", "b"));
        scheduler.runDue();
        assertThat(reflector.lastResourceVersion()).isEqualTo("3");
        server.delete(ObjectKind.CONFIG_MAP, APP);
        scheduler.runDue();
        assertThat(reflector.lastResourceVersion()).isEqualTo("4");
        server.inject(new WatchEvent.Bookmark(version("77")));
        scheduler.runDue();
        assertThat(reflector.lastResourceVersion()).isEqualTo("77");
        server.inject(new WatchEvent.Modified(version("5")));
        scheduler.runDue();
        assertThat(reflector.lastResourceVersion()).isEqualTo("5");
    }

    @Test
    @DisplayName("R3: a bookmark tells the target nothing")
    void bookmarkChangesNothing() {
        run();
        target.take();
        server.inject(new WatchEvent.Bookmark(version("77")));
        scheduler.runDue();

        assertThat(target.take()).isEmpty();
    }

    @Test
    @DisplayName("R4: an expired list is repeated once, at once, as a quorum read")
    void expiredListIsRepeated() {
        server.failNext(Verb.LIST, 410, 1);
        run();

        assertThat(server.requests()).containsExactly("LIST shop/app 0", "LIST shop/app ", "WATCH shop/app 1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Expired", "Gone"})
    @DisplayName("R4: the reason decides, whatever the code")
    void reasonExpires(String reason) {
        server.failNext(Verb.LIST, new ApiError.Status(400, reason, "gone"));
        run();

        assertThat(lists()).containsExactly("LIST shop/app 0", "LIST shop/app ");
    }

    @Test
    @DisplayName("R4: too large a version is repeated as a quorum read, by cause or by text")
    void tooLargeVersionIsRepeated() {
        server.failNext(
                Verb.LIST, new ApiError.Status(504, "Timeout", "later", List.of("ResourceVersionTooLarge"), null));
        run();
        assertThat(lists()).containsExactly("LIST shop/app 0", "LIST shop/app ");

        server.failWatches(Statuses.of(500));
        server.failNext(Verb.LIST, new ApiError.Status(504, "Timeout", "Too large resource version: 9, current: 3"));
        scheduler.advance(FIRST_WAIT);
        assertThat(lists()).endsWith("LIST shop/app 1", "LIST shop/app ");
    }

    @ParameterizedTest
    @ValueSource(ints = {410, 500})
    @DisplayName("R4: when the repeat fails, in whatever way, the round ends; the mark stays until a list is good")
    void failedRepeatEndsTheRound(int status) {
        server.failNext(Verb.LIST, 410, 1);
        server.failNext(Verb.LIST, status, 1);
        run();
        assertThat(server.calls(Verb.LIST)).isEqualTo(2);
        scheduler.advance(FIRST_WAIT);
        assertThat(lists()).containsExactly("LIST shop/app 0", "LIST shop/app ", "LIST shop/app ");

        server.failWatches(Statuses.of(500));
        scheduler.advance(FIRST_WAIT.multipliedBy(2));
        assertThat(lists()).endsWith("LIST shop/app 1");
    }

    @ParameterizedTest
    @ValueSource(ints = {403, 404, 429, 500})
    @DisplayName("R5, R14: any other failed list ends the round and changes nothing")
    void failedListEndsTheRound(int status) {
        server.failNext(Verb.LIST, status, 1);
        run();
        assertThat(target.take()).isEmpty();
        assertThat(server.requests()).hasSize(1);
        assertThat(scheduler.pending()).isEqualTo(1);

        scheduler.advance(FIRST_WAIT.minusNanos(1));
        assertThat(server.requests()).hasSize(1);
        scheduler.advance(Duration.ofNanos(1));
        assertThat(target.take()).containsExactly("replace by nothing", "settled");
        assertThat(heard).containsExactly("relisting");
    }

    @Test
    @DisplayName("R5: a list whose connection is refused or cut ends the round as well")
    void unreachableListEndsTheRound() {
        server.failNext(Verb.LIST, new ApiError.ConnectionRefused("refused"));
        server.failNext(Verb.LIST, new ApiError.Transport("cut"));
        run();
        scheduler.advance(FIRST_WAIT.multipliedBy(3));

        assertThat(lists()).hasSize(3);
        assertThat(heard).containsExactly("relisting", "relisting");
    }

    @Test
    @DisplayName("R11: list and watch waits share one series, which a good list does not reset")
    void waitsShareOneSeries() {
        server.failNext(Verb.LIST, 500, 1);
        server.failNext(Verb.WATCH, 429, 1);
        server.failNext(Verb.WATCH, 500, 1);
        run();
        scheduler.advance(Duration.ofMillis(800)); // list good, watch 429
        assertThat(server.calls(Verb.WATCH)).isEqualTo(1);
        scheduler.advance(Duration.ofMillis(1599));
        assertThat(server.calls(Verb.WATCH)).isEqualTo(1);
        scheduler.advance(Duration.ofMillis(1)); // watch 500
        assertThat(server.calls(Verb.WATCH)).isEqualTo(2);
        scheduler.advance(Duration.ofMillis(3199));
        assertThat(server.calls(Verb.LIST)).isEqualTo(2);
        scheduler.advance(Duration.ofMillis(1));
        assertThat(server.calls(Verb.LIST)).isEqualTo(3);
    }

    @Test
    @DisplayName("R15: one list and one watch per start, and the watch streams no initial list")
    void noStreamingList() {
        server.create(Samples.configMap("app", "a"));
        run();

        assertThat(server.calls(Verb.LIST)).isEqualTo(1);
        assertThat(server.calls(Verb.WATCH)).isEqualTo(1);
        assertThat(target.take()).containsExactly("replace a", "settled");
    }

    @Test
    @DisplayName("R17: an answer with Retry-After is passed up like any other")
    void retryAfterIsNotHonouredHere() {
        server.failNext(
                Verb.LIST, new ApiError.Status(503, "ServiceUnavailable", "busy", List.of(), Duration.ofMinutes(10)));
        run();
        scheduler.advance(FIRST_WAIT);

        assertThat(lists()).hasSize(2);
    }

    @Test
    @DisplayName(
            "R1: of a list with other objects, from a server that ignores selectors, only the one of this name counts")
    void otherObjectsInTheListAreIgnored() {
        ObjectApi<ConfigMap> loose =
                new UnselectiveApi(scheduler, List.of(Samples.configMap("other", "x"), Samples.configMap("app", "a")));
        new Reflector<>(new Reflector.Environment<>(loose, scheduler, () -> 0, new ReflectorListener() {}), APP, target)
                .start();
        scheduler.runDue();

        assertThat(target.take()).containsExactly("replace a", "settled");
    }

    private record UnselectiveApi(VirtualScheduler scheduler, List<ConfigMap> objects) implements ObjectApi<ConfigMap> {
        @Override
        public Class<ConfigMap> type() {
            return ConfigMap.class;
        }

        @Override
        public Call list(ObjectKey key, String resourceVersion, ListHandler<ConfigMap> handler) {
            Timer timer = scheduler.after(Duration.ZERO, () -> handler.listed("1", objects));
            return () -> scheduler.cancel(timer);
        }

        @Override
        public Call watch(ObjectKey key, WatchOptions options, WatchHandler handler) {
            return () -> {};
        }

        @Override
        public Call get(ObjectKey key, String resourceVersion, GetHandler<ConfigMap> handler) {
            throw new AssertionError("a reflector gets nothing");
        }
    }
}
