package dev.kubechurn.sim.run;

/**
 * What a person wants to see of a run that is going on.
 *
 * @param elapsedNanos since the pods began to start
 * @param durationNanos that the run will take
 * @param pods running now
 * @param watches open now
 * @param updatesPerSecond in the last interval
 * @param propagationP99Nanos in the last interval; 0 when nothing was propagated
 * @param events that virtual time has fired so far; 0 in wall time
 */
public record LiveFigures(
        long elapsedNanos,
        long durationNanos,
        int pods,
        long watches,
        double updatesPerSecond,
        long propagationP99Nanos,
        long events) {}
