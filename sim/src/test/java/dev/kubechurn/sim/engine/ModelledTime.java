package dev.kubechurn.sim.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kubechurn.core.api.Timer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;

/** A {@link VirtualTime} whose every step is compared with a sorted list of what is scheduled. */
final class ModelledTime {

    private static final Comparator<Planned> ORDER =
            Comparator.comparingLong(Planned::dueNanos).thenComparingLong(Planned::number);
    private static final long DAY_NANOS = 86_400_000_000_000L;

    private final String name;
    private final SplittableRandom random;
    private final VirtualTime time = new VirtualTime();
    private final List<Planned> plan = new ArrayList<>();
    private final List<Probe> idle = new ArrayList<>();
    private long now;
    private long end;
    private long number;
    private long fired;

    ModelledTime(long seed) {
        name = "-Dkubechurn.seed=" + seed;
        random = new SplittableRandom(seed);
    }

    long fired() {
        return fired;
    }

    /** Does something and compares. */
    void step() {
        switch (random.nextInt(13)) {
            case 0 -> burst(random.nextInt(400), 1L << random.nextInt(44));
            case 1 -> cancelMany();
            case 2, 3 -> runSome(random.nextInt(1, 20));
            case 4, 5, 6 -> runUntil(later(random.nextLong(1L << (1 + random.nextInt(44)))));
            case 7 -> runUntil(now);
            case 8 -> assertThat(time.nextDueNanos()).as(name).isEqualTo(nextDue());
            case 9 -> cancelOne();
            case 10 -> crowdBeforeTheNext();
            default -> scheduleOne();
        }
        assertThat(time.pendingTimers()).as(name).isEqualTo(plan.size());
        assertThat(time.nanos()).as(name).isEqualTo(now);
        assertThat(time.fired()).as(name).isEqualTo(fired);
    }

    /** Fires all that is left, to the end of time. */
    void drain() {
        runUntil(Long.MAX_VALUE);
        assertThat(time.pendingTimers()).as(name).isZero();
    }

    /** But does not leap to the end of time, where little is left to be found. */
    private void runSome(int count) {
        for (int i = 0; i < count && nextDue() < later(DAY_NANOS); i++) {
            runNext();
        }
    }

    private void runNext() {
        end = Long.MAX_VALUE;
        long before = fired;
        boolean any = !plan.isEmpty();
        assertThat(time.runNext()).as(name).isEqualTo(any);
        assertThat(fired).as(name).isEqualTo(any ? before + 1 : before);
    }

    private void runUntil(long moment) {
        end = moment;
        long before = fired;
        long count = time.runUntil(moment);
        assertThat(count).as(name).isEqualTo(fired - before);
        assertThat(nextDue())
                .as("%s: what is left after %d", name, moment)
                .matches(due -> due > moment || plan.isEmpty());
        now = moment;
    }

    private long later(long delay) {
        return now > Long.MAX_VALUE - delay ? Long.MAX_VALUE : now + delay;
    }

    private long nextDue() {
        return plan.isEmpty() ? Long.MAX_VALUE : plan.get(0).dueNanos;
    }

    /** Many within a window: slots with many entries, and a crowd in the heap if the base is ahead of it. */
    private void burst(int count, long windowNanos) {
        for (int i = 0; i < count; i++) {
            schedule(idleProbe(), random.nextLong(windowNanos));
        }
    }

    /** Has the queue look ahead past a cancelled timer, and then schedules many before what it saw. */
    private void crowdBeforeTheNext() {
        long ahead = boundary(6) - now;
        for (int i = 0; i < 100; i++) {
            schedule(idleProbe(), ahead + random.nextLong(1L << 36)); // one slot that has many slots below it
        }
        schedule(idleProbe(), 1);
        cancel(0);
        long next = nextDue();
        assertThat(time.nextDueNanos()).as(name).isEqualTo(next);
        if (random.nextBoolean()) {
            cancel(0); // what it saw
        }
        burst(300, Math.max(1, (next - now) / 2));
    }

    /** Most of what waits: their entries outnumber the others. Every other one is scheduled anew. */
    private void cancelMany() {
        for (int i = plan.size() * 9 / 10; i > 0; i--) {
            Probe probe = cancelOne();
            if (i % 2 == 0) {
                schedule(probe, delay());
            }
        }
    }

    private Probe cancelOne() {
        if (plan.isEmpty()) {
            return idleProbe();
        }
        return cancel(random.nextInt(plan.size()));
    }

    private Probe cancel(int place) {
        Planned planned = plan.remove(place);
        time.cancel(planned.probe);
        time.cancel(planned.probe);
        idle.add(planned.probe);
        return planned.probe;
    }

    private void scheduleOne() {
        schedule(idleProbe(), delay());
    }

    private void schedule(Probe probe, long delayNanos) {
        idle.remove(probe);
        time.schedule(probe, delayNanos);
        Planned planned = new Planned(later(Math.max(0, delayNanos)), number++, probe);
        plan.add(-1 - Collections.binarySearch(plan, planned, ORDER), planned);
    }

    private Probe idleProbe() {
        return idle.isEmpty() ? new Probe() : idle.get(idle.size() - 1);
    }

    /** Short ones, long ones, equal times and the neighbourhood of the wheel's boundaries. */
    private long delay() {
        return switch (random.nextInt(10)) {
            case 0 -> 0;
            case 1 -> -random.nextLong(5);
            case 2 -> random.nextLong(5);
            case 3 -> plan.isEmpty() ? 1 : plan.get(random.nextInt(plan.size())).dueNanos - now;
            case 4, 5 -> boundary(random.nextInt(10)) - now + random.nextInt(-2, 3);
            case 6 -> random.nextLong(1_000 * DAY_NANOS);
            case 7 -> Long.MAX_VALUE - random.nextLong(3);
            default -> random.nextLong(1L << (1 + random.nextInt(40)));
        };
    }

    /** The next moment at which a certain digit of six bits changes. */
    private long boundary(int digit) {
        int shift = 6 * digit;
        return ((now >>> shift) + 1) << shift;
    }

    /** What the list says about one time that a timer is scheduled. */
    private record Planned(long dueNanos, long number, Probe probe) {}

    /** Compares when it fires, and does something out of its callback. */
    private final class Probe extends Timer {

        @Override
        public void fire() {
            assertThat(plan).as(name).isNotEmpty();
            Planned first = plan.remove(0);
            assertThat(this)
                    .as("%s: the next by the list is due at %d", name, first.dueNanos)
                    .isSameAs(first.probe);
            assertThat(time.nanos()).as(name).isEqualTo(first.dueNanos).isLessThanOrEqualTo(end);
            now = first.dueNanos;
            fired++;
            idle.add(this);
            act();
        }

        /** Schedules less than one timer on average, so that every history has an end. */
        private void act() {
            int choice = random.nextInt(10);
            if (choice < 4) {
                schedule(this, delay());
            } else if (choice < 6) {
                cancelOne();
            } else if (choice < 8) {
                schedule(cancelOne(), delay());
            } else if (choice == 8) {
                scheduleOne();
            }
        }
    }
}
