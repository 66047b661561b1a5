package dev.kubechurn.core.fabric8;

/** How many connections there are and were. Safe from any thread. */
final class ConnectionTally {

    // Guarded by this.
    private long opened;
    private int open;
    private int peak;

    synchronized void opened() {
        opened++;
        open++;
        peak = Math.max(peak, open);
    }

    synchronized void closed() {
        open--;
    }

    synchronized MultiplexedClients.Connections counts() {
        return new MultiplexedClients.Connections(open, peak, opened);
    }
}
