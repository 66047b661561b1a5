package dev.kubechurn.sim.apiserver;

import static dev.kubechurn.sim.apiserver.StoreFixture.configMap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.kubechurn.core.api.ObjectKey;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** Writes and gets of the store. */
class ApiStoreTest {

    private final StoreFixture fixture = new StoreFixture();
    private final ApiStore store = fixture.store;

    static ApiStatusException refusal(ThrowingCallable call) {
        return catchThrowableOfType(ApiStatusException.class, call);
    }

    @Test
    void aCreatedObjectIsComplete() {
        fixture.scheduler.advance(Duration.ofMillis(1500));

        ConfigMap created = fixture.read(fixture.create("ns", "a"));

        assertThat(created.getMetadata().getUid()).matches("[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f-]{16}");
        assertThat(created.getMetadata().getCreationTimestamp()).isEqualTo("2026-01-01T00:00:01Z");
        assertThat(created.getMetadata().getResourceVersion()).isEqualTo("2");
        assertThat(created.getData()).containsEntry("key", "first");
        assertThat(store.revision()).isEqualTo(2);
    }

    @Test
    void oneRevisionCountsForAllResources() {
        assertThat(fixture.create("ns", "a").revision()).isEqualTo(2);
        assertThat(store.create(new NamespaceBuilder()
                                .withNewMetadata()
                                .withName("ns")
                                .endMetadata()
                                .build())
                        .revision())
                .isEqualTo(3);
        assertThat(fixture.update("ns", "a", "second").revision()).isEqualTo(4);
        assertThat(fixture.delete("ns", "a").revision()).isEqualTo(5);
    }

    @Test
    void anUpdateKeepsUidAndCreationTime() {
        ConfigMap created = fixture.read(fixture.create("ns", "a"));
        fixture.scheduler.advance(Duration.ofMinutes(1));

        ConfigMap updated = fixture.read(fixture.update("ns", "a", "second"));

        assertThat(updated.getMetadata().getUid())
                .isEqualTo(created.getMetadata().getUid());
        assertThat(updated.getMetadata().getCreationTimestamp())
                .isEqualTo(created.getMetadata().getCreationTimestamp());
        assertThat(updated.getData()).containsEntry("key", "second");
    }

    @Test
    void anUpdateThatChangesNothingMakesNoRevision() {
        StoredObject created = fixture.create("ns", "a");

        assertThat(fixture.update("ns", "a", "first")).isSameAs(created);
        assertThat(store.revision()).isEqualTo(2);
    }

    @Test
    void refusesWhatIsThereAlready() {
        fixture.create("ns", "a");

        ApiStatusException refusal = refusal(() -> fixture.create("ns", "a"));

        assertThat(refusal.code()).isEqualTo(409);
        assertThat(refusal.reason()).isEqualTo("AlreadyExists");
        assertThat(refusal).hasMessage("configmaps \"a\" already exists");
    }

    @Test
    void refusesAStaleVersionAndTakesTheNewest() {
        ConfigMap stale = fixture.read(fixture.create("ns", "a"));
        ConfigMap newest = fixture.read(fixture.update("ns", "a", "second"));

        ApiStatusException refusal = refusal(() -> store.update(
                new ConfigMapBuilder(stale).addToData("key", "third").build()));
        StoredObject updated = store.update(
                new ConfigMapBuilder(newest).addToData("key", "third").build());

        assertThat(refusal.code()).isEqualTo(409);
        assertThat(refusal.reason()).isEqualTo("Conflict");
        assertThat(fixture.read(updated).getData()).containsEntry("key", "third");
    }

    @Test
    void refusesAnUpdateOfAnotherIncarnation() {
        ConfigMap first = fixture.read(fixture.create("ns", "a"));
        fixture.delete("ns", "a");
        fixture.create("ns", "a");
        first.getMetadata().setResourceVersion(null);

        assertThat(refusal(() -> store.update(first)).reason()).isEqualTo("Conflict");
    }

    @Test
    void refusesWhatIsNotThere() {
        assertThat(refusal(() -> fixture.update("ns", "a", "x")).code()).isEqualTo(404);
        assertThat(refusal(() -> fixture.delete("ns", "a")).code()).isEqualTo(404);
        assertThat(refusal(() -> store.get(Resource.CONFIGMAPS, new ObjectKey("ns", "a"), ""))
                        .reason())
                .isEqualTo("NotFound");
        assertThat(store.find(Resource.CONFIGMAPS, "ns", "a")).isEmpty();
    }

