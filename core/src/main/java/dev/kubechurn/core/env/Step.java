package dev.kubechurn.core.env;

/** What one source or one entry contributes; steps are taken one after the other (E4). */
sealed interface Step {

    /** Needs nothing but what is known. */
    record Local(Action action) implements Step {}

    /** Needs an object; left out without a word where that is optional and not there (E17, E35). */
    record FromObject(ObjectReference object, ObjectAction action) implements Step {}

    /** Sets variables. */
    @FunctionalInterface
    interface Action {
        void apply(Variables variables) throws ResolutionException;
    }

    /** Sets variables from an object. */
    @FunctionalInterface
    interface ObjectAction {
        void apply(Variables variables, ObjectData data) throws ResolutionException;
    }
}
