package dev.kubechurn.sim.apiserver;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Service;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.cfg.MapperConfig;
import tools.jackson.databind.exc.UnrecognizedPropertyException;
import tools.jackson.databind.introspect.Annotated;
import tools.jackson.databind.introspect.JacksonAnnotationIntrospector;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Which fields the types of core/v1 have: those of fabric8's model. Stateless. */
final class KnownFields {

    private static final JsonMapper STRICT = JsonMapper.builder()
            .annotationIntrospector(new WithoutAnySetter())
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    /** fabric8's model keeps what it does not know; here that is to be told. */
    private static final class WithoutAnySetter extends JacksonAnnotationIntrospector {

        private static final long serialVersionUID = 1L;

        @Override
        public @Nullable Boolean hasAnySetter(MapperConfig<?> config, Annotated annotated) {
            return Boolean.FALSE;
        }
    }

    private KnownFields() {}

    static void require(Resource resource, ObjectNode object) {
        try {
            STRICT.treeToValue(object, type(resource));
        } catch (UnrecognizedPropertyException unknown) {
            String field = unknown.getPath().stream()
                    .map(step ->
                            step.getPropertyName() == null ? "[" + step.getIndex() + "]" : "." + step.getPropertyName())
                    .collect(Collectors.joining())
                    .replaceFirst("^\\.", "");
            throw ApiStatusException.badRequest("strict decoding error: unknown field \"" + field + "\"");
        } catch (JacksonException wrongType) {
            throw ApiStatusException.badRequest(resource.kind() + " in version \"v1\" cannot be handled as a "
                    + resource.kind() + ": a field has the wrong type");
        }
    }

    private static Class<? extends HasMetadata> type(Resource resource) {
        return switch (resource) {
            case CONFIGMAPS -> ConfigMap.class;
            case SECRETS -> Secret.class;
            case NAMESPACES -> Namespace.class;
            case PODS -> Pod.class;
            case SERVICES -> Service.class;
            case NODES -> Node.class;
        };
    }
}
