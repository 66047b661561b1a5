package dev.kubechurn.reports.render;

import java.util.ArrayList;
import java.util.List;

/**
 * What a renderer must be told because a result does not say it; immutable.
 *
 * @param blocks groups of lines below the table, parted by empty lines
 * @param colour whether to use a terminal's colours
 */
public record Presentation(TableLayout table, List<List<SummaryLine>> blocks, Glyphs glyphs, boolean colour) {

    public Presentation {
        blocks = blocks.stream().map(List::copyOf).toList();
    }

    /** The table alone, in Unicode, without colour. */
    public static Presentation of(TableLayout table) {
        return new Presentation(table, List.of(), Glyphs.UNICODE, false);
    }

    /** With one more block of lines. */
    public Presentation with(List<SummaryLine> block) {
        List<List<SummaryLine>> more = new ArrayList<>(blocks);
        more.add(block);
        return new Presentation(table, more, glyphs, colour);
    }

    public Presentation with(SummaryLine... block) {
        return with(List.of(block));
    }

    public Presentation glyphs(Glyphs shown) {
        return new Presentation(table, blocks, shown, colour);
    }

    public Presentation coloured() {
        return new Presentation(table, blocks, glyphs, true);
    }
}
