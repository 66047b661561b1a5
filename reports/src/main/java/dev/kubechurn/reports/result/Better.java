package dev.kubechurn.reports.result;

/** The direction in which a metric improves; the gate must never guess it. */
public enum Better {
    LOWER,
    HIGHER,
    /** A fact about the run, such as its load: a change is neither good nor bad. */
    NEITHER
}
