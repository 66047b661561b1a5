package dev.kubechurn.bench;

import dev.kubechurn.core.api.Timer;
import java.util.PriorityQueue;

/** The floor for the queue of virtual time: what the JDK has, with an entry for each time that a timer is scheduled. */
final class PriorityQueueTime implements EventQueue {

    private final PriorityQueue<Entry> queue = new PriorityQueue<>();
    private long now;
    private long sequence;

    @Override
    public long nanos() {
        return now;
    }

    @Override
    public void schedule(HoldEvent event, long delayNanos) {
        Entry entry = new Entry(event, now + delayNanos, sequence++);
        event.enqueue(entry.dueNanos, entry.sequence, entry);
        queue.add(entry);
    }

    /** The entry stays in the queue and is passed over. */
    @Override
    public void cancel(HoldEvent event) {
        event.dequeue();
    }

    @Override
    public boolean runNext() {
        Entry next = queue.poll();
        while (next != null && next.timer.slot() != next) {
            next = queue.poll();
        }
        if (next == null) {
            return false;
        }
        now = next.dueNanos;
        next.timer.dequeue();
        next.timer.fire();
        return true;
    }

    /** One time that a timer is scheduled. */
    private record Entry(Timer timer, long dueNanos, long sequence) implements Comparable<Entry> {

        @Override
        public int compareTo(Entry other) {
            int byTime = Long.compare(dueNanos, other.dueNanos);
            return byTime != 0 ? byTime : Long.compare(sequence, other.sequence);
        }
    }
}
