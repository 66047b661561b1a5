package dev.kubechurn.core.env;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.api.model.ServicePort;
import io.fabric8.kubernetes.api.model.ServicePortBuilder;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullAndEmptySource;
import org.junit.jupiter.params.provider.ValueSource;

/** The variables of services (E6 to E12). */
class ServiceVariablesTest {

    private static final Service MASTER = service("default", "kubernetes", "10.0.0.1");

    @ParameterizedTest
    @NullAndEmptySource
    @ValueSource(strings = "None")
    void e6OnlyServicesWithAClusterIpCount(@Nullable String clusterIp) {
        assertThat(links(service("shop", "web", clusterIp))).isEmpty();
        assertThat(noLinks(service("default", "kubernetes", clusterIp))).isEmpty();
    }

    @Test
    void e6AServiceWithoutSpecOrMetadataOrPortsDoesNoHarm() {
        Service noSpec = service("shop", "web", "10.3.0.4");
        noSpec.setSpec(null);
        Service noMetadata = service("shop", "web", "10.3.0.4");
        noMetadata.setMetadata(null);
        assertThat(links(noSpec, noMetadata, service("shop", "bare", "10.3.0.4", new ServicePort[0])))
                .isEmpty();
    }

    @Test
    void e6TypeAndSelectorDoNotMatter() {
        Service odd = new ServiceBuilder(service("shop", "web", "10.3.0.4"))
                .editSpec()
                .withType("LoadBalancer")
                .addToSelector("a", "b")
                .endSpec()
                .build();
        assertThat(links(odd)).isEqualTo(links(service("shop", "web", "10.3.0.4")));
    }

    @Test
    void e7KubernetesOfDefaultCountsWithLinksOnOrOff() {
        assertThat(links(MASTER)).containsEntry("KUBERNETES_SERVICE_HOST", "10.0.0.1");
        assertThat(noLinks(MASTER)).isEqualTo(links(MASTER));
        assertThat(noLinks(service("default", "other", "10.0.0.2"))).isEmpty();
    }

    @Test
    void e8OtherServicesCountWithLinksOnAndInThePodsNamespaceOnly() {
        Service own = service("shop", "web", "10.3.0.4");
        Service foreign = service("bank", "vault", "10.3.0.5");
        Service ofDefault = service("default", "dns", "10.3.0.6");
        assertThat(links(own, foreign, ofDefault, MASTER))
                .containsKeys("WEB_SERVICE_HOST", "KUBERNETES_SERVICE_HOST")
                .doesNotContainKeys("VAULT_SERVICE_HOST", "DNS_SERVICE_HOST");
        assertThat(noLinks(own, foreign, ofDefault, MASTER)).isEqualTo(noLinks(MASTER));
    }

    @Test
    void e8AKubernetesOfThePodsNamespaceTakesItsPlaceWhereverItStands() {
        Service own = service("shop", "kubernetes", "10.3.0.9");
        for (List<Service> services : List.of(List.of(own, MASTER), List.of(MASTER, own))) {
            assertThat(ServiceVariables.of(services, "shop", true))
                    .containsEntry("KUBERNETES_SERVICE_HOST", "10.3.0.9");
            assertThat(ServiceVariables.of(services, "shop", false))
                    .containsEntry("KUBERNETES_SERVICE_HOST", "10.0.0.1");
        }
    }

    @Test
    void e9MakesTheWholeTable() {
        assertThat(links(service("shop", "web", "10.3.0.4", port(80, "http", "TCP"), port(9100, "", "UDP"))))
                .isEqualTo(Map.ofEntries(
                        Map.entry("WEB_SERVICE_HOST", "10.3.0.4"),
                        Map.entry("WEB_SERVICE_PORT", "80"),
                        Map.entry("WEB_SERVICE_PORT_HTTP", "80"),
                        Map.entry("WEB_PORT", "tcp://10.3.0.4:80"),
                        Map.entry("WEB_PORT_80_TCP", "tcp://10.3.0.4:80"),
                        Map.entry("WEB_PORT_80_TCP_PROTO", "tcp"),
                        Map.entry("WEB_PORT_80_TCP_PORT", "80"),
                        Map.entry("WEB_PORT_80_TCP_ADDR", "10.3.0.4"),
                        Map.entry("WEB_PORT_9100_UDP", "udp://10.3.0.4:9100"),
                        Map.entry("WEB_PORT_9100_UDP_PROTO", "udp"),
                        Map.entry("WEB_PORT_9100_UDP_PORT", "9100"),
                        Map.entry("WEB_PORT_9100_UDP_ADDR", "10.3.0.4")));
    }

