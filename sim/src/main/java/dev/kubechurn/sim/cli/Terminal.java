package dev.kubechurn.sim.cli;

import java.io.PrintWriter;

/**
 * Where a command prints: results to {@code out}, everything else to {@code err}.
 *
 * @param interactive whether {@code err} is a terminal that can draw over a line
 */
record Terminal(PrintWriter out, PrintWriter err, boolean interactive) {

    /** Goes back to the beginning of the line and clears it. */
    static final String OVER = "\r\u001b[K";
}
