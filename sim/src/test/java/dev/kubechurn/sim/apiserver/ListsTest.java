package dev.kubechurn.sim.apiserver;

import static dev.kubechurn.sim.apiserver.ApiStoreTest.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Lists: selection, pages, versions. */
class ListsTest {

    private final StoreFixture fixture = new StoreFixture();
    private final ApiStore store = fixture.store;

    private static List<String> names(ListResult result) {
        return result.items().stream()
                .map(object -> object.key() + "@" + object.revision())
                .toList();
    }

    private ListResult list(Selection selection) {
        return store.list(ListRequest.newest(selection));
    }

    private ListResult list(String resourceVersion, String match, long limit, String continueToken) {
        return store.list(new ListRequest(StoreFixture.all(), resourceVersion, match, limit, continueToken));
    }

    @Test
    void theLengthOfAnAnswerIsKnownWithoutWritingIt() {
        for (int i = 0; i < 12; i++) { // revisions of one digit and of two
            fixture.create("a", "x" + i);
            for (ListResult result : List.of(
                    list(StoreFixture.all()),
                    list(StoreFixture.named("a", "x0")),
                    list(StoreFixture.named("a", "?")))) {
                assertThat(result.utf8Bytes(Resource.CONFIGMAPS))
                        .isEqualTo(result.json(Resource.CONFIGMAPS).length());
            }
        }
        ListResult page = list("", "", 2, "");
        assertThat(page.utf8Bytes(Resource.CONFIGMAPS))
                .isEqualTo(page.json(Resource.CONFIGMAPS).length());
    }

    @Test
    void selectsInOrderOfNamespaceAndName() {
        fixture.create("b", "x");
        fixture.create("a", "z");
        fixture.create("a", "y");
        fixture.create("aa", "y");
        store.create(StoreFixture.configMap("b", "l", "v", Map.of("app", "web")));

        assertThat(names(list(StoreFixture.all()))).containsExactly("a/y@4", "a/z@3", "aa/y@5", "b/l@6", "b/x@2");
        assertThat(names(list(StoreFixture.inNamespace("a")))).containsExactly("a/y@4", "a/z@3");
        assertThat(names(list(StoreFixture.named("a", "z")))).containsExactly("a/z@3");
        assertThat(names(list(StoreFixture.named("a", "nobody")))).isEmpty();
        assertThat(names(list(StoreFixture.labelled("app=web")))).containsExactly("b/l@6");
        assertThat(names(list(new Selection(
                        Resource.CONFIGMAPS,
                        "",
                        FieldSelector.parse("metadata.namespace=a,metadata.name!=y"),
                        LabelSelector.EVERYTHING))))
                .containsExactly("a/z@3");
        assertThat(list(StoreFixture.all()).revision()).isEqualTo(6);
    }

    @Test
    void pagesShowOneStateWhateverHappensBetween() {
        for (String name : List.of("a", "b", "c", "d", "e")) {
            fixture.create("ns", name);
        }
        ListResult first = list("", "", 2, "");
        fixture.delete("ns", "c");
        fixture.create("ns", "cc");
        fixture.update("ns", "d", "changed");
        ListResult second = list("", "", 2, first.continueToken());
        fixture.delete("ns", "e");
        ListResult third = list("", "", 2, second.continueToken());

        assertThat(names(first)).containsExactly("ns/a@2", "ns/b@3");
        assertThat(first.remainingItems()).isEqualTo(3);
        assertThat(names(second)).containsExactly("ns/c@4", "ns/d@5");
        assertThat(second.remainingItems()).isEqualTo(1);
        assertThat(names(third)).containsExactly("ns/e@6");
        assertThat(third.continueToken()).isEmpty();
        assertThat(List.of(first.revision(), second.revision(), third.revision()))
                .containsOnly(6L);
    }

    @Test
    void aPageOfAForgottenStateIsExpired() {
        fixture.create("ns", "a");
        fixture.create("ns", "b");
        String token = list("", "", 1, "").continueToken();
        fixture.create("ns", "c");
        store.compactAll();

        ApiStatusException refusal = refusal(() -> list("", "", 1, token));

        assertThat(refusal.code()).isEqualTo(410);
        assertThat(refusal.reason()).isEqualTo("Expired");
        assertThat(refusal(() -> list("", "", 1, "rubbish!")).code()).isEqualTo(400);
        assertThat(refusal(() -> list("3", "", 1, token)).code()).isEqualTo(400);
    }

    @Test
    void aVersionIsALowerBoundUnlessItIsExact() {
        fixture.create("ns", "a");
        fixture.update("ns", "a", "second");

        assertThat(names(list("2", "", 0, ""))).containsExactly("ns/a@3");
        assertThat(names(list("2", "NotOlderThan", 0, ""))).containsExactly("ns/a@3");
        assertThat(names(list("0", "", 0, ""))).containsExactly("ns/a@3");
        assertThat(names(list("2", "Exact", 0, ""))).containsExactly("ns/a@2");
        assertThat(names(list("2", "", 5, ""))).containsExactly("ns/a@2");
        assertThat(names(list("1", "Exact", 0, ""))).isEmpty();
        assertThat(refusal(() -> list("4", "", 0, "")).code()).isEqualTo(504);
        assertThat(refusal(() -> list("x", "", 0, "")).code()).isEqualTo(400);
        assertThat(refusal(() -> list("", "Exact", 0, "")).code()).isEqualTo(400);
        assertThat(refusal(() -> list("2", "Newest", 0, "")).code()).isEqualTo(400);
        store.compact(3);
        assertThat(refusal(() -> list("2", "Exact", 0, "")).code()).isEqualTo(410);
        assertThat(names(list("2", "", 0, ""))).containsExactly("ns/a@3");
    }
}
