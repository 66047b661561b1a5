package dev.kubechurn.sim.validation;

import dev.kubechurn.reports.render.Counts;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** {@code docs/validation.md}: what agrees, and what does not, made from a report alone. */
public final class ValidationPage {

    private static final String HEAD = """
            # Validation

            `kubechurn validate` writes this page; nobody edits it. It holds three counts of the same load together: what virtual time
            **predicts**, what the simulated kubelets **sent** to a real API server (counted at the client), and what that server
            **counted** itself (`apiserver_request_total`, `apiserver_longrunning_requests` and `apiserver_watch_events_sizes` under
            `/metrics`). Where the kubelet's own ConfigMap and Secret managers are at hand, the same pods go through them, too.

            """;

    /** Not equal, by no more than the case allows. */
    private static final String CLOSE = "as near as can be";

    private static final String READING = """
            Predicted and sent are of the load; what checks ask after it stands behind a `+`. The server counts both. Several rounds that
            found the same are one number; else the numbers stand in the order of the rounds, with `/` between them. Left out of what the
            server counted: requests and watches of all namespaces, which controllers make; watches that lived for more than a minute
            where those of the run are shorter; and the events of each write that such watches get, as many as ten writes showed before
            the first round. A watch counts at the server when it ends.

            """;

    private final ValidationReport report;
    private final StringBuilder text = new StringBuilder(HEAD);

    private ValidationPage(ValidationReport report) {
        this.report = report;
    }

    public static String markdown(ValidationReport report) {
        return new ValidationPage(report).page();
    }

    private String page() {
        conditions();
        text.append("## Predicted, sent, counted\n\n").append(READING);
        text.append("| case | figure | predicted | sent | counted by the server | |\n|---|---|---|---|---|---|\n");
        report.byCase().forEach((name, rounds) -> figures(rounds));
        text.append("\n\"equal\": in every round. ");
        text.append(reasons()).append('\n');
        kubelets();
        cases();
        differences();
        return text.toString();
    }

    private void conditions() {
        text.append("| measured on | |\n|---|---|\n");
        new TreeMap<>(report.conditions())
                .forEach((name, value) -> text.append("| ")
                        .append(name)
                        .append(" | ")
                        .append(value)
                        .append(" |\n"));
        text.append('\n');
    }

    private void figures(List<CaseResult> rounds) {
        String title = rounds.get(0).title();
        for (int i = 0; i < rounds.get(0).figures().size(); i++) {
            int index = i;
            List<Figure> all =
                    rounds.stream().map(round -> round.figures().get(index)).toList();
            if (all.stream().allMatch(ValidationPage::isNothing)) {
                continue;
            }
            row(
                    title,
                    all.get(0).name(),
                    numbers(all, figure -> number(figure.predicted())),
                    numbers(
                            all,
                            figure -> number(figure.sent())
                                    + (figure.ofChecks() == 0 ? "" : " + " + number(figure.ofChecks()))),
                    numbers(all, figure -> number(figure.counted())),
                    verdict(all));
            title = "";
        }
    }

    private static boolean isNothing(Figure figure) {
        return figure.isEqual() && figure.sent() == 0 && figure.ofChecks() == 0;
    }

    private static String verdict(List<Figure> all) {
        if (all.stream().allMatch(Figure::isEqual)) {
            return "equal";
        }
        return all.stream().allMatch(Figure::agrees) ? CLOSE : "**differs**";
    }

    private String reasons() {
        return report.results().stream()
                .flatMap(result -> result.figures().stream())
                .filter(figure -> !figure.isEqual() && figure.agrees())
                .map(figure -> "\"" + CLOSE + "\": " + figure.why() + ".")
                .distinct()
                .collect(Collectors.joining(" "));
    }

    private void kubelets() {
        text.append("\n## The kubelet's own managers\n\n");
        if (report.results().stream().allMatch(result -> result.kubelet() == null)) {
            text.append("They were not at hand: `--realmanager FILE` names the program that holds them.\n");
            return;
        }
        text.append("""
                The same pods and objects through `k8s.io/kubernetes/pkg/kubelet`, counted by the server: ours first, theirs second. Cases
                with churn and restarts are left out, since that program cannot do them; so are those in which what Cache and Get send
                depends on when each pod is read again, which kubelets draw at random.

                | case | lists | watches | gets | open watches | bytes per event | |
                |---|---|---|---|---|---|---|
                """);
        report.byCase().forEach((name, rounds) -> {
            if (rounds.get(0).kubelet() != null) {
                row(
                        rounds.get(0).title(),
                        sides(rounds, round -> round.sent(Figure.LISTS), theirs -> theirs.lists() - theirs.relists()),
                        sides(
                                rounds,
                                round -> round.sent(Figure.WATCHES),
                                theirs -> theirs.watches() - theirs.relists()),
                        sides(rounds, round -> round.sent(Figure.GETS), KubeletFigures::gets),
                        sides(rounds, round -> round.sent(Figure.OPEN), KubeletFigures::open),
                        bytes(rounds),
                        rounds.stream().allMatch(CaseResult::asTheKubelet) ? "equal" : "**differs**");
            }
        });
        long relists = report.results().stream()
                .map(CaseResult::kubelet)
                .flatMap(Stream::ofNullable)
                .mapToLong(KubeletFigures::relists)
                .sum();
        if (relists > 0) {
            text.append("\nLeft out: ")
                    .append(Counts.exact(relists))
                    .append(
                            " lists that the kubelet's managers made anew, each with a watch, after the server had refused a watch.\n");
        }
        text.append("""

                Bytes per event are those of the same objects: kubelets ask for protobuf, and ours for JSON.
                """);
    }

    private static String bytes(List<CaseResult> rounds) {
        boolean told = rounds.stream()
                .allMatch(round -> Objects.requireNonNull(round.kubelet()).bytesPerEvent() > 0);
        return told ? sides(rounds, CaseResult::bytesPerEvent, KubeletFigures::bytesPerEvent) : "";
    }

    private static String sides(
            List<CaseResult> rounds, Function<CaseResult, Long> ours, Function<KubeletFigures, Long> theirs) {
        return numbers(rounds, round -> number(ours.apply(round))) + " · "
                + numbers(rounds, round -> number(theirs.apply(Objects.requireNonNull(round.kubelet()))));
    }

    private void cases() {
        text.append("\n## The cases\n\n");
        report.byCase()
                .forEach((name, rounds) -> text.append("- ")
                        .append(rounds.get(0).title())
                        .append(" (`")
                        .append(name)
                        .append("`): `")
                        .append(rounds.get(0).command())
                        .append("`\n"));
    }

    private void differences() {
        if (report.agrees()) {
            return;
        }
        text.append("\n## What does not agree\n\n");
        report.results()
                .forEach(result -> result.disagreements()
                        .forEach(each -> text.append("- ")
                                .append(result.title())
                                .append(": ")
                                .append(each)
                                .append('\n')));
    }

    private void row(String... cells) {
        text.append("| ").append(String.join(" | ", cells)).append(" |\n");
    }

    private static <T> String numbers(List<T> rounds, Function<T, String> number) {
        List<String> all = rounds.stream().map(number).toList();
        return all.stream().distinct().count() == 1 ? all.get(0) : String.join(" / ", all);
    }

    private static String number(@Nullable Long count) {
        return count == null ? "" : Counts.exact(count);
    }
}
