package dev.kubechurn.core.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kubechurn.core.api.ObjectKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** An entry is there as long as its references say, whoever else comes and goes (M9). */
final class ReferencedEntriesTest {

    private static final int SEEDS = 200;

    /** Those that came in: one made while another thread came in with its own is thrown away. */
    private final Queue<Named> cameIn = new ConcurrentLinkedQueue<>();

    private final ReferencedEntries<Named> entries = new ReferencedEntries<>(Named::new);

    private final class Named extends ReferencedEntries.Entry {

        private volatile boolean released;

        Named(ObjectKey key) {
            super(key);
        }

        @Override
        Object monitor() {
            return this;
        }

        @Override
        void referenced(int count) {
            assertThat(released).isFalse();
            assertThat(count).isEqualTo(references());
            if (count == 1) {
                cameIn.add(this);
            }
        }

        @Override
        void release() {
            released = true;
        }
    }

    static IntStream seeds() {
        int first = Integer.getInteger("kubechurn.seed", 1);
        return IntStream.range(first, first + SEEDS);
    }

    @ParameterizedTest(name = "-Dkubechurn.seed={0}")
    @MethodSource("seeds")
    void countsAsAMapDoes(int seed) {
        SplittableRandom random = new SplittableRandom(seed);
        int names = 1 + random.nextInt(random.nextBoolean() ? 12 : 100);
        SortedMap<ObjectKey, Integer> model = new TreeMap<>();
        for (int step = 0; step < 400; step++) {
            ObjectKey key = new ObjectKey("ns-" + random.nextInt(2), "name-" + random.nextInt(names));
            // Phases that grow and phases that shrink.
            if (random.nextInt(10) < (step / 100 % 2 == 0 ? 7 : 3)) {
                entries.addReference(key.namespace(), key.name());
                model.merge(key, 1, Integer::sum);
            } else {
                Named before = entries.find(key.namespace(), key.name());
                entries.deleteReference(key.namespace(), key.name());
                model.computeIfPresent(key, (same, count) -> count == 1 ? null : count - 1);
                assertThat(before == null || before.released).isEqualTo(!model.containsKey(key));
            }
            Named found = entries.find(key.namespace(), key.name());
            assertThat(found == null ? null : found.key()).isEqualTo(model.containsKey(key) ? key : null);
        }
        assertThat(entries.references()).isEqualTo(model);
        List<ObjectKey> inOrder = new ArrayList<>();
        entries.forEachInOrder(entry -> inOrder.add(entry.key()));
        assertThat(inOrder).containsExactlyElementsOf(model.keySet());
        List<ObjectKey> all = new ArrayList<>();
        entries.forEach(entry -> all.add(entry.key()));
        assertThat(all).containsExactlyInAnyOrderElementsOf(model.keySet());
    }

    /** Two threads take turns with the only reference: nobody's count is lost, and each entry is released once. */
    @Test
    void nobodysReferenceIsLost() throws Exception {
        ObjectKey key = new ObjectKey("ns", "shared");
        List<Thread> threads = new ArrayList<>();
        AtomicLong unseen = new AtomicLong();
        for (int i = 0; i < 2; i++) {
            threads.add(new Thread(() -> {
                for (int round = 0; round < 20_000; round++) {
                    entries.addReference(key.namespace(), key.name());
                    Named mine = entries.find("ns", "shared");
                    if (mine == null || mine.released) {
                        unseen.incrementAndGet();
                    }
                    entries.deleteReference(key.namespace(), key.name());
                }
            }));
        }
        threads.forEach(Thread::start);
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(unseen).hasValue(0);
        assertThat(entries.references()).isEmpty();
        assertThat(entries.find("ns", "shared")).isNull();
        assertThat(cameIn).isNotEmpty().allMatch(entry -> entry.released);
    }

    /** While others come and go around it an entry that stays is found. */
    @Test
    void anEntryThatStaysIsAlwaysFound() throws Exception {
        ObjectKey stays = new ObjectKey("ns", "stays");
        entries.addReference(stays.namespace(), stays.name());
        AtomicBoolean over = new AtomicBoolean();
        AtomicLong missed = new AtomicLong();
        Thread reader = new Thread(() -> {
            while (!over.get()) {
                if (entries.find("ns", "stays") == null) {
                    missed.incrementAndGet();
                }
            }
        });
        reader.start();
        SplittableRandom random = new SplittableRandom(7);
        for (int round = 0; round < 300; round++) {
            int count = 1 + random.nextInt(60);
            for (int i = 0; i < count; i++) {
                entries.addReference("ns", "n" + i);
            }
            for (int i = 0; i < count; i++) {
                entries.deleteReference("ns", "n" + i);
            }
        }
        over.set(true);
        reader.join();
        assertThat(missed).hasValue(0);
        assertThat(entries.references()).containsOnlyKeys(stays);
    }
}
