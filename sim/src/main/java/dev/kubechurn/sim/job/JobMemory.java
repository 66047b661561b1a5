package dev.kubechurn.sim.job;

import dev.kubechurn.reports.render.Bytes;

/** How much memory the container of a shard gets where nobody says, in bytes. The launcher gives 80 % of it to the heap. */
final class JobMemory {

    private static final long MIB = 1 << 20;
    private static final long STEP = 256 * MIB;
    private static final double HEAP = 0.8;

    /** A collector needs room to work in: as much as a run on one machine is advised to have. */
    private static final double ROOM = 1.25;

    /** What the JVM took beside its heap was 110 MiB in virtual time: that must fit into the other fifth. */
    private static final long LEAST_OF_SWEEP = 768 * MIB;

    /** What the JVM of a run takes beside its heap must fit into the other fifth: 210 MiB were measured with 8,000 watches. */
    private static final long LEAST_OF_RUN = 5 * 256 * MIB;

    /** Of a run's heap, whatever it watches. */
    private static final long RUN = 64 * MIB;

    /** Of heap: 27 KiB were live for each of 8,000 watches (docs/distributed.md), and the collector needs room to work in. */
    private static final long WATCH = 2 * 27 * 1024;

    /** Drawn scenarios are small. */
    static final long OF_FUZZ = 1024 * MIB;

    private JobMemory() {}

    /** @param watches of all shards together */
    static long ofRun(long watches, int shards) {
        long heap = RUN + (watches + shards - 1) / shards * WATCH;
        return Math.max(LEAST_OF_RUN, wholeSteps((long) Math.ceil(heap / HEAP)));
    }

    /** @param largest heap that any of its runs needs */
    static long ofSweep(long largest) {
        return Math.max(LEAST_OF_SWEEP, wholeSteps((long) Math.ceil(largest * ROOM / HEAP)));
    }

    /** Refuses a container whose heap a run of the sweep would not fit into: its shard would do so hours later. */
    static void requireHeap(long memory, long largest) throws JobException {
        if (memory * HEAP < largest) {
            throw new JobException(
                    "--memory " + JobQuantities.ofBytes(memory) + " is too little: one run needs a heap of "
                            + Bytes.format(largest) + ", and the heap is 80 % of the memory; use "
                            + JobQuantities.ofBytes(ofSweep(largest))
                            + ", or omit the option");
        }
    }

    private static long wholeSteps(long bytes) {
        return (bytes + STEP - 1) / STEP * STEP;
    }
}
