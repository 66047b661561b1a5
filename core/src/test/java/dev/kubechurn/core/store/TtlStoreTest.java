package dev.kubechurn.core.store;

import static dev.kubechurn.core.store.StoreRig.APP;
import static dev.kubechurn.core.store.StoreRig.MINUTE;
import static dev.kubechurn.core.store.StoreRig.OTHER;
import static dev.kubechurn.core.store.StoreRig.SECOND;
import static dev.kubechurn.core.store.StoreRig.TICK;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kubechurn.core.api.ApiError;
import dev.kubechurn.core.api.ObjectKind;
import dev.kubechurn.core.testing.RecordingReader;
import dev.kubechurn.core.testing.Samples;
import dev.kubechurn.core.testing.Statuses;
import dev.kubechurn.core.testing.Verb;
import io.fabric8.kubernetes.api.model.ConfigMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Strategy Cache, one read after the other: rules S20 to S29, S31 and S33. */
class TtlStoreTest extends TtlRig {

    @Test
    @DisplayName("S20: registering sends nothing; the first read fetches")
    void registeringSendsNothing() {
        server.create(Samples.configMap("app", "a"));
        store.addReference(APP);
        scheduler.advance(MINUTE.multipliedBy(5));
        assertThat(server.requests()).isEmpty();
        assertThat(read(APP)).isEqualTo("a");

        assertThat(server.requests()).containsExactly(quorum());
    }

    @Test
    @DisplayName("S20: a new reference forgets a fresh value, though others hold references; the next read is a quorum")
    void newReferenceForgetsTheValue() {
        server.create(Samples.configMap("app", "a"));
        store.addReference(APP);
        assertThat(read(APP)).isEqualTo("a");
        server.update(Samples.configMap("app", "b"));
        store.addReference(APP);

        assertThat(store.getNow("shop", "app")).isNull();
        assertThat(read(APP)).isEqualTo("b");
        assertThat(server.requests()).containsExactly(quorum(), quorum());
    }

    @Test
    @DisplayName("S20, S24: what a new reference has forgotten does not bridge a failure either")
    void newReferenceForgetsForFailuresToo() {
        server.create(Samples.configMap("app", "a"));
        store.addReference(APP);
        assertThat(read(APP)).isEqualTo("a");
        store.addReference(APP);
        server.failNext(Verb.GET, 500, 1);

        assertThat(read(APP)).isEqualTo("Unavailable");
    }

    @Test
    @DisplayName("S20: a new reference to one object leaves the values of others alone")
    void newReferenceToAnotherObject() {
        server.create(Samples.configMap("app", "a"));
        store.addReference(APP);
        assertThat(read(APP)).isEqualTo("a");
        store.addReference(OTHER);

        assertThat(read(APP)).isEqualTo("a");
        assertThat(server.calls(Verb.GET)).isEqualTo(1);
    }

    @Test
    @DisplayName("S21: fresh to the last nanosecond before fetch + TTL, stale at exactly that moment")
    void freshUntilTheBound() {
        server.create(Samples.configMap("app", "a"));
        store.addReference(APP);
        assertThat(read(APP)).isEqualTo("a");
        server.update(Samples.configMap("app", "b"));
        scheduler.advance(MINUTE.minus(TICK));
        assertThat(store.getNow("shop", "app")).isNotNull();
        assertThat(read(APP)).isEqualTo("a");
        assertThat(server.calls(Verb.GET)).isEqualTo(1);
        scheduler.advance(TICK);

        assertThat(store.getNow("shop", "app")).isNull();
        assertThat(read(APP)).isEqualTo("b");
        assertThat(server.calls(Verb.GET)).isEqualTo(2);
    }

    @Test
    @DisplayName("S21: reading does not renew a value: its time is that of its fetch")
    void readingDoesNotRenew() {
        server.create(Samples.configMap("app", "a"));
        store.addReference(APP);
        for (int second = 0; second <= 60; second++) {
            assertThat(read(APP)).isEqualTo("a");
            scheduler.advance(SECOND);
        }

        assertThat(server.requests()).containsExactly(quorum(), fromServerCache());
    }

