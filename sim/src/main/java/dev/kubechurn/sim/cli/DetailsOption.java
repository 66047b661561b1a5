package dev.kubechurn.sim.cli;

import picocli.CommandLine.Option;

/** Whether a command prints all that it knows, in place of a screenful. */
final class DetailsOption {

    @Option(names = "--details", description = "Print everything, not only what fits on a screen.")
    private boolean details;

    boolean given() {
        return details;
    }
}
