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

            `kubechurn validate` writes this page. It compares three counts of the same load: what virtual time **predicts**, what
            the simulated kubelets **sent** to a real API server (counted at the client), and what that server **counted** itself
            (`apiserver_request_total`, `apiserver_longrunning_requests` and `apiserver_watch_events_sizes` under `/metrics`). If
            the kubelet's own ConfigMap and Secret managers are available, the same pods run through them too.

            """;

    /** Not equal, by no more than the case allows. */
    private static final String CLOSE = "within tolerance";

    private static final String READING = """
            "Predicted" and "sent" cover the load. Requests of the checks after the load follow a `+`. The server counts both. If all
            rounds give the same number, the table shows it once; otherwise it shows one number per round, separated by `/`. The
            server's counts exclude requests and watches of all namespaces, which controllers make; watches that lived for more than a
            minute, if those of the run are shorter; and the events that such watches receive for each write, calibrated with ten
            writes before the first round. The server counts a watch when it ends.

            """;

    private static final String ELSEWHERE = """

            ## Measured elsewhere

            These figures come from separate measurements with Kubernetes v1.37.2, not from the run above.

            - 40 nodes and 800 pods at rest: 1,957 lists and 1,957 watches predicted, sent, and counted by kube-apiserver.
            - 148,007 random environments against the kubelet's own `makeEnvironmentVariables`: differences in seven narrow classes,
              which are fixed since.
            - 300 random scripts against the kubelet's own managers under calm load: no difference.
            - CPU time compared with the kubelet's Go code for the same work: a lookup among 10,000 objects takes 13 times less,
              registering and unregistering a pod 3 times less, an environment of 20 variables with 100 services 26 to 38 times less.
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
        text.append(ELSEWHERE);
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
            text.append("Not available in this run: `--realmanager FILE` names the program that contains them.\n");
            return;
        }
        text.append("""
                The same pods and objects through `k8s.io/kubernetes/pkg/kubelet`, counted by the server: our counts first, theirs second.
                Cases with churn and restarts are missing, because that program cannot run them. Cases in which the gets of Cache and Get
                depend on when each pod is read again are missing too, because kubelets draw that time at random.

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
            text.append("\nNot included: ")
                    .append(Counts.exact(relists))
                    .append(
                            " relists of the kubelet's managers, each with a watch, after the server had refused a watch.\n");
        }
        text.append("""

                Bytes per event are for the same objects: kubelets request protobuf, our client requests JSON.
                """);
    }

    private static String bytes(List<CaseResult> rounds) {
        boolean known = rounds.stream()
                .allMatch(round -> Objects.requireNonNull(round.kubelet()).bytesPerEvent() > 0);
        return known ? sides(rounds, CaseResult::bytesPerEvent, KubeletFigures::bytesPerEvent) : "";
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
