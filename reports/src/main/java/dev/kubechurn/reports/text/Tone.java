package dev.kubechurn.reports.text;

/** What a text means to its reader, which a terminal may show as a colour. */
public enum Tone {
    NEUTRAL,
    GOOD,
    WARNING,
    BAD
}
