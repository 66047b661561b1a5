package dev.kubechurn.core.volume;

import static java.util.Objects.requireNonNull;

import dev.kubechurn.core.api.ObjectKind;
import dev.kubechurn.core.store.LookupError;
import dev.kubechurn.core.store.Reader;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Secret;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * One read of a volume: asks for one object after the other, each when the one before has been answered. At any time it
 * belongs to one thread: the one that asks, or the one that brings an answer.
 */
final class PayloadRead {

    private final VolumePlan plan;
    private final String namespace;
    private final ObjectGetter<ConfigMap> configMaps;
    private final ObjectGetter<Secret> secrets;
    private final Consumer<PayloadResult> receiver;
    private final Iterator<ObjectName> questions;
    private final Map<ObjectName, Fetched> answers = new HashMap<>();

    PayloadRead(
            VolumePlan plan,
            String namespace,
            ObjectGetter<ConfigMap> configMaps,
            ObjectGetter<Secret> secrets,
            Consumer<PayloadResult> receiver) {
        this.plan = plan;
        this.namespace = namespace;
        this.configMaps = configMaps;
        this.secrets = secrets;
        this.receiver = receiver;
        this.questions = plan.objects().iterator();
    }

    /** Asks as long as answers come at once: a loop, so that a long volume does not grow the stack. */
    void run() {
        while (questions.hasNext()) {
            if (!answeredAtOnce(questions.next())) {
                return;
            }
        }
        receiver.accept(plan.payload(name -> requireNonNull(answers.get(name))));
    }

    private boolean answeredAtOnce(ObjectName object) {
        AtomicBoolean met = new AtomicBoolean();
        if (object.kind() == ObjectKind.SECRET) {
            secrets.get(namespace, object.name(), new Answer<>(object, ObjectContent::of, met));
        } else {
            configMaps.get(namespace, object.name(), new Answer<>(object, ObjectContent::of, met));
        }
        return met.getAndSet(true);
    }

    /** Takes one answer. Of the asker and the answer, whichever comes second to {@code met} carries on. */
    private final class Answer<T> implements Reader<T> {

        private final ObjectName object;
        private final Function<T, ObjectContent> contentOf;
        private final AtomicBoolean met;

        Answer(ObjectName object, Function<T, ObjectContent> contentOf, AtomicBoolean met) {
            this.object = object;
            this.contentOf = contentOf;
            this.met = met;
        }

        @Override
        public void found(T found) {
            accept(new Fetched.Found(contentOf.apply(found)));
        }

        @Override
        public void failed(LookupError error) {
            accept(new Fetched.Failed(error));
        }

        private void accept(Fetched answer) {
            answers.put(object, answer);
            if (met.getAndSet(true)) {
                run();
            }
        }
    }
}
