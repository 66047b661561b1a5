package dev.kubechurn.sim.cli;

import dev.kubechurn.sim.run.Build;
import picocli.CommandLine.IVersionProvider;

/** The version of this build, from the jar. */
final class VersionProvider implements IVersionProvider {

    @Override
    public String[] getVersion() {
        return new String[] {"kubechurn " + Build.version() + ", Java " + Runtime.version()};
    }
}
