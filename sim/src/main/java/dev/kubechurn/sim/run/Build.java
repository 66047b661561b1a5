package dev.kubechurn.sim.run;

/** What this build is. */
public final class Build {

    private Build() {}

    /** The version from the jar; {@code development} where there is no jar. */
    public static String version() {
        String version = Build.class.getPackage().getImplementationVersion();
        return version == null ? "development" : version;
    }
}
