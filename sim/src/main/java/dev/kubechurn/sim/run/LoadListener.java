package dev.kubechurn.sim.run;

/** Hears when the load of a run begins and ends. Called on the run's thread, which waits for it. */
public interface LoadListener {

    /** Hears nothing. */
    LoadListener NONE = new LoadListener() {
        @Override
        public void begins() {}

        @Override
        public void ended() {}
    };

    /** All objects are there, and no kubelet is yet. */
    void begins();

    /** The load is over, and no check has begun: what is open now was open at its end. */
    void ended();
}