    @Test
    @DisplayName("S22: a good value is refreshed with version 0, so the server's cache may answer")
    void refreshMayComeFromTheServersCache() {
        server.create(Samples.configMap("app", "a"));
        server.staleReads();
        store.addReference(APP);
        assertThat(read(APP)).isEqualTo("a");
        server.update(Samples.configMap("app", "b"));
        scheduler.advance(MINUTE);
        assertThat(read(APP)).as("the same version, from the cache").isEqualTo("a");
        scheduler.advance(MINUTE.minus(TICK));
        assertThat(read(APP)).as("an equal version renews").isEqualTo("a");

        assertThat(server.requests()).containsExactly(quorum(), fromServerCache());
    }

    @Test
    @DisplayName("S23: NotFound is never fresh: each read asks again, by quorum, and a creation shows at once")
    void notFoundIsNeverFresh() {
        store.addReference(APP);
        LookupError first = answer().error();
        assertThat(first).isEqualTo(new LookupError.NotFound("configmaps \"app\" not found"));
        server.staleReads();
        server.create(Samples.configMap("app", "a"));

        assertThat(read(APP)).isEqualTo("a");
        assertThat(server.requests()).containsExactly(quorum(), quorum());
    }

    @Test
    @DisplayName("S23: a 404 takes the place of a value: what follows is as if there had been none")
    void notFoundReplacesTheValue() {
        server.create(Samples.configMap("app", "a"));
        store.addReference(APP);
        assertThat(read(APP)).isEqualTo("a");
        server.delete(ObjectKind.CONFIG_MAP, APP);
        assertThat(read(APP)).as("within the TTL").isEqualTo("a");
        scheduler.advance(MINUTE);
        assertThat(read(APP)).isEqualTo("NotFound");
        server.failNext(Verb.GET, 500, 1);
        assertThat(read(APP)).as("the old value is gone").isEqualTo("NotFound");

        assertThat(server.requests()).containsExactly(quorum(), fromServerCache(), quorum());
        assertThat(listener.take()).containsExactly("added app", "applied app a", "applied app nothing");
    }

    @Test
    @DisplayName("S23, S27: after NotFound any version is taken, also a lower one than before")
    void anyVersionIsTakenAfterNotFound() {
        annotation = "0";
        CachedValue<ConfigMap> value = new CachedValue<>(new CachedObject<>(store, APP), APP);
        assertThat(StoreRig.describe(answer(value, versioned("before", "9")))).isEqualTo("before");
        RecordingReader<ConfigMap> gone = new RecordingReader<>();
        value.read(gone);
        value.failed(Statuses.of(404));
        assertThat(StoreRig.describe(gone)).isEqualTo("NotFound");

        assertThat(StoreRig.describe(answer(value, versioned("after", "1")))).isEqualTo("after");
    }

    @ParameterizedTest
    @ValueSource(ints = {403, 410, 429, 500, 503, 504})
    @DisplayName("S24: a failure with nothing remembered is Unavailable with the server's text, and is not remembered")
    void firstFailureIsNotRemembered(int status) {
        server.create(Samples.configMap("app", "a"));
        store.addReference(APP);
        server.failNext(Verb.GET, status, 1);
        ApiError error = Statuses.of(status);
        assertThat(answer().error()).isEqualTo(new LookupError.Unavailable(error.message()));

        assertThat(read(APP)).isEqualTo("a");
        assertThat(server.requests()).containsExactly(quorum(), quorum());
        assertThat(listener.take()).containsExactly("added app", "applied app a");
    }

    @ParameterizedTest
    @ValueSource(ints = {403, 410, 429, 500, 503, 504})
    @DisplayName("S25: a failed refresh gives the old value without error and without renewing it")
    void failedRefreshGivesTheOldValue(int status) {
        server.create(Samples.configMap("app", "a"));
        store.addReference(APP);
        assertThat(read(APP)).isEqualTo("a");
        server.update(Samples.configMap("app", "b"));
        scheduler.advance(MINUTE);
        server.failNext(Verb.GET, status, 2);
        assertThat(List.of(read(APP), read(APP))).containsExactly("a", "a");
        assertThat(store.getNow("shop", "app")).isNull();

        assertThat(read(APP)).isEqualTo("b");
        assertThat(server.requests())
                .containsExactly(quorum(), fromServerCache(), fromServerCache(), fromServerCache());
    }

