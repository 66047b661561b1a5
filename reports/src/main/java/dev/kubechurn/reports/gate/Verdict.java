package dev.kubechurn.reports.gate;

import java.util.Locale;

/** What a comparison says of one metric. */
public enum Verdict {
    /** Worse for certain, and by more than matters. */
    REGRESSED,
    /** Better for certain, and by more than matters. */
    IMPROVED,
    /** For certain no worse and no better by what matters; an exact metric: equal. */
    UNCHANGED,
    /** The samples do not tell: neither that it changed nor that it did not. Never a pass in silence. */
    INCONCLUSIVE,
    /** The two were not measured alike. */
    NOT_COMPARABLE;

    /** Whether it says neither yes nor no. */
    public boolean isUndecided() {
        return this == INCONCLUSIVE || this == NOT_COMPARABLE;
    }

    /** As people read it. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
