package dev.kubechurn.core.reflector;

import dev.kubechurn.core.testing.Samples;
import io.fabric8.kubernetes.api.model.ConfigMap;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes down what a reflector tells its target. */
final class RecordingTarget implements Reflector.Target<ConfigMap> {

    private final List<String> told = new ArrayList<>();

    @Override
    public void replace(@Nullable ConfigMap object) {
        told.add("replace " + (object == null ? "by nothing" : Samples.value(object)));
    }

    @Override
    public void set(ConfigMap object) {
        told.add("set " + Samples.value(object));
    }

    @Override
    public void deleted() {
        told.add("deleted");
    }

    @Override
    public void settled() {
        told.add("settled");
    }

    /** What was told since the last call. */
    List<String> take() {
        List<String> taken = List.copyOf(told);
        told.clear();
        return taken;
    }
}
