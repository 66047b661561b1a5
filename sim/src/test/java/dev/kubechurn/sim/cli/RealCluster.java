package dev.kubechurn.sim.cli;

import java.nio.file.Path;
import java.util.Optional;

/** The cluster that the profile real-cluster has the tests use in place of our own server. */
final class RealCluster {

    static final String PROPERTY = "kubechurn.kubeconfig";

    private RealCluster() {}

    static Optional<Path> kubeconfig() {
        return Optional.ofNullable(System.getProperty(PROPERTY))
                .filter(file -> !file.isEmpty())
                .map(Path::of);
    }
}
