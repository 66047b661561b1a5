package dev.kubechurn.core.env;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.Service;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is kept for a namespace is what {@link ServiceVariables} makes for it. */
class NodeServicesTest {

    private final List<Service> services = new ArrayList<>(List.of(
            ServiceVariablesTest.service("default", "kubernetes", "10.0.0.1"),
            ServiceVariablesTest.service("default", "front", "10.0.0.2"),
            ServiceVariablesTest.service("shop", "web", "10.3.0.4"),
            ServiceVariablesTest.service("shop", "kubernetes", "10.3.0.5"),
            ServiceVariablesTest.service("blog", "web", "10.3.0.6"),
            withoutMetadata()));

    @ParameterizedTest
    @CsvSource({"default", "shop", "blog", "empty", "''"})
    void keepsTheVariablesOfEachNamespace(String namespace) {
        NodeServices node = NodeServices.of(services);
        for (boolean links : List.of(true, false, true, false)) {
            assertThat(node.variables(namespace, links))
                    .as("links %s", links)
                    .isEqualTo(ServiceVariables.of(services, namespace, links));
        }
    }

    @Test
    void isWhatItWasGivenAndNothingElse() {
        NodeServices node = NodeServices.of(services);
        List<Service> given = List.copyOf(services);
        services.clear();
        Map<String, String> variables = node.variables("shop", true);

        assertThat(node.services()).isEqualTo(given);
        assertThat(variables).containsEntry("WEB_SERVICE_HOST", "10.3.0.4");
        assertThatThrownBy(variables::clear).isInstanceOf(UnsupportedOperationException.class);
    }

    private static Service withoutMetadata() {
        Service service = ServiceVariablesTest.service("shop", "bare", "10.3.0.7");
        service.setMetadata(null);
        return service;
    }
}
