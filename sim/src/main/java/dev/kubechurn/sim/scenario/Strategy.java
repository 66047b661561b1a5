package dev.kubechurn.sim.scenario;

/** How a kubelet keeps ConfigMaps and Secrets: its {@code configMapAndSecretChangeDetectionStrategy}. */
public enum Strategy {
    WATCH,
    CACHE,
    GET
}
