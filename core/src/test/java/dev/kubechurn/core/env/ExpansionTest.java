package dev.kubechurn.core.env;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code $(VAR)} in values (E25 to E30). */
class ExpansionTest {

    private static final Map<String, String> VALUES = Map.of(
            "A", "a", "B", "$(A)", "EMPTY", "", "a b", "blank", "$(A", "odd", "(", "open", "", "nameless", "C$$", "c");

    private final PodRig rig = new PodRig();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "plain        | plain",
                "\"\"         | \"\"",
                "x$(A)y       | xay",
                "$(A)$(A)     | aa",
                "[$(EMPTY)]   | []",
                "$(a b)       | blank",
                "$($(A)       | odd",
                "$(()         | open",
                "$()          | nameless",
                "$(C$$)       | c",
                "$(A))        | a)",
            })
    void e25TakesTheNameUpToTheNextParenthesisAsItIs(String text, String expanded) {
        assertThat(expand(text)).isEqualTo(expanded);
    }

    @Test
    void e25OwnVariablesAnswerBeforeServiceVariables() {
        rig.services.add(ServiceVariablesTest.service("shop", "web", "10.3.0.4"));
        rig.env("X", "$(WEB_SERVICE_HOST)").env("WEB_SERVICE_HOST", "own").env("Y", "$(WEB_SERVICE_HOST)");
        assertThat(rig.variables()).containsEntry("X", "10.3.0.4").containsEntry("Y", "own");
    }

    @ParameterizedTest
    @CsvSource({"$(NOBODY),$(NOBODY)", "$(a),$(a)", "x$( A)y,x$( A)y", "$(NOBODY)$(A),$(NOBODY)a"})
    void e26AReferenceThatNothingAnswersStays(String text, String expanded) {
        assertThat(expand(text)).isEqualTo(expanded);
    }

    @Test
    void e26EntriesFurtherDownDoNotAnswer() {
        rig.env("X", "$(LATER)").env("LATER", "late");
        assertThat(rig.variables()).containsEntry("X", "$(LATER)");
    }

    @Test
    void e26AReferenceToItselfIsAnsweredByWhatBoreTheNameBefore() {
        rig.services.add(ServiceVariablesTest.service("shop", "web", "10.3.0.4"));
        rig.configMap("c", "PATH", "/source").fromConfigMap(null, "c", null);
        rig.env("PATH", "$(PATH):/one")
                .env("PATH", "$(PATH):/two")
                .env("NEW", "$(NEW)!")
                .env("WEB_SERVICE_HOST", "http://$(WEB_SERVICE_HOST)");
        assertThat(rig.variables())
                .containsEntry("PATH", "/source:/one:/two")
                .containsEntry("NEW", "$(NEW)!")
                .containsEntry("WEB_SERVICE_HOST", "http://10.3.0.4");
    }

    @Test
    void e27TextThatWasPutInIsNotLookedAtAgain() {
        assertThat(expand("$(B)")).isEqualTo("$(A)");
        assertThat(expand("$$(B)")).isEqualTo("$(B)");
    }

    @ParameterizedTest
    @CsvSource({"$$(A),$(A)", "$$$(A),$a", "$$$$(A),$$(A)", "$$,$", "$$$$,$$", "a$$b,a$b"})
    void e28TwoDollarsBecomeOneFromLeftToRight(String text, String expanded) {
        assertThat(expand(text)).isEqualTo(expanded);
    }

    @ParameterizedTest
    @CsvSource({"$(,$(", "$(A,$(A", "x$($$,x$($", "$(A$,$(A$", "$(A$$$$,$(A$$", "$($(,$($("})
    void e29WithoutAParenthesisAfterItTheScanGoesOnRightBehind(String text, String expanded) {
        assertThat(expand(text)).isEqualTo(expanded);
    }

    @Test
    void e29ManyUnclosedReferencesTakeNoMoreThanOnePass() {
        // Would take half an hour if each looked through the rest for its parenthesis.
        String text = "$(".repeat(2_000_000);
        assertThat(expand(text)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({
        "$,$",
        "a$,a$",
        "$A,$A",
        "${A},${A}",
        "$ (A),$ (A)",
        "\\$(A),\\a",
        "$\u00e9,$\u00e9",
        "$\ud83d\ude00,$\ud83d\ude00"
    })
    void e30ADollarBeforeAnythingElseStays(String text, String expanded) {
        assertThat(expand(text)).isEqualTo(expanded);
    }

    @Test
    void theLimitIsThatOfTheResult() {
        assertThat(Expansion.expand("abc", VALUES::get, 3)).isEqualTo("abc");
        assertThat(Expansion.expand("abc", VALUES::get, 2)).isNull();
        assertThat(Expansion.expand("ab$(A)", VALUES::get, 3)).isEqualTo("aba");
        assertThat(Expansion.expand("abc$(A)", VALUES::get, 3)).isNull();
        assertThat(Expansion.expand("$(A)bcd", VALUES::get, 3)).isNull();
        assertThat(Expansion.expand("$(EMPTY)$(EMPTY)", VALUES::get, 0)).isEmpty();
    }

    private static @Nullable String expand(String text) {
        return Expansion.expand(text, VALUES::get, Integer.MAX_VALUE);
    }
}
