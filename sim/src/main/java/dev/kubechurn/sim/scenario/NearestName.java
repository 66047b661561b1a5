package dev.kubechurn.sim.scenario;

import java.util.Collection;
import java.util.Locale;
import java.util.Optional;

/** The search for what somebody meant by a name that does not exist. */
final class NearestName {

    private static final int LONGEST = 60;

    private NearestName() {}

    /** The candidate with the fewest edits, if they are few enough for a slip; of equals, the first. */
    static Optional<String> of(String name, Collection<String> candidates) {
        int limit = name.length() > LONGEST ? -1 : Math.max(1, name.length() / 3);
        Optional<String> best = Optional.empty();
        for (String candidate : candidates) {
            int edits = edits(name.toLowerCase(Locale.ROOT), candidate.toLowerCase(Locale.ROOT));
            if (edits <= limit) {
                best = Optional.of(candidate);
                limit = edits - 1;
            }
        }
        return best;
    }

    /** Insertions, deletions, substitutions and swaps of neighbours (optimal string alignment). */
    static int edits(String a, String b) {
        int[][] table = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                table[i][j] = i == 0 || j == 0 ? i + j : cheapest(table, a, b, i, j);
            }
        }
        return table[a.length()][b.length()];
    }

    private static int cheapest(int[][] table, String a, String b, int i, int j) {
        int substitution = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
        int best = Math.min(table[i - 1][j - 1] + substitution, Math.min(table[i - 1][j], table[i][j - 1]) + 1);
        boolean swapped = i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
        return swapped ? Math.min(best, table[i - 2][j - 2] + 1) : best;
    }
}
