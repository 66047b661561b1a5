package dev.kubechurn.core.env;

import dev.kubechurn.core.api.ObjectKind;
import dev.kubechurn.core.env.PendingRead.Answer;
import dev.kubechurn.core.store.LookupError;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Secret;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One container's environment in the making: the steps, taken one after the other, with at most one read under way
 * (E4). Touched by one thread at a time: a read that is answered later hands it on to the thread of the answer.
 */
final class Resolution {

    private final List<Step> steps;
    private final Variables variables;
    private final FoundObjects<ConfigMap> configMaps;
    private final FoundObjects<Secret> secrets;
    private final EnvironmentHandler handler;
    private int next;

    Resolution(
            List<Step> steps,
            Variables variables,
            ObjectReads<ConfigMap> configMaps,
            ObjectReads<Secret> secrets,
            EnvironmentHandler handler) {
        this.steps = steps;
        this.variables = variables;
        this.configMaps = new FoundObjects<>(configMaps, ObjectData::of);
        this.secrets = new FoundObjects<>(secrets, ObjectData::of);
        this.handler = handler;
    }

    /** Takes steps until one has to wait, fails, or was the last. */
    void run() {
        run(null);
    }

    /** @param answer to the read of the step at hand, if it has waited for one */
    private void run(@Nullable Answer answer) {
        try {
            Answer waited = answer;
            while (next < steps.size()) {
                if (!take(steps.get(next), waited)) {
                    return;
                }
                waited = null;
                next++;
            }
        } catch (ResolutionException e) {
            handler.failed(e.error());
            return;
        }
        handler.resolved(variables.environment());
    }

    /** Takes a step; false: it waits for an answer, and this must not be touched any more. */
    private boolean take(Step step, @Nullable Answer waited) throws ResolutionException {
        if (step instanceof Step.Local local) {
            local.action().apply(variables);
            return true;
        }
        Step.FromObject needy = (Step.FromObject) step;
        FoundObjects<?> objects = needy.object().kind() == ObjectKind.SECRET ? secrets : configMaps;
        ObjectData known = objects.known(needy.object().key());
        if (known != null) {
            needy.action().apply(variables, known);
            return true;
        }
        Answer answer = waited != null ? waited : objects.ask(needy.object().key(), this::run);
        if (answer == null) {
            return false;
        }
        accept(needy, objects, answer);
        return true;
    }

    private void accept(Step.FromObject step, FoundObjects<?> objects, Answer answer) throws ResolutionException {
        if (answer instanceof Answer.Found found) {
            objects.remember(step.object().key(), found.data());
            step.action().apply(variables, found.data());
            return;
        }
        LookupError error = ((Answer.Failed) answer).error();
        if (!(error instanceof LookupError.NotFound && step.object().optional())) {
            throw new ResolutionException(new EnvironmentError.LookupFailed(error));
        }
    }
}