    @Test
    void aGetReadsAtLeastTheAskedVersion() {
        StoredObject created = fixture.create("ns", "a");
        ObjectKey key = created.key();

        for (String version : List.of("", "0", "1", "2")) {
            assertThat(store.get(Resource.CONFIGMAPS, key, version)).isSameAs(created);
        }
        ApiStatusException tooLarge = refusal(() -> store.get(Resource.CONFIGMAPS, key, "3"));
        assertThat(tooLarge.code()).isEqualTo(504);
        assertThat(tooLarge.reason()).isEqualTo("Timeout");
        assertThat(tooLarge).hasMessageContaining("Too large resource version: 3, current: 2");
        assertThat(tooLarge.statusJson())
                .contains("\"reason\":\"ResourceVersionTooLarge\"", "\"retryAfterSeconds\":1", "\"code\":504");
        assertThat(refusal(() -> store.get(Resource.CONFIGMAPS, key, "new")).code())
                .isEqualTo(400);
    }

    @Test
    void deletesOnlyWhatIsExpected() {
        StoredObject created = fixture.create("ns", "a");

        ApiStatusException refusal = refusal(
                () -> store.delete(Resource.CONFIGMAPS, created.key(), new ApiStore.Preconditions("another-uid", "")));
        StoredObject deleted =
                store.delete(Resource.CONFIGMAPS, created.key(), new ApiStore.Preconditions(created.uid(), "2"));

        assertThat(refusal.code()).isEqualTo(409);
        assertThat(deleted.revision()).isEqualTo(3);
        assertThat(fixture.read(deleted).getMetadata().getResourceVersion()).isEqualTo("3");
    }

    @Test
    void listenersHearOfACommitBeforeAnyWatch() {
        List<String> heard = new ArrayList<>();
        RecordingSink sink = fixture.watch(StoreFixture.all(), "1");
        store.addCommitListener((type, object, nanos) -> heard.add(
                type + " " + object + " at " + nanos + " after " + sink.events().size() + " events"));

        fixture.create("ns", "a");
        fixture.scheduler.advance(Duration.ofNanos(7));
        fixture.update("ns", "a", "second");
        fixture.delete("ns", "a");

        assertThat(heard)
                .containsExactly(
                        "ADDED configmaps ns/a at 2 at 0 after 0 events",
                        "MODIFIED configmaps ns/a at 3 at 7 after 1 events",
                        "DELETED configmaps ns/a at 4 at 7 after 2 events");
    }

    @Test
    void countsBytesOfUtf8() {
        StoredObject stored = store.create(configMap("ns", "a", "aé€😀"));

        assertThat(stored.utf8Bytes())
                .isEqualTo(stored.json().getBytes(java.nio.charset.StandardCharsets.UTF_8).length);
    }

    /** The store forgets the place of an object that is gone, and whoever has it from before must not miss the next one. */
    @Test
    void aSelectionOfTheStoresOwnOutlivesTheObject() {
        Selection selection = store.selection(Resource.CONFIGMAPS, new ObjectKey("ns", "a"));
        assertThat(store.list(ListRequest.newest(selection)).items()).isEmpty();
        StoredObject first = fixture.create("ns", "a");
        assertThat(store.list(ListRequest.newest(selection)).items()).containsExactly(first);
        fixture.delete("ns", "a");
        store.compactAll();
        assertThat(store.list(ListRequest.newest(selection)).items()).isEmpty();
        StoredObject second = fixture.create("ns", "a");
        assertThat(store.list(ListRequest.newest(selection)).items()).containsExactly(second);
    }

    @Test
    void aVersionIsReadAsAModelOnce() {
        StoredObject stored = fixture.create("ns", "a");
        ConfigMap read = store.codec().shared(stored, ConfigMap.class);

        assertThat(read).isEqualTo(store.codec().typed(stored, ConfigMap.class));
        assertThat(store.codec().shared(stored, ConfigMap.class)).isSameAs(read);
        fixture.update("ns", "a", "second");
        assertThat(store.codec().shared(stored, ConfigMap.class))
                .isNotSameAs(read)
                .isEqualTo(read);
    }

    @Test
    void theSameSeedMakesTheSameObjects() {
        assertThat(new StoreFixture().create("ns", "a").json())
                .isEqualTo(new StoreFixture().create("ns", "a").json());
    }
}
