package dev.kubechurn.core.store;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.kubechurn.core.testing.Samples;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What a read of a synced object costs the garbage collector. */
class ReadAllocationTest extends StoreRig {

    private static final int READS = 100_000;

    /** What the measuring itself may allocate; one object for each read would be 1.6 MB. */
    private static final long MEASURING_BYTES = 4_096;

    @Test
    @DisplayName("100,000 reads of a synced object by the fast path allocate nothing")
    void fastPathAllocatesNothing() {
        server.create(Samples.configMap("app", "a"));
        reference(APP);
        read(APP);
        long found = 0;
        long least = Long.MAX_VALUE;
        for (int round = 0; round < 5; round++) {
            long before = allocated();
            found += reads();
            least = Math.min(least, allocated() - before);
        }

        assertThat(found).isEqualTo(5L * READS);
        assertThat(least).isLessThanOrEqualTo(MEASURING_BYTES);
    }

    private int reads() {
        int found = 0;
        for (int i = 0; i < READS; i++) {
            if (store.getNow("shop", "app") != null) {
                found++;
            }
        }
        return found;
    }

    private static long allocated() {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        return threads.getThreadAllocatedBytes(Thread.currentThread().getId());
    }
}
