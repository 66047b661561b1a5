package dev.kubechurn.sim.cluster;

import dev.kubechurn.core.store.LookupError;
import dev.kubechurn.core.store.Reader;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Secret;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The reads of one container's environment, and what they gave: all uses of an object are to see one version (E5, check
 * 7). Guarded by the node's monitor.
 */
final class EnvironmentReads {

    private final SimulatedNode node;
    private final long dueNanos;
    private final List<HasMetadata> given = new ArrayList<>(4);

    /** Reads that are due at {@code dueNanos}. */
    EnvironmentReads(SimulatedNode node, long dueNanos) {
        this.node = node;
        this.dueNanos = dueNanos;
    }

    void configMap(String namespace, String name, Reader<ConfigMap> reader) {
        node.configMaps().read(namespace, name, dueNanos, new Noting<>(reader));
    }

    void secret(String namespace, String name, Reader<Secret> reader) {
        node.secrets().read(namespace, name, dueNanos, new Noting<>(reader));
    }

    /** Tells of an object that was given in two versions; empty: there is none. */
    Optional<String> twoVersions() {
        synchronized (node) {
            for (int i = 1; i < given.size(); i++) {
                for (int j = 0; j < i; j++) {
                    if (isOtherVersion(given.get(j), given.get(i))) {
                        return Optional.of(told(given.get(j), given.get(i)));
                    }
                }
            }
            return Optional.empty();
        }
    }

    /** Readers share the objects: what is the same instance needs no closer look. */
    @SuppressWarnings("ReferenceEquality")
    private static boolean isOtherVersion(HasMetadata one, HasMetadata other) {
        return one != other
                && one.getClass() == other.getClass()
                && one.getMetadata().getName().equals(other.getMetadata().getName())
                && EntryTracker.revision(one) != EntryTracker.revision(other);
    }

    private static String told(HasMetadata one, HasMetadata other) {
        return one.getKind() + " " + one.getMetadata().getNamespace() + "/"
                + one.getMetadata().getName() + " in versions " + EntryTracker.revision(one) + " and "
                + EntryTracker.revision(other);
    }

    /** Notes what is found and hands it on. */
    private final class Noting<T extends HasMetadata> implements Reader<T> {

        private final Reader<? super T> reader;

        Noting(Reader<? super T> reader) {
            this.reader = reader;
        }

        @Override
        public void found(T object) {
            synchronized (node) {
                given.add(object);
            }
            reader.found(object);
        }

        @Override
        public void failed(LookupError error) {
            reader.failed(error);
        }
    }
}
