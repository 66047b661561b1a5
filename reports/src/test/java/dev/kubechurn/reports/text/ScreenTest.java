package dev.kubechurn.reports.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class ScreenTest {

    @Test
    void aParagraphBreaksBetweenWordsAndNeverInAQuantity() {
        assertThat(Paragraph.lines("visible within 30.1 s, 99 % later", 19, Paint.PLAIN))
                .containsExactly("visible within", "30.1 s, 99 % later");
        assertThat(Paragraph.lines("a verylongwordindeed b", 8, Paint.PLAIN))
                .containsExactly("a", "verylongwordindeed", "b");
    }

    @Test
    void whatIsMarkedIsBoldOnEveryLineAndTheMarksTakeNoRoom() {
        assertThat(Paragraph.lines("held **12 open watches** now", 12, Paint.PLAIN))
                .containsExactly("held 12 open", "watches now");
        assertThat(Paragraph.lines("held **12 open watches** now", 12, Paint.COLOUR))
                .containsExactly("held \u001b[1m12 open\u001b[0m", "\u001b[1mwatches\u001b[0m now");
    }

    @Test
    void aCutTextEndsInAnEllipsis() {
        assertThat(Paragraph.cut("twelve chars", 12)).isEqualTo("twelve chars");
        assertThat(Paragraph.cut("thirteen chars", 10)).isEqualTo("thirteen…");
        assertThat(Paragraph.cutWithin("abcdefghij", 10)).isEqualTo("abcdefghij");
        assertThat(Paragraph.cutWithin("abcdefghijk", 10)).isEqualTo("abcd…ghijk");
    }

    @Test
    void aFullScreenLeavesOutWhatIsOptionalAndSaysSo() {
        Screen screen = new Screen(Paint.PLAIN, 4, 4)
                .row("one", "1")
                .optional("two", "2")
                .optional("", "3")
                .row("four", "4")
                .path("path", "x".repeat(200));
        assertThat(screen.text().lines())
                .containsExactly(
                        "  one    1",
                        "         2 more lines with --details",
                        "  four   4",
                        "  path   " + "x".repeat(200));
    }

    @Test
    void aRowIsBrokenUnderItsText() {
        String text = new Screen(Paint.PLAIN, 6, 24)
                .row("events", "1,234,567,890 list · ".repeat(4) + "end")
                .text();
        assertThat(text.lines())
                .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(80))
                .hasSize(2)
                .last()
                .asString()
                .startsWith("           ");
    }

    @Test
    void aTableLeavesOutTheColumnsOfTheHighestRank() {
        List<FittedTable.Column> columns = List.of(
                FittedTable.Column.name("name"),
                FittedTable.Column.figure("needed", 0),
                FittedTable.Column.figure("x".repeat(30), 1),
                FittedTable.Column.figure("y".repeat(40), 2));
        FittedTable table = new FittedTable(columns, List.of(List.of("a", "1", "2", "3")));
        assertThat(table.leftOut()).containsExactly("y".repeat(40));
        assertThat(table.lines(Paint.PLAIN))
                .containsExactly("  name   needed   " + "x".repeat(30), "  a           1   " + " ".repeat(29) + "2");
    }

    @Test
    void aLongNameStandsOnALineOfItsOwn() {
        List<FittedTable.Column> columns =
                List.of(FittedTable.Column.name("metric"), FittedTable.Column.figure("change", 0));
        String name = "m".repeat(75);
        assertThat(new FittedTable(columns, List.of(List.of(name, "+20.0 %"))).lines(Paint.PLAIN))
                .containsExactly("  metric", "     change", "  " + name, "    +20.0 %");
    }

    @Test
    void plainTextHasNoEscapeCode() {
        for (Tone tone : Tone.values()) {
            assertThat(Paint.PLAIN.tone(tone, "text")).isEqualTo("text");
            assertThat(Paint.COLOUR.tone(tone, "")).isEmpty();
        }
        assertThat(Paint.COLOUR.tone(Tone.BAD, "text")).isEqualTo("\u001b[1;31mtext\u001b[0m");
    }
}
