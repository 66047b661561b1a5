package dev.kubechurn.sim.cli;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Where JMH is, as one line on a terminal, or as a line for each benchmark in a log. For one thread. */
final class BenchProgress {

    private static final Pattern BENCHMARK = Pattern.compile("# Benchmark: (?:.*\\.)?(\\w+\\.\\w+)");
    private static final Pattern PARAMETERS = Pattern.compile("# Parameters: \\((.*)\\)");
    private static final Pattern PROGRESS = Pattern.compile("# Run progress: ([\\d.]+)% complete, ETA (\\S+)");

    private final Terminal terminal;
    private final boolean silent;
    private String benchmark = "";
    private String parameters = "";
    private boolean announced;

    BenchProgress(Terminal terminal, boolean silent) {
        this.terminal = terminal;
        this.silent = silent;
    }

    /** Takes a line of JMH's output. */
    void line(String line) {
        if (silent) {
            return;
        }
        Matcher found = BENCHMARK.matcher(line);
        if (found.matches()) {
            benchmark = found.group(1);
            parameters = "";
            announced = false;
        }
        found = PARAMETERS.matcher(line);
        if (found.matches()) {
            parameters = " (" + found.group(1) + ")";
        }
        found = PROGRESS.matcher(line);
        if (found.matches()) {
            show(found.group(1) + " % done, " + found.group(2) + " left: " + benchmark + parameters);
        }
    }

    private void show(String text) {
        if (terminal.interactive()) {
            terminal.redraw(text);
        } else if (!announced) {
            terminal.err().println(text);
        }
        announced = true;
        terminal.err().flush();
    }

    void over() {
        if (!silent && terminal.interactive()) {
            terminal.err().print(Terminal.OVER);
            terminal.err().flush();
        }
    }
}
