package dev.kubechurn.sim.conform;

import java.nio.file.Path;
import tools.jackson.databind.JsonNode;

/**
 * One vector of a file.
 *
 * @param rule that it is mainly about
 * @param body all of it
 */
record Vector(Path file, String name, String rule, JsonNode body) {

    /** For people: the file, the name and the rule. */
    String title() {
        return file.getFileName() + " \"" + name + "\" (" + rule + ")";
    }
}
