package dev.kubechurn.sim.apiserver;

import static dev.kubechurn.sim.apiserver.ApiStoreTest.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kubechurn.core.api.ObjectKey;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Label and field selectors. */
class SelectorTest {

    private static final Map<String, String> LABELS =
            Map.of("app", "web", "tier", "front", "example.com/build", "17", "empty", "");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "app=web",
                "app==web",
                " app = web , tier != back ",
                "app in (web, api)",
                "app notin (api),tier",
                "absent notin (x)",
                "!absent",
                "absent!=x",
                "example.com/build>16",
                "example.com/build<18",
                "empty=",
                "empty in (,x)",
            })
    void takesMatchingLabels(String selector) {
        assertThat(LabelSelector.parse(selector).matches(LABELS)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "app=api",
                "app!=web",
                "app=web,tier=back",
                "app in (api)",
                "app notin (web)",
                "absent",
                "!app",
                "absent=x",
                "absent in (x)",
                "app>1",
                "example.com/build>17",
                "absent<1",
            })
    void leavesOtherLabels(String selector) {
        assertThat(LabelSelector.parse(selector).matches(LABELS)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"app=web,", "=web", "app in web", "app in (web", "app = w b", "a>b", "app in (a b)", "!"})
    void refusesUnreadableLabelSelectors(String selector) {
        assertThat(refusal(() -> LabelSelector.parse(selector)))
                .hasMessageContaining("unable to parse")
                .extracting(ApiStatusException::code)
                .isEqualTo(400);
    }

    @Test
    void selectsByNameAndNamespace() {
        ObjectKey key = new ObjectKey("ns", "a");

        assertThat(FieldSelector.parse("metadata.name=a").matches(key)).isTrue();
        assertThat(FieldSelector.parse("metadata.name==a,metadata.namespace=ns").matches(key))
                .isTrue();
        assertThat(FieldSelector.parse("metadata.name!=b").matches(key)).isTrue();
        assertThat(FieldSelector.parse("metadata.name!=a").matches(key)).isFalse();
        assertThat(FieldSelector.parse("metadata.name=a,metadata.namespace!=ns").matches(key))
                .isFalse();
        assertThat(FieldSelector.parse("metadata.name=a,metadata.name=b").matches(key))
                .isFalse();
        assertThat(FieldSelector.parse("").matches(key)).isTrue();
    }

    @Test
    void refusesOtherFields() {
        assertThat(refusal(() -> FieldSelector.parse("spec.nodeName=n")))
                .hasMessageStartingWith("field label not supported: spec.nodeName");
        assertThat(refusal(() -> FieldSelector.parse("metadata.name")).code()).isEqualTo(400);
    }
}
