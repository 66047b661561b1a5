package dev.kubechurn.sim.cli;

import dev.kubechurn.reports.text.Paint;
import dev.kubechurn.reports.text.Paragraph;
import dev.kubechurn.reports.text.Tone;
import java.io.PrintWriter;
import java.util.Map;

/**
 * Where a command prints: results to {@code out}, everything else to {@code err}.
 *
 * @param interactive whether {@code err} is a terminal that can draw over a line
 * @param paint the colours of {@code out}
 */
record Terminal(PrintWriter out, PrintWriter err, boolean interactive, Paint paint) {

    /** Goes back to the beginning of the line and clears it. */
    static final String OVER = "\r\u001b[K";

    /** One without colours. */
    Terminal(PrintWriter out, PrintWriter err, boolean interactive) {
        this(out, err, interactive, Paint.PLAIN);
    }

    /**
     * Decides on colours: none under {@code NO_COLOR} (no-color.org), on a terminal that has none, or where there is no
     * terminal, unless {@code CLICOLOR_FORCE} asks for them.
     *
     * @param shown whether standard output is a terminal
     */
    static Paint paint(Map<String, String> environment, boolean shown) {
        if (!environment.getOrDefault("NO_COLOR", "").isEmpty()) {
            return Paint.PLAIN;
        }
        String force = environment.getOrDefault("CLICOLOR_FORCE", "0");
        boolean forced = !force.isEmpty() && !force.equals("0");
        boolean able = shown && !environment.getOrDefault("TERM", "dumb").equals("dumb");
        return Paint.of(forced || able);
    }

    /** Draws over the last line of {@code err}; one that is too long for a terminal would break, and stay. */
    void redraw(String text) {
        err.print(OVER + Paragraph.cut(text, Paragraph.WIDTH - 1));
    }

    /** Prints the last word on the checks of one or more runs. */
    void tellChecks(long violations, String addition) {
        String text = "checks: " + violations + (violations == 1 ? " violation" : " violations") + addition;
        out.println(paint.tone(violations > 0 ? Tone.BAD : Tone.GOOD, text));
    }
}
