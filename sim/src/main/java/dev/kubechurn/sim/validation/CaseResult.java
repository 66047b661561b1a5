package dev.kubechurn.sim.validation;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What one round of a case found. Immutable.
 *
 * @param command that repeats its run
 * @param bytesPerEvent that the server sent to our watches; 0 where it sent no event
 * @param kubelet null where the kubelet's managers were not there, or cannot be asked for this
 * @param violations of the checks of both runs
 */
public record CaseResult(
        String name,
        String title,
        String command,
        List<Figure> figures,
        long bytesPerEvent,
        @Nullable KubeletFigures kubelet,
        List<String> violations) {

    public CaseResult {
        figures = List.copyOf(figures);
        violations = List.copyOf(violations);
    }

    long sent(String figure) {
        return figures.stream()
                .filter(each -> each.name().equals(figure))
                .mapToLong(Figure::sent)
                .findFirst()
                .orElseThrow();
    }

    /** What does not agree, for people; empty where all does. */
    public List<String> disagreements() {
        List<String> all = new ArrayList<>(violations);
        for (Figure figure : figures) {
            if (!figure.agrees()) {
                all.add(figure.name() + ": " + figure.predicted() + " predicted, " + figure.sent() + " sent and "
                        + figure.ofChecks() + " by checks, " + figure.counted() + " counted by the server");
            }
        }
        if (kubelet != null) {
            all.addAll(differences(kubelet));
        }
        return all;
    }

    /** All figures in one line. */
    public String line() {
        String ours = figures.stream()
                .filter(figure -> figure.sent() + figure.ofChecks() > 0 || !figure.isEqual())
                .map(figure -> figure.name() + " " + figure.predicted() + " = " + figure.sent()
                        + (figure.ofChecks() == 0 ? "" : " + " + figure.ofChecks()) + " = " + figure.counted())
                .collect(Collectors.joining(" · "));
        String theirs = kubelet == null
                ? ""
                : " · kubelet: " + kubelet.lists() + " list (" + kubelet.relists() + " relists), " + kubelet.watches()
                        + " watch, " + kubelet.gets()
                        + " get, "
                        + kubelet.open() + " open, " + kubelet.events() + " events of " + kubelet.bytesPerEvent()
                        + " B (ours "
                        + bytesPerEvent + " B)";
        return name + ": " + ours + theirs;
    }

    /** Ours and the kubelet's managers did the same. */
    boolean asTheKubelet() {
        return kubelet != null && differences(kubelet).isEmpty();
    }

    private List<String> differences(KubeletFigures theirs) {
        List<String> all = new ArrayList<>();
        differs(all, Figure.LISTS, theirs.lists() - theirs.relists());
        differs(all, Figure.WATCHES, theirs.watches() - theirs.relists());
        differs(all, Figure.GETS, theirs.gets());
        differs(all, Figure.OPEN, theirs.open());
        if (theirs.updated() && theirs.events() != theirs.open()) {
            all.add("events: " + theirs.events() + " to the kubelet's managers for one update of each object of "
                    + theirs.open() + " watches");
        }
        if (!theirs.agreesWithItself()) {
            all.add("the kubelet's managers and the server count their requests differently");
        }
        return all;
    }

    private void differs(List<String> into, String figure, long theirs) {
        if (sent(figure) != theirs) {
            into.add(figure + ": " + sent(figure) + " from ours, " + theirs + " from the kubelet's managers");
        }
    }
}