    @Test
    void e9TakesThePortNeverTargetPortOrNodePort() {
        ServicePort port = new ServicePortBuilder()
                .withPort(80)
                .withNodePort(30080)
                .withNewTargetPort(8080)
                .build();
        assertThat(links(service("shop", "web", "10.3.0.4", port)))
                .containsEntry("WEB_SERVICE_PORT", "80")
                .containsEntry("WEB_PORT", "tcp://10.3.0.4:80")
                .doesNotContainKeys("WEB_PORT_8080_TCP", "WEB_PORT_30080_TCP");
    }

    @Test
    void e9OfTwoServicesThatMakeOneNameTheGreaterOneWins() {
        Service a = service("shop", "a", "10.3.0.1", port(1, null, "TCP"));
        Service b = service("shop", "a-port-1-tcp", "10.3.0.2", port(7, null, "TCP"));
        for (List<Service> services : List.of(List.of(a, b), List.of(b, a))) {
            // A_PORT_1_TCP_PORT is a port's number to one and a URL to the other.
            assertThat(ServiceVariables.of(services, "shop", true))
                    .containsEntry("A_PORT_1_TCP_PORT", "tcp://10.3.0.2:7");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"en", "tr"})
    void e10NamesAreInUpperCaseOfNoLocale(String language) {
        Locale before = Locale.getDefault();
        try {
            Locale.setDefault(Locale.forLanguageTag(language));
            assertThat(links(service("shop", "9-mi-ni", "10.3.0.4", port(80, "grpc-i", "TCP"))))
                    .containsEntry("9_MI_NI_SERVICE_HOST", "10.3.0.4")
                    .containsEntry("9_MI_NI_SERVICE_PORT_GRPC_I", "80");
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    void e11APortWithoutAProtocolIsTcpAndTwoProtocolsMakeTwoSets() {
        assertThat(links(service(
                        "shop", "dns", "10.3.0.4", port(53, "a", ""), port(53, "b", "UDP"), port(53, "c", "SCTP"))))
                .containsEntry("DNS_PORT", "tcp://10.3.0.4:53")
                .containsEntry("DNS_PORT_53_TCP", "tcp://10.3.0.4:53")
                .containsEntry("DNS_PORT_53_TCP_PROTO", "tcp")
                .containsEntry("DNS_PORT_53_UDP", "udp://10.3.0.4:53")
                .containsEntry("DNS_PORT_53_UDP_PROTO", "udp")
                .containsEntry("DNS_PORT_53_SCTP", "sctp://10.3.0.4:53")
                .containsEntry("DNS_PORT_53_SCTP_PROTO", "sctp");
    }

    @Test
    void e12AnIpv6AddressStandsInBracketsInUrlsOnly() {
        Service both = service("shop", "web", "fd00::4");
        both.getSpec().setClusterIPs(List.of("10.3.0.4", "fd00::4"));
        assertThat(links(both))
                .containsEntry("WEB_SERVICE_HOST", "fd00::4")
                .containsEntry("WEB_PORT_80_TCP_ADDR", "fd00::4")
                .containsEntry("WEB_PORT", "tcp://[fd00::4]:80")
                .containsEntry("WEB_PORT_80_TCP", "tcp://[fd00::4]:80");
        assertThat(links(service("shop", "web", "::1"))).containsEntry("WEB_PORT", "tcp://[::1]:80");
    }

    /** A service with port 80. */
    static Service service(String namespace, String name, @Nullable String clusterIp) {
        return service(namespace, name, clusterIp, port(80, null, null));
    }

    private static Service service(String namespace, String name, @Nullable String clusterIp, ServicePort... ports) {
        return new ServiceBuilder()
                .withNewMetadata()
                .withNamespace(namespace)
                .withName(name)
                .endMetadata()
                .withNewSpec()
                .withClusterIP(clusterIp)
                .withPorts(ports)
                .endSpec()
                .build();
    }

    private static ServicePort port(int number, @Nullable String name, @Nullable String protocol) {
        return new ServicePortBuilder()
                .withPort(number)
                .withName(name)
                .withProtocol(protocol)
                .build();
    }

    private static Map<String, String> links(Service... services) {
        return ServiceVariables.of(List.of(services), "shop", true);
    }

    private static Map<String, String> noLinks(Service... services) {
        return ServiceVariables.of(List.of(services), "shop", false);
    }
}
