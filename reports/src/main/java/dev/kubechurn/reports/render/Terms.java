package dev.kubechurn.reports.render;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** The terms of a page that a reader may not know. Each is explained once, in the section that uses it first. For one thread. */
final class Terms {

    /** A term, what it is recognized by, and what it means. */
    private enum Term {
        OPEN_WATCH(
                "open watch",
                "\\bopen watch(es)?\\b",
                "A request that stays open so that the API server can send changes of one ConfigMap or Secret as they"
                        + " happen. Each one takes memory in the API server."),
        EVENT("event", "\\b(watch )?events\\b", "A change that the API server sends over an open watch."),
        RELIST(
                "relist",
                "\\brelist(s|ed)?\\b",
                "To list an object again because its watch cannot continue where it ended. Lists cost the API server"
                        + " more than reconnects."),
        RECONNECT(
                "reconnect",
                "\\breconnect(s|ed)?\\b",
                "To open a watch again where it ended, at the last resourceVersion seen, without a list."),
        STALENESS(
                "staleness",
                "\\bstaleness\\b",
                "How long the value that a read returned had been outdated. 0 means that it was the newest."),
        PERCENTILE(
                "p50, p99",
                "\\bp(50|90|95|99)\\b",
                "Percentiles. 99 of 100 values are at most the p99; half are at most the p50, which is the median."),
        STRATEGY(
                "Watch, Cache, Get",
                "\\b(strategy|strategies|with (Watch|Cache|Get))\\b",
                "How a kubelet keeps ConfigMaps and Secrets current (configMapAndSecretChangeDetectionStrategy). Watch"
                        + " keeps a watch open for each object, Cache gets an object again when its copy has expired, and"
                        + " Get gets it on every read."),
        VIRTUAL_TIME(
                "virtual time",
                "\\bvirtual time\\b",
                "The clock of a simulation. It jumps from one event to the next, so that hours take seconds, and the"
                        + " same scenario and seed give the same figures on any machine."),
        WARM_UP("warm-up", "\\bwarm-?up\\b", "The first part of a run. Its figures are left out of totals."),
        DUE(
                "from when it was due",
                "\\bwhen it was due\\b",
                "Measured from the time that the call was scheduled for, so that waiting behind slow calls counts."),
        IDLE_STOP(
                "idle stop",
                "\\bidle stops?\\b",
                "The kubelet closes the watch of an object that nothing has read for about five minutes."),
        DIGEST("digest", "\\bdigest\\b", "A hash of all exact figures. Equal digests mean equal results."),
        SEED("seed", "\\bseeds?\\b", "The number that all random choices of a run derive from."),
        CELL("cell", "\\bcells?\\b", "One combination of the values that a sweep varies."),
        FORK("fork", "\\bforks?\\b", "One run of a benchmark in a JVM of its own: one sample."),
        INTERVAL("95 % interval", "\\b95 % interval\\b", "The range that holds the true change with 95 % confidence."),
        P_VALUE(
                "p, corrected",
                "\\bp, corrected\\b",
                "How likely a difference this large is by chance, corrected (Holm) for the number of metrics tested."),
        THRESHOLD("threshold", "\\bthreshold\\b", "The smallest change that counts as a regression or an improvement."),
        NOISE("noise", "\\bnoise\\b", "How far the base differs from itself when it is measured twice (A/A)."),
        INCONCLUSIVE(
                "inconclusive",
                "\\binconclusive\\b",
                "The samples show neither that the metric changed by the threshold nor that it did not."),
        NOT_COMPARABLE(
                "not comparable",
                "\\bnot comparable\\b",
                "Base and candidate were measured under different conditions, such as another scenario.");

        private final String name;
        private final Pattern pattern;
        private final String meaning;

        Term(String name, String pattern, String meaning) {
            this.name = name;
            this.pattern = Pattern.compile(pattern.replace(" ", "[ \\u00a0]"));
            this.meaning = meaning;
        }
    }

    private final Set<Term> explained = EnumSet.noneOf(Term.class);

    /** The terms of a text that no text before had, as a part of the page that opens without a script; may be empty. */
    String explaining(String text) {
        List<Term> fresh = new ArrayList<>();
        for (Term term : Term.values()) {
            if (term.pattern.matcher(text).find() && explained.add(term)) {
                fresh.add(term);
            }
        }
        if (fresh.isEmpty()) {
            return "";
        }
        StringBuilder html = new StringBuilder("<details class=\"terms\"><summary>Terms: ");
        html.append(Markup.escaped(
                        String.join("; ", fresh.stream().map(term -> term.name).toList())))
                .append("</summary>\n<dl>\n");
        for (Term term : fresh) {
            html.append("<dt><dfn>").append(Markup.escaped(term.name)).append("</dfn></dt><dd>");
            html.append(Markup.escaped(term.meaning)).append("</dd>\n");
        }
        return html.append("</dl></details>\n").toString();
    }
}
