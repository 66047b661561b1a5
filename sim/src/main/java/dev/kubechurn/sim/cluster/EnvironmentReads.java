package dev.kubechurn.sim.cluster;

import dev.kubechurn.core.api.ObjectKind;
import dev.kubechurn.core.store.LookupError;
import dev.kubechurn.core.store.Reader;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Secret;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The reads of one container's environment, and what they gave: all uses of an object are to see one version (E5, check
 * 7). Guarded by the node's monitor.
 */
final class EnvironmentReads {

    private final SimulatedNode node;
    private final long dueNanos;
    private final List<Given> given = new ArrayList<>(4);

    /** Reads that are due at {@code dueNanos}. */
    EnvironmentReads(SimulatedNode node, long dueNanos) {
        this.node = node;
        this.dueNanos = dueNanos;
    }

    void configMap(String namespace, String name, Reader<ConfigMap> reader) {
        node.configMaps().read(namespace, name, dueNanos, new Noting<>(ObjectKind.CONFIG_MAP, name, reader));
    }

    void secret(String namespace, String name, Reader<Secret> reader) {
        node.secrets().read(namespace, name, dueNanos, new Noting<>(ObjectKind.SECRET, name, reader));
    }

    /** Tells of an object that was given in two versions, or once and then not; empty: there is none. */
    Optional<String> twoVersions() {
        synchronized (node) {
            for (int i = 1; i < given.size(); i++) {
                for (int j = 0; j < i; j++) {
                    if (given.get(i).isOtherVersionThan(given.get(j))) {
                        return Optional.of(given.get(j) + " and " + given.get(i));
                    }
                }
            }
            return Optional.empty();
        }
    }

    private void note(ObjectKind<?> kind, String name, @Nullable HasMetadata object) {
        synchronized (node) {
            given.add(new Given(kind, name, object));
        }
    }

    /**
     * One answer.
     *
     * @param object null: there is none
     */
    private record Given(
            ObjectKind<?> kind, String name, @Nullable HasMetadata object) {

        /** Readers share the objects: what is the same instance needs no closer look. */
        @SuppressWarnings("ReferenceEquality")
        boolean isOtherVersionThan(Given other) {
            return object != other.object
                    && kind.equals(other.kind)
                    && name.equals(other.name)
                    && revision() != other.revision();
        }

        private long revision() {
            return object == null ? 0 : EntryTracker.revision(object);
        }

        /** Never its content. */
        @Override
        public String toString() {
            return kind.singular() + " " + name + (object == null ? " missing" : " in version " + revision());
        }
    }

    /** Notes what is found and hands it on. */
    private final class Noting<T extends HasMetadata> implements Reader<T> {

        private final ObjectKind<T> kind;
        private final String name;
        private final Reader<? super T> reader;

        Noting(ObjectKind<T> kind, String name, Reader<? super T> reader) {
            this.kind = kind;
            this.name = name;
            this.reader = reader;
        }

        @Override
        public void found(T object) {
            note(kind, name, object);
            reader.found(object);
        }

        @Override
        public void failed(LookupError error) {
            if (error instanceof LookupError.NotFound) {
                note(kind, name, null);
            }
            reader.failed(error);
        }
    }
}
