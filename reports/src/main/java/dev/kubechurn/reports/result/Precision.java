package dev.kubechurn.reports.result;

/** How two values of one metric may be compared. */
public enum Precision {
    /** The same run gives the same value on any machine, so that any difference is real. */
    EXACT,
    /** Measured with noise: only statistics over repetitions can tell a difference. */
    SAMPLED
}
