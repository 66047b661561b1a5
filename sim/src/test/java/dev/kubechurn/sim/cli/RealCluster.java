package dev.kubechurn.sim.cli;

import java.nio.file.Path;
import java.util.Optional;

/** The cluster that the profile real-cluster has the tests use in place of our own server. */
final class RealCluster {

    static final String PROPERTY = "kubechurn.kubeconfig";

    /** A program with the kubelet's own managers. */
    private static final String REALMANAGER = "kubechurn.realmanager";

    private RealCluster() {}

    static Optional<Path> kubeconfig() {
        return file(PROPERTY);
    }

    static Optional<Path> realmanager() {
        return file(REALMANAGER);
    }

    private static Optional<Path> file(String property) {
        return Optional.ofNullable(System.getProperty(property))
                .filter(file -> !file.isEmpty())
                .map(Path::of);
    }
}
