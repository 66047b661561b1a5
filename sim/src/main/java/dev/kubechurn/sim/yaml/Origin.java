package dev.kubechurn.sim.yaml;

/**
 * Where a value was written: a file and line, or an option of the command line.
 *
 * @param source the file as the user named it, or the option with its value
 * @param line counted from 1; 0 where there are no lines
 */
public record Origin(String source, int line) {

    public Origin {
        if (line < 0) {
            throw new IllegalArgumentException("line " + line + " is negative");
        }
    }

    /** The place as a whole, such as a file that cannot be read. */
    public static Origin of(String source) {
        return new Origin(source, 0);
    }

    /** Is this a place on a line of a file? */
    public boolean inFile() {
        return line > 0;
    }

    /** {@code file:line} as compilers write it, or the source alone. */
    @Override
    public String toString() {
        return line == 0 ? source : source + ":" + line;
    }
}
