package dev.kubechurn.core.api;

import io.fabric8.kubernetes.api.model.Pod;

/**
 * Where the kubelet's events about its pods go: to an API server, a log or a test. Implementations must not block and
 * must be safe from any thread; they are called on whatever thread does the work that the event is about.
 */
@FunctionalInterface
public interface EventRecorder {

    /**
     * Takes one event.
     *
     * @param reason one word in CamelCase, such as {@code InvalidEnvironmentVariableNames}
     * @param message one line for people; never holds an object's content
     */
    void event(Pod pod, Type type, String reason, String message);

    /** How serious an event is. */
    enum Type {
        NORMAL("Normal"),
        WARNING("Warning");

        private final String text;

        Type(String text) {
            this.text = text;
        }

        /** The word that an Event object has in {@code type}. */
        public String text() {
            return text;
        }
    }
}
