package dev.kubechurn.bench;

import java.util.Arrays;

/** A four-ary heap; an event knows its place in it. */
final class FourAryQueue implements EventQueue {

    private HoldEvent[] heap = new HoldEvent[1024];
    private int size;
    private long now;
    private long sequence;

    @Override
    public long nanos() {
        return now;
    }

    @Override
    public void schedule(HoldEvent event, long delayNanos) {
        event.enqueue(now + delayNanos, sequence++, this);
        if (size == heap.length) {
            heap = Arrays.copyOf(heap, 2 * size);
        }
        up(size++, event);
    }

    @Override
    public void cancel(HoldEvent event) {
        event.dequeue();
        remove(event.place);
    }

    @Override
    public boolean runNext() {
        if (size == 0) {
            return false;
        }
        HoldEvent first = heap[0];
        remove(0);
        now = first.dueNanos();
        first.dequeue();
        first.fire();
        return true;
    }

    @SuppressWarnings("NullAway")
    private void remove(int place) {
        HoldEvent last = heap[--size];
        heap[size] = null;
        if (place < size) {
            if (place > 0 && before(last, heap[(place - 1) >> 2])) {
                up(place, last);
            } else {
                down(place, last);
            }
        }
    }

    private void up(int from, HoldEvent event) {
        int place = from;
        while (place > 0) {
            int parent = (place - 1) >> 2;
            if (!before(event, heap[parent])) {
                break;
            }
            put(place, heap[parent]);
            place = parent;
        }
        put(place, event);
    }

    private void down(int from, HoldEvent event) {
        int place = from;
        for (int child = 4 * place + 1; child < size; child = 4 * place + 1) {
            int least = child;
            int end = Math.min(child + 4, size);
            for (int i = child + 1; i < end; i++) {
                if (before(heap[i], heap[least])) {
                    least = i;
                }
            }
            if (before(event, heap[least])) {
                break;
            }
            put(place, heap[least]);
            place = least;
        }
        put(place, event);
    }

    private void put(int place, HoldEvent event) {
        heap[place] = event;
        event.place = place;
    }

    private static boolean before(HoldEvent one, HoldEvent other) {
        long a = one.dueNanos();
        long b = other.dueNanos();
        return a < b || (a == b && one.sequence() < other.sequence());
    }
}
