package dev.kubechurn.sim.manifests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Secret;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Two sets that people deploy, unmodified. Every figure was counted with grep, as told beside it. */
class RealManifestsTest {

    /**
     * Templates: {@code grep -lE '^kind: (Deployment|DaemonSet)'} gives 6 files; {@code grep '^  replicas:'} gives
     * 1, 1, 1, 2 and 1. References: {@code grep -c 'configMap:' *deployment* *daemonset*} gives 1 + 34 + 1, {@code grep
     * 'secretName:'} 2, both of Grafana, and there is no Ref at all. ConfigMaps: 3 by {@code grep '^kind: ConfigMap$'}
     * and 33 by {@code grep '^  kind: ConfigMap$'} within the list. Secrets: 3 by {@code grep '^kind: Secret$'}.
     */
    @Test
    void kubePrometheus() throws Exception {
        Manifests manifests = read("kube-prometheus");
        ManifestSummary summary = manifests.summary(10);

        assertThat(summary.rows())
                .containsExactly(
                        new ManifestSummary.Row("Deployment", "monitoring", "blackbox-exporter", 1, 1, 0, 0),
                        new ManifestSummary.Row("Deployment", "monitoring", "grafana", 1, 34, 2, 0),
                        new ManifestSummary.Row("Deployment", "monitoring", "kube-state-metrics", 1, 0, 0, 0),
                        new ManifestSummary.Row("DaemonSet", "monitoring", "node-exporter", 10, 0, 0, 0),
                        new ManifestSummary.Row("Deployment", "monitoring", "prometheus-adapter", 2, 1, 0, 0),
                        new ManifestSummary.Row("Deployment", "monitoring", "prometheus-operator", 1, 0, 0, 0));
        assertThat(summary.pods()).isEqualTo(16);
        assertThat(summary.configMaps()).isEqualTo(36);
        assertThat(summary.secrets()).isEqualTo(3);
        assertThat(summary.references()).isEqualTo(38);
        assertThat(summary.referenced()).isEqualTo(38);
        assertThat(manifests.created()).isEmpty();
        assertThat(manifests.leftOut()).isEmpty();
        assertThat(manifests.notes()).isEmpty();
    }

    /** By {@code grep -rhE '^kind:' | sort | uniq -c}, and {@code '^  kind:'} for the three items of each list. */
    @Test
    void kubePrometheusSkipsTheOtherKinds() throws Exception {
        assertThat(read("kube-prometheus").skipped())
                .containsExactly(
                        entry("APIService", 1),
                        entry("Alertmanager", 1),
                        entry("PodDisruptionBudget", 3),
                        entry("Prometheus", 1),
                        entry("Role", 4),
                        entry("RoleBinding", 5),
                        entry("Service", 8),
                        entry("ServiceAccount", 8),
                        entry("ServiceMonitor", 13));
    }

    @Test
    void objectsComeAsTheyAreWithTextOfSecretsEncoded() throws Exception {
        Manifests manifests = read("kube-prometheus");
        Secret secret = only(manifests, Secret.class, "grafana-config");
        assertThat(secret.getMetadata().getNamespace()).isEqualTo("monitoring");
        assertThat(secret.getStringData()).isNullOrEmpty();
        assertThat(new String(Base64.getDecoder().decode(secret.getData().get("grafana.ini")), StandardCharsets.UTF_8))
                .contains("[date_formats]");
        ConfigMap dashboard = only(manifests, ConfigMap.class, "grafana-dashboard-alertmanager-overview");
        assertThat(dashboard.getData().get("alertmanager-overview.json"))
                .startsWith("{\n")
                .contains("\"$datasource\"");
        assertThat(manifests.toString()).isEqualTo("Manifests[6 templates, 39 objects]");
    }

    /**
     * Of the six pods Grafana's says {@code automountServiceAccountToken: false} and the others say true, though their
     * service accounts say false (grep automount).
     */
    @Test
    void kubePrometheusAsARealClusterRunsIt() throws Exception {
        Manifests real = read("kube-prometheus").withKubeApiAccess();
        assertThat(real.templates())
                .filteredOn(template -> template.references().stream()
                        .anyMatch(reference -> reference.name().equals("kube-root-ca.crt")))
                .extracting(WorkloadPods::name)
                .containsExactly(
                        "blackbox-exporter",
                        "kube-state-metrics",
                        "node-exporter",
                        "prometheus-adapter",
                        "prometheus-operator");
        assertThat(only(real, ConfigMap.class, "kube-root-ca.crt").getMetadata().getNamespace())
                .isEqualTo("monitoring");
        assertThat(real.summary(1).configMaps()).isEqualTo(37);
        assertThat(real.withKubeApiAccess().summary(1)).isEqualTo(real.summary(1));
    }

    /**
     * {@code grep -c '^kind: Deployment'} gives 12, {@code grep replicas:} one 1, {@code grep -iE 'configMap|secret'}
     * nothing: the set refers to no object at all but for what the admission adds, one per pod in one namespace.
     */
    @Test
    void onlineBoutique() throws Exception {
        Manifests manifests = read("online-boutique");
        ManifestSummary summary = manifests.summary(3);
        assertThat(summary.rows()).hasSize(12).allSatisfy(row -> {
            assertThat(row.kind()).isEqualTo("Deployment");
            assertThat(row.namespace()).isEqualTo("default");
            assertThat(row.pods()).isEqualTo(1);
        });
        assertThat(summary.pods()).isEqualTo(12);
        assertThat(summary.references()).isZero();
        assertThat(manifests.objects()).isEmpty();
        assertThat(manifests.skipped()).containsExactly(entry("Service", 12), entry("ServiceAccount", 11));

        ManifestSummary real = manifests.withKubeApiAccess().summary(3);
        assertThat(real.references()).isEqualTo(12);
        assertThat(real.referenced()).isEqualTo(1);
        assertThat(real.configMaps()).isEqualTo(1);
    }

    @Test
    void bothTogetherInTheOrderGiven() throws Exception {
        Manifests both = Manifests.read(List.of(path("online-boutique"), path("kube-prometheus")));
        assertThat(both.summary(1).pods()).isEqualTo(12 + 7);
        assertThat(both.summary(1).lines().get(0)).isEqualTo("18 pod templates, 19 pods, 36 ConfigMaps, 3 Secrets");
    }

    private static <T extends io.fabric8.kubernetes.api.model.HasMetadata> T only(
            Manifests manifests, Class<T> type, String name) {
        List<T> found = manifests.objects().stream()
                .filter(type::isInstance)
                .map(type::cast)
                .filter(object -> object.getMetadata().getName().equals(name))
                .toList();
        assertThat(found).hasSize(1);
        return found.get(0);
    }

    private static Manifests read(String set) throws Exception {
        return Manifests.read(List.of(path(set)));
    }

    private static Path path(String set) throws URISyntaxException {
        return Path.of(Objects.requireNonNull(RealManifestsTest.class.getResource("/manifests/" + set))
                .toURI());
    }
}
