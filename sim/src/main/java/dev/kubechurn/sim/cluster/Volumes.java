package dev.kubechurn.sim.cluster;

import dev.kubechurn.core.volume.VolumePayload;

/** What becomes of the volumes' payloads. Safe from any thread. */
public interface Volumes extends AutoCloseable {

    /**
     * Has a volume show a payload; one call at a time for one volume.
     *
     * @param pod names the pod among all of the run; a name that a directory can have
     * @param published called once, within this call or later on another thread, when the volume shows it
     */
    void publish(String pod, String volume, VolumePayload payload, Runnable published);

    /** The pod is gone, its volumes with it. */
    void remove(String pod);

    @Override
    void close();

    /** Payloads are made and checked, and no files are written. */
    static Volumes payloadsOnly() {
        return new Volumes() {
            @Override
            public void publish(String pod, String volume, VolumePayload payload, Runnable published) {
                published.run();
            }

            @Override
            public void remove(String pod) {}

            @Override
            public void close() {}
        };
    }
}
