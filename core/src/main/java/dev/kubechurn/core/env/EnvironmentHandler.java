package dev.kubechurn.core.env;

/** Receives what became of one container's environment: exactly one of the two, once. Must not block. */
public interface EnvironmentHandler {

    /** All variables are known. */
    void resolved(Environment environment);

    /** The first error ended it: there are no variables at all (E4). */
    void failed(EnvironmentError error);
}
