package dev.kubechurn.sim.workload;

/**
 * How often objects change.
 *
 * @param perSecond of the whole cluster
 * @param secretsShare of the updates that change a Secret, 0 to 1
 * @param zipfExponent of the popularity; 0 is uniform
 * @param deletionsShare of the updates that delete the object instead, 0 to 1
 * @param absenceNanos from a deletion until the object is made anew
 */
public record UpdateLoad(
        double perSecond, double secretsShare, double zipfExponent, double deletionsShare, long absenceNanos) {

    /** A load that deletes nothing. */
    public UpdateLoad(double perSecond, double secretsShare, double zipfExponent) {
        this(perSecond, secretsShare, zipfExponent, 0, 0);
    }
}
