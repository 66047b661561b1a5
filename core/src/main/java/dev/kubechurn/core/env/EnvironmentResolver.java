package dev.kubechurn.core.env;

import dev.kubechurn.core.api.EventRecorder;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Secret;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;

/**
 * Makes the environments of containers (rules E). Never blocks: it is driven by the answers of the reads given to it,
 * and asks for objects one after the other in the order of the spec, so that an error is followed by no further read.
 *
 * <p>Stateless; safe from any thread as far as its reads and its event recorder are.
 */
public final class EnvironmentResolver {

    private final NameMode names;
    private final ObjectReads<ConfigMap> configMaps;
    private final ObjectReads<Secret> secrets;
    private final EventRecorder events;

    /** @param events hears of names from {@code envFrom} that were skipped (E19) */
    public EnvironmentResolver(
            NameMode names, ObjectReads<ConfigMap> configMaps, ObjectReads<Secret> secrets, EventRecorder events) {
        this.names = names;
        this.configMaps = configMaps;
        this.secrets = secrets;
        this.events = events;
    }

    /**
     * Makes one container's environment. The handler is called once: within this call if all objects are at hand, else
     * on the thread that brings the last answer.
     */
    public void resolve(EnvironmentRequest request, EnvironmentHandler handler) {
        PodView pod = new PodView(request.pod());
        Boolean links = pod.serviceLinks();
        if (links == null) {
            handler.failed(new EnvironmentError.ServiceLinksUnset());
            return;
        }
        NodeFacts node = request.node();
        if (!node.servicesSynced() && !pod.isStatic()) {
            handler.failed(new EnvironmentError.ServicesNotSynced());
            return;
        }
        SortedMap<String, String> services = node.services().variables(pod.namespace(), links);
        new Resolution(steps(pod, request), new Variables(services), configMaps, secrets, handler).run();
    }

    private List<Step> steps(PodView pod, EnvironmentRequest request) {
        Container container = request.container();
        Sources sources = new Sources(pod, names, events);
        Entries entries = new Entries(pod, request);
        List<Step> steps = new ArrayList<>();
        Absent.list(container.getEnvFrom())
                .forEach(source -> sources.step(source).ifPresent(steps::add));
        Absent.list(container.getEnv()).forEach(entry -> steps.add(entries.step(entry)));
        return steps;
    }
}
