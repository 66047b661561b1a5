package dev.kubechurn.sim.workload;

import dev.kubechurn.core.api.ObjectKey;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import java.util.Map;
import java.util.SplittableRandom;

/** One object of the workload, and how to make its next version. Immutable. */
sealed interface ObjectPlan {

    ObjectKey key();

    boolean immutable();

    /** Whether it is a Secret; else it is a ConfigMap. */
    boolean secret();

    /** Of all its values together, as they stand in the object. */
    int payloadBytes();

    /** A version with new content; the server gives it its resourceVersion. */
    HasMetadata next(SplittableRandom random);

    /** The version that is there from the start. */
    default HasMetadata first(SplittableRandom random) {
        return next(random);
    }

    /** A ConfigMap of the scenario's making. */
    record MadeConfigMap(ObjectKey key, boolean immutable, Payload payload) implements ObjectPlan {
        @Override
        public boolean secret() {
            return false;
        }

        @Override
        public int payloadBytes() {
            return payload.bytes();
        }

        @Override
        public ConfigMap next(SplittableRandom random) {
            ConfigMap next = new ConfigMap();
            next.setMetadata(metadata(key));
            next.setData(payload.text(random));
            next.setImmutable(immutable ? true : null);
            return next;
        }
    }

    /** A Secret of the scenario's making. */
    record MadeSecret(ObjectKey key, boolean immutable, Payload payload) implements ObjectPlan {
        @Override
        public boolean secret() {
            return true;
        }

        @Override
        public int payloadBytes() {
            return payload.bytes() * 4 / 3;
        }

        @Override
        public Secret next(SplittableRandom random) {
            Secret next = new Secret();
            next.setMetadata(metadata(key));
            next.setData(payload.base64(random));
            next.setImmutable(immutable ? true : null);
            next.setType("Opaque");
            return next;
        }
    }

    /** An object read from a manifest: it is there as it is given, and each later version differs by one annotation. */
    record Given(HasMetadata object, boolean immutable) implements ObjectPlan {

        private static final String REVISION = "kubechurn.dev/update";

        @Override
        public boolean secret() {
            return object instanceof Secret;
        }

        @Override
        public ObjectKey key() {
            return new ObjectKey(
                    object.getMetadata().getNamespace(), object.getMetadata().getName());
        }

        @Override
        public int payloadBytes() {
            Map<String, String> data =
                    object instanceof ConfigMap configMap ? configMap.getData() : ((Secret) object).getData();
            return data == null
                    ? 0
                    : data.values().stream().mapToInt(String::length).sum();
        }

        @Override
        public HasMetadata first(SplittableRandom random) {
            return object instanceof ConfigMap configMap
                    ? new ConfigMapBuilder(configMap).build()
                    : new SecretBuilder((Secret) object).build();
        }

        @Override
        public HasMetadata next(SplittableRandom random) {
            String update = Long.toHexString(random.nextLong());
            if (object instanceof ConfigMap configMap) {
                return new ConfigMapBuilder(configMap)
                        .editMetadata()
                        .addToAnnotations(REVISION, update)
                        .endMetadata()
                        .build();
            }
            return new SecretBuilder((Secret) object)
                    .editMetadata()
                    .addToAnnotations(REVISION, update)
                    .endMetadata()
                    .build();
        }
    }

    private static ObjectMeta metadata(ObjectKey key) {
        ObjectMeta metadata = new ObjectMeta();
        metadata.setNamespace(key.namespace());
        metadata.setName(key.name());
        return metadata;
    }
}
