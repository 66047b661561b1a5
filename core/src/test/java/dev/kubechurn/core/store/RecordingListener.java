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
    public EntryListener<ConfigMap> added(ObjectKey key) {
        told.add("added " + key.name());
        return new Entry(key.name());
    }

    /** What was told since the last call. */
    List<String> take() {
        List<String> taken = List.copyOf(told);
        told.clear();
        return taken;
    }

    private final class Entry implements EntryListener<ConfigMap> {

        private final String name;

        Entry(String name) {
            this.name = name;
        }

        @Override
        public void applied(@Nullable ConfigMap object) {
            told.add("applied " + name + " " + (object == null ? "nothing" : Samples.value(object)));
        }

        @Override
        public void stopped() {
            told.add("stopped " + name);
        }

        @Override
        public void restarted() {
            told.add("restarted " + name);
        }

        @Override
        public void removed() {
            told.add("removed " + name);
        }
    }
}