    @Test
    @DisplayName("S22, S25: a transport that gives up is a failure like any other")
    void transportFailures() {
        server.create(Samples.configMap("app", "a"));
        store.addReference(APP);
        server.failNext(Verb.GET, new ApiError.Transport("timed out"));
        assertThat(answer().error()).isEqualTo(new LookupError.Unavailable("timed out"));
        assertThat(read(APP)).isEqualTo("a");
        scheduler.advance(MINUTE);
        server.partition();

        assertThat(read(APP)).isEqualTo("a");
    }

    @Test
    @DisplayName("S26: a failure with NotFound remembered is NotFound again, with the old text")
    void failureAfterNotFound() {
        store.addReference(APP);
        LookupError first = answer().error();
        server.failNext(Verb.GET, 503, 1);

        assertThat(answer().error()).isEqualTo(first).isInstanceOf(LookupError.NotFound.class);
        assertThat(server.requests()).containsExactly(quorum(), quorum());
    }

    @Test
    @DisplayName("S27: an answer of a lower version is ignored altogether: value and time stay")
    void lowerVersionIsIgnored() {
        server.create(Samples.configMap("app", "a"));
        server.staleReads();
        server.update(Samples.configMap("app", "b"));
        store.addReference(APP);
        assertThat(read(APP)).isEqualTo("b");
        scheduler.advance(MINUTE);
        assertThat(List.of(read(APP), read(APP))).containsExactly("b", "b");
        assertThat(server.calls(Verb.GET)).as("each read asked again").isEqualTo(3);
        assertThat(store.getNow("shop", "app")).isNull();
        assertThat(listener.take()).containsExactly("added app", "applied app b");
    }

    @ParameterizedTest
    @DisplayName("S27: versions compare as unsigned 64-bit numbers; what is no number counts as 0, equal is not lower")
    @ValueSource(
            strings = {
                "9 10 newer",
                "10 9 older",
                "10 10 newer",
                "010 10 newer",
                "9223372036854775807 9223372036854775808 newer",
                "18446744073709551615 18446744073709551614 older",
                "18446744073709551615 18446744073709551616 older",
                "5 x7 older",
                "5 +7 older",
                "5 -7 older",
                "5 7a older",
                "5 ٧ older",
                "5 null older",
                "5 empty older",
                "x 0 newer",
                "x y newer",
                "99999999999999999999 1 newer"
            })
    void versionsCompareAsNumbers(String versions) {
        String[] parts = versions.split(" ", 3);
        annotation = "0";
        CachedValue<ConfigMap> value = new CachedValue<>(new CachedObject<>(store, APP), APP);
        assertThat(StoreRig.describe(answer(value, versioned("first", parts[0]))))
                .isEqualTo("first");

        RecordingReader<ConfigMap> second = answer(value, versioned("second", parts[1]));
        assertThat(StoreRig.describe(second)).isEqualTo(parts[2].equals("newer") ? "second" : "first");
    }

    @Test
    @DisplayName("S27: an object without metadata has version 0")
    void objectWithoutMetadata() {
        annotation = "0";
        CachedValue<ConfigMap> value = new CachedValue<>(new CachedObject<>(store, APP), APP);
        ConfigMap bare = Samples.configMap("app", "bare");
        bare.setMetadata(null);
        assertThat(StoreRig.describe(answer(value, bare))).isEqualTo("bare");
        assertThat(StoreRig.describe(answer(value, versioned("first", "1")))).isEqualTo("first");
        assertThat(StoreRig.describe(answer(value, bare))).isEqualTo("first");
    }

    /** Reads, and gives the read this answer instead of the server's. */
    private static RecordingReader<ConfigMap> answer(CachedValue<ConfigMap> value, ConfigMap object) {
        RecordingReader<ConfigMap> reader = new RecordingReader<>();
        value.read(reader);
        value.found(object);
        return reader;
    }

