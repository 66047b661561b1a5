package dev.kubechurn.sim.run;

import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/**
 * What this process holds of the machine, for seeing that a run leaves nothing behind.
 *
 * @param threads that live, the JVM's own too
 * @param descriptors open files and sockets; 0 where the system does not tell
 * @param heapBytes of what lives on the heap
 */
record ProcessFigures(int threads, long descriptors, long heapBytes) {

    /** Those of this moment, after a collection of the whole heap. */
    static ProcessFigures now() {
        System.gc();
        return new ProcessFigures(
                ManagementFactory.getThreadMXBean().getThreadCount(),
                openDescriptors(),
                ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
    }

    private static long openDescriptors() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix
                ? unix.getOpenFileDescriptorCount()
                : 0;
    }
}
