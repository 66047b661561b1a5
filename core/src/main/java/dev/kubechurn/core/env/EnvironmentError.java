package dev.kubechurn.core.env;

import static java.util.Objects.requireNonNull;

import dev.kubechurn.core.api.ObjectKey;
import dev.kubechurn.core.api.ObjectKind;
import dev.kubechurn.core.store.LookupError;

/**
 * Why a container has no environment. The texts are the kubelet's own and part of the contract; no value of a variable
 * ever stands in them.
 */
public sealed interface EnvironmentError {

    /** One line for people. */
    String message();

    /** The name of the kind of error, as the rules' table has it. */
    default String kind() {
        return getClass().getSimpleName();
    }

    /** {@code spec.enableServiceLinks} is not set: no API server has seen this pod (E1). */
    record ServiceLinksUnset() implements EnvironmentError {
        @Override
        public String message() {
            return "nil pod.spec.enableServiceLinks encountered, cannot construct envvars";
        }
    }

    /** The services have not been listed yet (E2). */
    record ServicesNotSynced() implements EnvironmentError {
        @Override
        public String message() {
            return "services have not yet been read at least once, cannot construct envvars";
        }
    }

    /** The manager could not give an object; its own words and its own kind: NotFound or another (E17, E33). */
    record LookupFailed(LookupError cause) implements EnvironmentError {

        public LookupFailed {
            requireNonNull(cause, "cause");
        }

        @Override
        public String message() {
            return cause.message();
        }

        @Override
        public String kind() {
            return cause.getClass().getSimpleName();
        }
    }

    /** The object has no such key (E34). */
    record KeyNotFound(ObjectKind<?> objectKind, ObjectKey object, String key) implements EnvironmentError {
        @Override
        public String message() {
            return "couldn't find key " + key + " in " + objectKind + " " + object;
        }
    }

    /** A {@code fieldRef} of another API version (E36), with a bad key (E39) or with another path (E43). */
    record InvalidFieldRef(String message) implements EnvironmentError {}

    /** A {@code resourceFieldRef} to another resource (E44), no container (E45) or with a quantity that is none (E51). */
    record InvalidResourceRef(String message) implements EnvironmentError {}

    /** The entry takes its value from something that this library does not read (X9); the kubelet may. */
    record NotSupported(String variable, String field) implements EnvironmentError {
        @Override
        public String message() {
            return "variable " + variable + ": valueFrom." + field + " is not supported";
        }
    }

    /**
     * {@code $(VAR)} references made more text than any container could be started with. The kubelet has no such bound;
     * here a few lines of YAML must not fill the memory.
     */
    record TooLarge(String variable, int limitChars) implements EnvironmentError {
        @Override
        public String message() {
            return "expanding variable " + variable + " produces more than " + limitChars
                    + " characters in this container: use fewer $(VAR) references to long values";
        }
    }
}
