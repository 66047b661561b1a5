package dev.kubechurn.sim.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;

/** A terminal that keeps what a command prints. */
final class CapturedTerminal {

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    /** Runs one command and returns its exit code. */
    int execute(Object... arguments) {
        String[] texts = new String[arguments.length];
        for (int i = 0; i < arguments.length; i++) {
            texts[i] = arguments[i].toString();
        }
        return Kubechurn.execute(terminal(), texts);
    }

    Terminal terminal() {
        return new Terminal(new PrintWriter(out, true), new PrintWriter(err, true), false);
    }

    String out() {
        return out.toString();
    }

    String err() {
        return err.toString();
    }

    List<String> errLines() {
        return err().lines().toList();
    }
}
