package dev.kubechurn.sim.check;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/** The broken invariants of one run: all are counted, the first few of each are told. Safe from any thread. */
public final class Violations {

    private static final int TOLD = 10;

    private final LongSupplier elapsedNanos;
    private final Runnable onFirst;

    // Guarded by this.
    private final Map<Check, Integer> counts = new EnumMap<>(Check.class);
    private final Map<Check, List<String>> messages = new EnumMap<>(Check.class);
    private final Map<Check, String> notChecked = new EnumMap<>(Check.class);

    /** Of a run whose time nobody asks for. */
    public Violations() {
        this(() -> 0, () -> {});
    }

    /**
     * Of a run.
     *
     * @param elapsedNanos since the run began; told with each violation where it is positive
     * @param onFirst run when the first is noted, on the thread that found it; must be short
     */
    public Violations(LongSupplier elapsedNanos, Runnable onFirst) {
        this.elapsedNanos = elapsedNanos;
        this.onFirst = onFirst;
    }

    /**
     * Notes one.
     *
     * @param message what was expected and what was found, with the node and the object; no content of objects
     */
    public void add(Check check, String message) {
        if (note(check, message)) {
            onFirst.run();
        }
    }

    private synchronized boolean note(Check check, String message) {
        boolean first = counts.isEmpty();
        counts.merge(check, 1, Integer::sum);
        List<String> told = messages.computeIfAbsent(check, c -> new ArrayList<>());
        if (told.size() < TOLD) {
            told.add(when() + message);
        }
        return first;
    }

    private String when() {
        long nanos = elapsedNanos.getAsLong();
        return nanos <= 0 ? "" : String.format(Locale.ROOT, "at %.3f s: ", nanos / 1e9);
    }

    /** Notes that the run cannot tell whether the rest of a check would hold, and why. */
    public synchronized void cannotTell(Check check, String why) {
        notChecked.putIfAbsent(check, why);
    }

    /** Why the run cannot tell; empty where it can. */
    public synchronized Optional<String> whyNotChecked(Check check) {
        return Optional.ofNullable(notChecked.get(check));
    }

    public synchronized int count(Check check) {
        return counts.getOrDefault(check, 0);
    }

    public synchronized int total() {
        return counts.values().stream().mapToInt(Integer::intValue).sum();
    }

    /** What is told of one check, the first violations only. */
    public synchronized List<String> messages(Check check) {
        return List.copyOf(messages.getOrDefault(check, List.of()));
    }
}
