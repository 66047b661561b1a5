package dev.kubechurn.sim.manifests;

import dev.kubechurn.sim.yaml.Origin;
import org.jspecify.annotations.Nullable;

/** An object that does not fit its kind, told so that it goes after the object's name, and without any value. */
final class Misfit extends Exception {

    private static final long serialVersionUID = 1L;

    private final transient @Nullable Origin origin;
    private final String problem;

    /** @param origin null: the object as a whole */
    Misfit(@Nullable Origin origin, String problem) {
        super(problem, null, false, false);
        this.origin = origin;
        this.problem = problem;
    }

    @Nullable
    Origin origin() {
        return origin;
    }

    String problem() {
        return problem;
    }
}
