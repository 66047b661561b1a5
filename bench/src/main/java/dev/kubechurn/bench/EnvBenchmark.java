package dev.kubechurn.bench;

import static java.util.Objects.requireNonNull;

import dev.kubechurn.core.env.Environment;
import dev.kubechurn.core.env.EnvironmentError;
import dev.kubechurn.core.env.EnvironmentHandler;
import dev.kubechurn.core.env.EnvironmentRequest;
import dev.kubechurn.core.env.EnvironmentResolver;
import dev.kubechurn.core.env.NameMode;
import dev.kubechurn.core.env.NodeFacts;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.EnvVarBuilder;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What it costs to make a container's environment, a quarter of whose variables comes from one ConfigMap and a quarter refers
 * to others; beside the floor, the result put into a sorted map, with the variables of services and without.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(5)
public class EnvBenchmark {

    private static final String NAMESPACE = ManagerState.NAMESPACE;
    private static final String CONFIG = ManagerState.configMap(0);

    /** One container on a node that knows services. */
    @State(Scope.Thread)
    public static class Container {

        @Param({"5", "20", "200"})
        int variables;

        @Param({"0", "100", "5000"})
        int services;

        private final Kept kept = new Kept();
        private @Nullable EnvironmentResolver resolver;
        private @Nullable EnvironmentRequest request;
        private NavigableMap<String, String> result = new TreeMap<>();

        @Setup(Level.Trial)
        public void setUp() {
            ManagerState manager = new ManagerState();
            manager.manager().registerPod(ManagerState.pod("reader", 0, 1));
            manager.api().answer();
            resolver = new EnvironmentResolver(
                    NameMode.STRICT,
                    manager.manager()::get,
                    (namespace, name, reader) -> {
                        throw new IllegalStateException("no Secret is named");
                    },
                    (pod, type, reason, message) -> {});
            NodeFacts node = new NodeFacts(List.of("10.0.0.1"), Map.of(), services(services), true);
            request = EnvironmentRequest.of(
                    new PodBuilder()
                            .withNewMetadata()
                            .withNamespace(NAMESPACE)
                            .withName("web")
                            .endMetadata()
                            .withNewSpec()
                            .withEnableServiceLinks(true)
                            .addNewContainer()
                            .withName("web")
                            .withEnv(env(variables))
                            .endContainer()
                            .endSpec()
                            .build(),
                    "web",
                    null,
                    List.of(),
                    node);
            result = new TreeMap<>(resolve().variables());
            int ofServices = 7 * services;
            if (result.size() != variables + ofServices) {
                throw new IllegalStateException(
                        "created " + result.size() + " variables, not " + (variables + ofServices));
            }
        }

        Environment resolve() {
            kept.made = null;
            requireNonNull(resolver).resolve(requireNonNull(request), kept);
            return requireNonNull(kept.made, "the object was not available immediately");
        }
    }

    /** Keeps what was made. */
    private static final class Kept implements EnvironmentHandler {

        private @Nullable Environment made;

        @Override
        public void resolved(Environment environment) {
            made = environment;
        }

        @Override
        public void failed(EnvironmentError error) {
            throw new IllegalStateException(error.toString());
        }
    }

    private static List<EnvVar> env(int variables) {
        List<EnvVar> env = new ArrayList<>();
        for (int i = 0; i < variables; i++) {
            EnvVarBuilder variable = new EnvVarBuilder().withName("VARIABLE_" + i);
            env.add(
                    switch (i % 4) {
                        case 1 ->
                            variable.withNewValueFrom()
                                    .withNewConfigMapKeyRef()
                                    .withName(CONFIG)
                                    .withKey("key")
                                    .endConfigMapKeyRef()
                                    .endValueFrom()
                                    .build();
                        case 2 ->
                            variable.withValue("of $(VARIABLE_" + (i - 1) + ")").build();
                        default -> variable.withValue("value-" + i).build();
                    });
        }
        return env;
    }

    private static List<Service> services(int count) {
        List<Service> services = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            services.add(new ServiceBuilder()
                    .withNewMetadata()
                    .withNamespace(NAMESPACE)
                    .withName("service-" + i)
                    .endMetadata()
                    .withNewSpec()
                    .withClusterIP("10.1." + i / 250 + "." + i % 250)
                    .addNewPort()
                    .withPort(80)
                    .withProtocol("TCP")
                    .endPort()
                    .endSpec()
                    .build());
        }
        return services;
    }

    @Benchmark
    public Environment resolve(Container container) {
        return container.resolve();
    }

    /** The finished variables put one after the other into a map of the same sort. */
    @Benchmark
    public NavigableMap<String, String> floor(Container container) {
        NavigableMap<String, String> map = new TreeMap<>();
        container.result.forEach(map::put);
        return map;
    }

    /** The finished variables copied into a map of the same sort, in linear time since they come in order. */
    @Benchmark
    public NavigableMap<String, String> copyOfTheResult(Container container) {
        return new TreeMap<>(container.result);
    }
}
