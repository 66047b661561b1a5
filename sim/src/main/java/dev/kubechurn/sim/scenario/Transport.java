package dev.kubechurn.sim.scenario;

/** What carries the kubelets' requests. */
public enum Transport {
    /** Real HTTP to a mock API server in this process. */
    MOCK,
    /** A model of the API server in virtual time. */
    VIRTUAL,
    /** Real HTTP to a cluster that exists. */
    CLUSTER
}
