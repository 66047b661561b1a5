package dev.kubechurn.core.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kubechurn.core.api.ObjectKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which entries a sweep looks at (S9): each when it asked to be looked at, and none that has left. */
class IdleQueueTest {

    private static final int LONGEST = 7;

    private static final class Item extends IdleQueue.Entry<Item> {

        private final AtomicInteger visits = new AtomicInteger();

        Item() {
            super(new ObjectKey("ns", "item"));
        }

        @Override
        Object monitor() {
            return this;
        }

        @Override
        void referenced(int count) {}

        @Override
        void release() {}
    }

    @Test
    void anArrivalIsLookedAtInTheNextSweep() {
        IdleQueue<Item> queue = new IdleQueue<>(LONGEST);
        List<Item> items = List.of(new Item(), new Item(), new Item());
        items.forEach(queue::add);
        assertThat(items).allMatch(Item::isQueued);
        List<Item> seen = new ArrayList<>();
        queue.sweep(item -> {
            seen.add(item);
            queue.leave(item);
            return 0;
        });
        assertThat(seen).containsExactlyInAnyOrderElementsOf(items);
        assertThat(items).noneMatch(Item::isQueued);
        queue.sweep(item -> {
            throw new AssertionError("all have left");
        });
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void eachComesUpWhenItAskedToAtTheLatestAfterTheLongestTime(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        IdleQueue<Item> queue = new IdleQueue<>(LONGEST);
        Map<Item, Integer> due = new HashMap<>();
        for (int sweep = 1; sweep <= 200; sweep++) {
            for (int i = random.nextInt(3); i > 0; i--) {
                Item item = new Item();
                queue.add(item);
                due.put(item, sweep);
            }
            int now = sweep;
            List<Item> expected = due.entrySet().stream()
                    .filter(entry -> entry.getValue() == now)
                    .map(Map.Entry::getKey)
                    .toList();
            List<Item> seen = new ArrayList<>();
            queue.sweep(item -> {
                seen.add(item);
                int again = random.nextInt(LONGEST + 3);
                if (again == 0) {
                    queue.leave(item);
                    due.remove(item);
                } else {
                    due.put(item, now + Math.min(LONGEST, again));
                }
                return again;
            });
            assertThat(seen).as("seed %d, sweep %d", seed, sweep).containsExactlyInAnyOrderElementsOf(expected);
        }
        assertThat(due.keySet()).allMatch(Item::isQueued);
    }

    @Test
    void noneIsLostWhereThreadsAddWhileItSweeps() throws Exception {
        int each = 20_000;
        IdleQueue<Item> queue = new IdleQueue<>(LONGEST);
        AtomicBoolean done = new AtomicBoolean();
        ExecutorService threads = Executors.newFixedThreadPool(3);
        try {
            Callable<List<Item>> adding = () -> {
                List<Item> added = new ArrayList<>();
                for (int i = 0; i < each; i++) {
                    Item item = new Item();
                    queue.add(item);
                    added.add(item);
                }
                return added;
            };
            Future<List<Item>> first = threads.submit(adding);
            Future<List<Item>> second = threads.submit(adding);
            Future<?> sweeper = threads.submit(() -> {
                while (!done.get()) {
                    queue.sweep(item -> visit(queue, item));
                }
            });
            List<Item> all = new ArrayList<>(first.get());
            all.addAll(second.get());
            done.set(true);
            sweeper.get();
            for (int i = 0; i <= LONGEST; i++) {
                queue.sweep(item -> visit(queue, item));
            }
            assertThat(all).hasSize(2 * each).allMatch(item -> item.visits.get() == 2 && !item.isQueued());
        } finally {
            threads.shutdownNow();
        }
    }

    private static int visit(IdleQueue<Item> queue, Item item) {
        if (item.visits.incrementAndGet() == 2) {
            queue.leave(item);
            return 0;
        }
        return 1 + item.hashCode() % LONGEST;
    }
}
