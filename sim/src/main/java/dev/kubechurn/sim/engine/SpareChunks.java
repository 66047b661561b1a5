package dev.kubechurn.sim.engine;

import org.jspecify.annotations.Nullable;

/** The chunks that wait to be used again, so that a steady run allocates none. */
final class SpareChunks {

    /** So few may always wait; beyond that, no more than are in use. */
    private static final int FEW = 64;

    private @Nullable TimerChunk spare;
    private int spares;
    private int used;

    /** An empty chunk on top of a stack. */
    TimerChunk push(@Nullable TimerChunk stack) {
        TimerChunk chunk = spare;
        if (chunk == null) {
            chunk = new TimerChunk();
        } else {
            spare = chunk.below;
            spares--;
        }
        used++;
        chunk.below = stack;
        return chunk;
    }

    /** Hands all entries of a stack over; its chunks may be in use again meanwhile. */
    void drain(@Nullable TimerChunk stack, TimerEntries taker) {
        TimerChunk chunk = stack;
        while (chunk != null) {
            TimerChunk below = chunk.below;
            chunk.drainTo(taker);
            free(chunk);
            chunk = below;
        }
    }

    /** The same with the entries whose timers still wait; returns how many it dropped. */
    int drainWaiting(@Nullable TimerChunk stack, TimerEntries taker) {
        int dropped = 0;
        TimerChunk chunk = stack;
        while (chunk != null) {
            TimerChunk below = chunk.below;
            dropped += chunk.drainWaitingTo(taker);
            free(chunk);
            chunk = below;
        }
        return dropped;
    }

    private void free(TimerChunk chunk) {
        used--;
        if (spares < used + FEW) {
            chunk.below = spare;
            spare = chunk;
            spares++;
        }
    }
}
