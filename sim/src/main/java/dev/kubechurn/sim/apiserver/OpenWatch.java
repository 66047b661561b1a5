package dev.kubechurn.sim.apiserver;

import java.util.Optional;

/**
 * An open watch as it shows from outside.
 *
 * @param namespace empty for all
 * @param name the one name it watches, if it watches one
 */
public record OpenWatch(Resource resource, String namespace, Optional<String> name) {

    static OpenWatch of(Selection selection) {
        return new OpenWatch(
                selection.resource(), selection.scope(), selection.fields().exactName());
    }
}