    private static ConfigMap versioned(String value, String version) {
        ConfigMap object = Samples.configMap("app", value);
        object.getMetadata()
                .setResourceVersion(
                        switch (version) {
                            case "null" -> null;
                            case "empty" -> "";
                            default -> version;
                        });
        return object;
    }

    @Test
    @DisplayName("S28: the time of a value is taken after its answer came, not when it was asked for")
    void timeIsThatOfTheAnswer() {
        server.create(Samples.configMap("app", "a"));
        store.addReference(APP);
        server.latency(SECOND.multipliedBy(30));
        RecordingReader<ConfigMap> reader = get(APP);
        scheduler.advance(SECOND.multipliedBy(30));
        assertThat(StoreRig.describe(reader)).isEqualTo("a");
        scheduler.advance(MINUTE.minus(TICK));
        assertThat(store.getNow("shop", "app")).isNotNull();
        scheduler.advance(TICK);
        assertThat(store.getNow("shop", "app")).isNull();
    }

    @Test
    @DisplayName("S29: the TTL is read anew for each read, up and down, for values that are there already")
    void ttlIsReadForEachRead() {
        server.create(Samples.configMap("app", "a"));
        store.addReference(APP);
        assertThat(read(APP)).isEqualTo("a");
        scheduler.advance(SECOND.multipliedBy(100));
        annotation = "101";
        assertThat(read(APP)).isEqualTo("a");
        assertThat(server.calls(Verb.GET)).isEqualTo(1);
        annotation = "100";
        assertThat(read(APP)).isEqualTo("a");
        assertThat(server.calls(Verb.GET)).isEqualTo(2);
        annotation = null;
        scheduler.advance(MINUTE.minus(TICK));
        assertThat(read(APP)).isEqualTo("a");
        assertThat(server.calls(Verb.GET)).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "-9223372036854775808"})
    @DisplayName("S29: with a TTL of zero or less every read fetches, at the same moment too")
    void zeroTtlFetchesAlways(String ttl) {
        annotation = ttl;
        server.create(Samples.configMap("app", "a"));
        store.addReference(APP);
        assertThat(List.of(read(APP), read(APP), read(APP))).containsOnly("a");
        assertThat(store.getNow("shop", "app")).isNull();
        assertThat(server.calls(Verb.GET)).isEqualTo(3);
    }

    @Test
    @DisplayName("S21, S29: the longest TTL there is never runs out")
    void longestTtl() {
        annotation = Long.toString(Long.MAX_VALUE);
        server.create(Samples.configMap("app", "a"));
        store.addReference(APP);
        assertThat(read(APP)).isEqualTo("a");
        scheduler.advance(MINUTE.multipliedBy(60L * 24 * 365 * 100));
        assertThat(read(APP)).isEqualTo("a");
        assertThat(server.calls(Verb.GET)).isEqualTo(1);
    }

    @Test
    @DisplayName("S31: a leaving pod does not make the others' value stale")
    void leavingPodLeavesTheValue() {
        server.create(Samples.configMap("app", "a"));
        store.addReference(APP);
        store.addReference(APP);
        assertThat(read(APP)).isEqualTo("a");
        server.update(Samples.configMap("app", "b"));
        store.deleteReference(APP);

        assertThat(store.getNow("shop", "app")).isNotNull();
        assertThat(read(APP)).isEqualTo("a");
        assertThat(server.calls(Verb.GET)).isEqualTo(1);
        assertThat(store.references()).isEqualTo(Map.of(APP, 1));
    }

    @Test
    @DisplayName("S33: an immutable object is refreshed like any other")
    void immutableIsRefreshed() {
        server.create(Samples.immutableConfigMap("app", "a"));
        store.addReference(APP);
        assertThat(read(APP)).isEqualTo("a");
        server.delete(ObjectKind.CONFIG_MAP, APP);
        server.create(Samples.immutableConfigMap("app", "b"));
        scheduler.advance(MINUTE);

        assertThat(read(APP)).isEqualTo("b");
        assertThat(server.requests()).containsExactly(quorum(), fromServerCache());
    }

    private RecordingReader<ConfigMap> answer() {
        RecordingReader<ConfigMap> reader = get(APP);
        scheduler.runDue();
        return reader;
    }
}
