package dev.kubechurn.sim.workload;

/**
 * How often objects change.
 *
 * @param perSecond of the whole cluster
 * @param secretsShare of the updates that change a Secret, 0 to 1
 * @param zipfExponent of the popularity; 0 is uniform
 */
public record UpdateLoad(double perSecond, double secretsShare, double zipfExponent) {}
