package dev.kubechurn.sim.conform;

/** Plays vectors of one format. */
interface VectorRunner {

    /** Whether the vector is of this format. */
    boolean takes(Vector vector);

    /**
     * Plays the vector.
     *
     * @throws Mismatch if it does not hold
     * @throws VectorException if it is not what its format says
     */
    void play(Vector vector) throws VectorException;
}
