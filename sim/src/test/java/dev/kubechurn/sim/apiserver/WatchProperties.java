package dev.kubechurn.sim.apiserver;

import static dev.kubechurn.sim.apiserver.StoreFixture.configMap;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kubechurn.core.api.ObjectKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** For random histories and random starts every watch sees exactly the matching rest of the history, in order. */
class WatchProperties {

    private static final int WRITES = 600;

    /** What happened once, kept apart from the store. */
    private record Change(
            long revision,
            ObjectKey key,
            @Nullable String before,
            @Nullable String after) {}

    private static final class Observed {
        final Selection selection;
        final long from;
        final RecordingSink sink = new RecordingSink();

        Observed(Selection selection, long from) {
            this.selection = selection;
            this.from = from;
        }
    }

    private final List<Change> history = new ArrayList<>();
    private final Map<ObjectKey, String> labels = new HashMap<>();
    private final List<Observed> watches = new ArrayList<>();

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 5, 8, 13, 21, 34, 55, 89})
    void everyWatchSeesTheMatchingSuffix(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        StoreFixture fixture = new StoreFixture(new ApiStore.Limits(WRITES / 2, 1 << 30), seed);

        for (int i = 0; i < WRITES; i++) {
            write(fixture, random, i);
            if (random.nextInt(4) == 0) {
                openWatch(fixture, random);
            }
        }

        assertThat(watches).as("seed %d", seed).hasSizeGreaterThan(WRITES / 16);
        for (Observed watch : watches) {
            assertThat(watch.sink.summary())
                    .as("seed %d, %s from %d", seed, watch.selection, watch.from)
                    .isEqualTo(expected(watch));
        }
    }

    private void write(StoreFixture fixture, SplittableRandom random, int step) {
        ObjectKey key = new ObjectKey("ns" + random.nextInt(3), "n" + random.nextInt(4));
        @Nullable String before = labels.get(key);
        if (before != null && random.nextInt(4) == 0) {
            StoredObject deleted = fixture.delete(key.namespace(), key.name());
            labels.remove(key);
            history.add(new Change(deleted.revision(), key, before, null));
            return;
        }
        String after = "v" + random.nextInt(3);
        var object = configMap(key.namespace(), key.name(), "step" + step, Map.of("l", after));
        StoredObject written = before == null ? fixture.store.create(object) : fixture.store.update(object);
        labels.put(key, after);
        history.add(new Change(written.revision(), key, before, after));
    }

    private void openWatch(StoreFixture fixture, SplittableRandom random) {
        long newest = fixture.store.revision();
        long oldest = Math.max(1, newest - WRITES / 2);
        Observed watch = new Observed(selection(random), oldest + random.nextLong(newest - oldest + 1));
        fixture.store.watch(WatchRequest.from(watch.selection, Long.toString(watch.from)), watch.sink);
        watches.add(watch);
    }

    private static Selection selection(SplittableRandom random) {
        String namespace = random.nextBoolean() ? "ns" + random.nextInt(3) : "";
        String fields = List.of("", "metadata.name=n1", "metadata.name!=n1", "metadata.namespace=ns1")
                .get(random.nextInt(4));
        String labelSelector = List.of("", "l=v1", "l!=v1", "l in (v0,v2)").get(random.nextInt(4));
        return new Selection(
                Resource.CONFIGMAPS, namespace, FieldSelector.parse(fields), LabelSelector.parse(labelSelector));
    }

    private List<String> expected(Observed watch) {
        List<String> expected = new ArrayList<>();
        for (Change change : history) {
            if (change.revision() <= watch.from) {
                continue;
            }
            boolean before = selects(watch.selection, change.key(), change.before());
            boolean after = selects(watch.selection, change.key(), change.after());
            if (after) {
                expected.add((before ? "MODIFIED at " : "ADDED at ") + change.revision());
            } else if (before) {
                expected.add("DELETED at " + change.revision());
            }
        }
        return expected;
    }

    /** The meaning of the selections above, written down a second time. */
    private static boolean selects(Selection selection, ObjectKey key, @Nullable String label) {
        if (label == null
                || (!selection.namespace().isEmpty() && !selection.namespace().equals(key.namespace()))) {
            return false;
        }
        boolean fields = selection.fields().requirements().stream().allMatch(requirement -> {
            String actual = requirement.field() == FieldSelector.Field.NAME ? key.name() : key.namespace();
            return requirement.equal() == actual.equals(requirement.value());
        });
        boolean labels = selection.labels().requirements().stream()
                .allMatch(requirement -> (requirement.operator() == LabelSelector.Operator.IN)
                        == requirement.values().contains(label));
        return fields && labels;
    }
}
