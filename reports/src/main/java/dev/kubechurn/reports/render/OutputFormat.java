package dev.kubechurn.reports.render;

import dev.kubechurn.reports.result.ResultJson;
import java.util.function.Function;

/** The forms in which a result can be had; to add one, add a constant. */
public enum OutputFormat {
    /** For people at a terminal. */
    TEXT(TerminalTable::new),
    /** For programs: the result itself. */
    JSON(presentation -> ResultJson::write);

    @SuppressWarnings("ImmutableEnumChecker") // both functions are stateless, which their type cannot say
    private final Function<Presentation, Renderer> constructor;

    OutputFormat(Function<Presentation, Renderer> constructor) {
        this.constructor = constructor;
    }

    public Renderer renderer(Presentation presentation) {
        return constructor.apply(presentation);
    }
}
