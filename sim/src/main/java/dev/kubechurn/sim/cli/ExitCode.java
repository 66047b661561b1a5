package dev.kubechurn.sim.cli;

/** What a command's exit code says; the same for all commands. */
enum ExitCode {
    FINE(0),
    /** The answer is bad: a failed check, a regression. */
    BAD_ANSWER(1),
    /** The question is bad: usage, unreadable input. */
    BAD_QUESTION(2),
    /** The environment failed: a port in use, a full disk. */
    BAD_ENVIRONMENT(3),
    /** Ctrl-C ended it before its time; 128 and the number of SIGINT, as the JVM and shells have it. */
    INTERRUPTED(130);

    private final int code;

    ExitCode(int code) {
        this.code = code;
    }

    int code() {
        return code;
    }
}
