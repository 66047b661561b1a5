package dev.kubechurn.core.store;

import dev.kubechurn.core.api.ObjectKey;
import dev.kubechurn.core.testing.Samples;
import io.fabric8.kubernetes.api.model.ConfigMap;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes down what a store tells its listener. */
final class RecordingListener implements StoreListener<ConfigMap> {

    private final List<String> told = new ArrayList<>();

    @Override
    public void added(ObjectKey key) {
        told.add("added " + key.name());
    }

    @Override
    public void applied(ObjectKey key, @Nullable ConfigMap object) {
        told.add("applied " + key.name() + " " + (object == null ? "nothing" : Samples.value(object)));
    }

    @Override
    public void stopped(ObjectKey key) {
        told.add("stopped " + key.name());
    }

    @Override
    public void restarted(ObjectKey key) {
        told.add("restarted " + key.name());
    }

    @Override
    public void removed(ObjectKey key) {
        told.add("removed " + key.name());
    }

    /** What was told since the last call. */
    List<String> take() {
        List<String> taken = List.copyOf(told);
        told.clear();
        return taken;
    }
}
