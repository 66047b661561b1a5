package dev.kubechurn.core.env;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Random pods, nodes and objects, resolved by the resolver and by a naive one (E1 to E51). System property
 * {@code kubechurn.seed} repeats one seed, {@code kubechurn.cases} says how many there are.
 */
class EnvironmentProperties {

    private static final int CASES = 50_000;

    @Test
    void agreesWithTheNaiveResolver() {
        Long only = Long.getLong("kubechurn.seed");
        if (only != null) {
            play(only);
            return;
        }
        int cases = Integer.getInteger("kubechurn.cases", CASES);
        int resolved = 0;
        int withEvents = 0;
        for (long seed = 0; seed < cases; seed++) {
            Outcome outcome = play(seed);
            resolved += outcome.env() == null ? 0 : 1;
            withEvents += outcome.events().isEmpty() ? 0 : 1;
        }
        // That it compares something: the same in every run, since the seeds are.
        assertThat(resolved).isBetween(cases / 3, cases * 9 / 10);
        assertThat(withEvents).isGreaterThan(cases / 20);
    }

    private static Outcome play(long seed) {
        try {
            RandomCase drawn = new RandomCase(seed);
            Outcome expected = new NaiveResolver(drawn.request, drawn.world, drawn.mode).resolve();
            requireSame(expected, drawn.world.resolve(drawn.request, drawn.mode));
            resolveLater(drawn, expected);
            return expected;
        } catch (AssertionError | RuntimeException e) {
            throw new AssertionError(
                    "seed " + seed + " (repeat with -Dkubechurn.seed=" + seed + "): " + e.getMessage(), e);
        }
    }

    /** Two containers at a time, and answers that come at once or later, of the two in any order. */
    private static void resolveLater(RandomCase drawn, Outcome expected) {
        List<Runnable> underWay = new ArrayList<>();
        drawn.world.reads.clear();
        drawn.world.events.clear();
        drawn.world.delivery = answer -> {
            if (drawn.chance(30)) {
                answer.run();
            } else {
                underWay.add(answer);
            }
        };
        ObjectWorld.Received first = new ObjectWorld.Received();
        ObjectWorld.Received second = new ObjectWorld.Received();
        EnvironmentResolver resolver = drawn.world.resolver(drawn.mode);
        resolver.resolve(drawn.request, first);
        resolver.resolve(drawn.request, second);
        while (!underWay.isEmpty()) {
            underWay.remove(drawn.random.nextInt(underWay.size())).run();
        }
        requireSameResult(expected, first.outcome(drawn.world));
        requireSameResult(expected, second.outcome(drawn.world));
        requireEqual(2 * expected.reads().size(), drawn.world.reads.size());
        requireEqual(2 * expected.events().size(), drawn.world.events.size());
    }

    private static void requireSame(Outcome expected, Outcome actual) {
        requireSameResult(expected, actual);
        requireEqual(expected.events(), actual.events());
        requireEqual(expected.reads(), actual.reads());
    }

    private static void requireSameResult(Outcome expected, Outcome actual) {
        requireEqual(expected.errorKind(), actual.errorKind());
        if (expected.env() != null) {
            requireEqual(expected.env(), actual.env());
            requireEqual(
                    new ArrayList<>(expected.env().keySet()),
                    new ArrayList<>(actual.variables().keySet()));
        }
        // Ours gives a reason behind E39's text.
        boolean withReason = expected.message().endsWith(": ");
        requireEqual(
                expected.message(),
                withReason ? actual.message().substring(0, expected.message().length()) : actual.message());
    }

    // Plain comparison: AssertJ's is ten times as slow, and this runs millions of times.
    private static void requireEqual(@Nullable Object expected, @Nullable Object actual) {
        if (!Objects.equals(expected, actual)) {
            throw new AssertionError("expected " + expected + " but was " + actual);
        }
    }
}
