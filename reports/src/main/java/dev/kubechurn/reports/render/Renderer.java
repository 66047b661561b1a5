package dev.kubechurn.reports.render;

import dev.kubechurn.reports.result.RunResult;

/** Turns results into text; the same result always into the same. */
@FunctionalInterface
public interface Renderer {

    /** The whole text, ending with a line end unless it is empty. */
    String render(RunResult result);
}
