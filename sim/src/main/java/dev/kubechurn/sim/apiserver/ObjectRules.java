package dev.kubechurn.sim.apiserver;

import dev.kubechurn.sim.apiserver.ApiStatusException.Cause;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** What an {@link ApiStore} would say to an object, for those who want to know before there is a store. */
public final class ObjectRules {

    private final ObjectCodec codec = new ObjectCodec();

    /**
     * Why the store would refuse to create the object; empty when it would not.
     *
     * @param object changed by nobody
     */
    public List<Cause> refusals(Resource resource, HasMetadata object) {
        String namespace =
                Optional.ofNullable(object.getMetadata().getNamespace()).orElse("");
        ObjectNode tree = codec.tree(object);
        try {
            Admission.complete(resource, namespace, tree);
            Admission.create(resource, tree);
            return List.of();
        } catch (ApiStatusException refusal) {
            List<Cause> causes = refusal.details().causes();
            return causes.isEmpty() ? List.of(new Cause(refusal.reason(), refusal.getMessage(), "")) : causes;
        }
    }
}
