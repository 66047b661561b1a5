package dev.kubechurn.sim.cluster;

import dev.kubechurn.core.volume.VolumePayload;

/** What becomes of the volumes' payloads. Safe from any thread. */
public interface Volumes extends AutoCloseable {

    /**
     * Has a volume show a payload; one call at a time for one volume.
     *
     * @param pod names the pod among all of the run; a name that a directory can have
     * @param publication told once what became of it, within this call or later on another thread; not after
     *     {@link #stop}
     */
    void publish(String pod, String volume, VolumePayload payload, Publication publication);

    /** The pod is gone, its volumes with it. */
    void remove(String pod);

    /** Nothing is published any more. */
    void stop();

    /**
     * Removes what is left, on the calling thread; after {@link #stop} and the end of all work.
     *
     * @throws java.io.UncheckedIOException if something cannot be removed, saying where it is
     */
    @Override
    void close();

    /** Hears what became of a payload. */
    interface Publication {

        /** The volume shows it. */
        void published();

        /** It cannot stand in a directory; the volume shows what it did before. */
        void refused();
    }

    /** Payloads are made and checked, and no files are written. */
    static Volumes payloadsOnly() {
        return new Volumes() {
            @Override
            public void publish(String pod, String volume, VolumePayload payload, Publication publication) {
                publication.published();
            }

            @Override
            public void remove(String pod) {}

            @Override
            public void stop() {}

            @Override
            public void close() {}
        };
    }
}
