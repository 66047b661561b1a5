package dev.kubechurn.sim.run;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.fabric8.kubernetes.api.model.authorization.v1.SelfSubjectAccessReview;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.jdkhttp.JdkHttpClientFactory;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.fabric8.mockwebserver.MockWebServer;
import io.fabric8.mockwebserver.http.Dispatcher;
import io.fabric8.mockwebserver.http.MockResponse;
import io.fabric8.mockwebserver.http.RecordedRequest;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What a server that knows its users says to the questions of a run. */
final class ClusterPermissionsTest {

    /** Refuses some pairs of verb and resource; or does not know the question. */
    private static final class Reviews extends Dispatcher {

        private final Set<String> refused;
        private final int status;

        Reviews(Set<String> refused, int status) {
            this.refused = refused;
            this.status = status;
        }

        @Override
        public MockResponse dispatch(RecordedRequest request) {
            SelfSubjectAccessReview review =
                    Serialization.unmarshal(request.getBody().readUtf8(), SelfSubjectAccessReview.class);
            var asked = review.getSpec().getResourceAttributes();
            boolean allowed = !refused.contains(asked.getVerb() + " " + asked.getResource());
            return new MockResponse()
                    .setResponseCode(status)
                    .setHeader("Content-Type", "application/json")
                    .setBody(
                            "{\"apiVersion\":\"authorization.k8s.io/v1\",\"kind\":\"SelfSubjectAccessReview\",\"spec\":{},"
                                    + "\"status\":{\"allowed\":" + allowed + "}}");
        }
    }

    private static void ask(Reviews reviews) throws Exception {
        MockWebServer server = new MockWebServer();
        server.setDispatcher(reviews);
        server.start();
        Config config = new ConfigBuilder(Config.empty())
                .withMasterUrl("http://localhost:" + server.getPort())
                .withRequestRetryBackoffLimit(0)
                .build();
        try (KubernetesClient client = new KubernetesClientBuilder()
                .withConfig(config)
                .withHttpClientFactory(new JdkHttpClientFactory())
                .build()) {
            ClusterPermissions.require(client, false);
        } finally {
            server.shutdown();
        }
    }

    @Test
    void allThatIsMissingIsNamed() {
        assertThatExceptionOfType(EnvironmentException.class)
                .isThrownBy(() -> ask(new Reviews(Set.of("watch secrets", "delete namespaces"), 201)))
                .withMessage("forbidden: this run must delete namespaces, watch secrets; nothing was written."
                        + " `kubechurn run --print-rbac` prints the permissions it needs");
    }

    @Test
    void whoMayDoAllGoesOn() {
        assertThatCode(() -> ask(new Reviews(Set.of(), 201))).doesNotThrowAnyException();
    }

    @Test
    void aServerThatDoesNotKnowTheQuestionIsNotAskedAgain() {
        assertThatCode(() -> ask(new Reviews(Set.of("list configmaps"), 404))).doesNotThrowAnyException();
    }
}
