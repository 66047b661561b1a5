package dev.kubechurn.core.store;

import dev.kubechurn.core.api.ApiError;
import dev.kubechurn.core.api.ObjectKey;
import dev.kubechurn.core.api.ObjectKind;

/** Why a read of an object failed. The texts are the kubelet's own and part of the contract. */
public sealed interface LookupError {

    /** One line for people; never holds an object's content. */
    String message();

    /** What a failed get of the object means, with the server's or the transport's own text (Cache, Get). */
    static LookupError of(ApiError error) {
        boolean notFound = error instanceof ApiError.Status status && status.notFound();
        return notFound ? new NotFound(error.message()) : new Unavailable(error.message());
    }

    /** No registered pod names the object (Watch, Cache). */
    record NotRegistered(ObjectKey key) implements LookupError {
        @Override
        public String message() {
            return "object \"" + key.namespace() + "\"/\"" + key.name() + "\" not registered";
        }
    }

    /** The first list did not arrive within a second of the read (Watch). */
    record SyncTimeout(ObjectKind<?> kind) implements LookupError {
        @Override
        public String message() {
            return "failed to sync " + kind.singular() + " cache: timed out waiting for the condition";
        }
    }

    /** The object is not there; from memory (Watch) or as the server said it (Cache, Get). */
    record NotFound(String message) implements LookupError {

        /** The text of the watching store, from memory. */
        static NotFound remembered(ObjectKind<?> kind, String name) {
            return new NotFound(kind.singular() + " \"" + name + "\" not found");
        }
    }

    /** The request failed otherwise and there is nothing older to give (Cache, Get). */
    record Unavailable(String message) implements LookupError {}
}
