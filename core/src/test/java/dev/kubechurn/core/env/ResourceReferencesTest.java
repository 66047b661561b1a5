package dev.kubechurn.core.env;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVarSource;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceFieldSelector;
import io.fabric8.kubernetes.api.model.ResourceRequirementsBuilder;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullAndEmptySource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code resourceFieldRef} (E44 to E51). */
class ResourceReferencesTest {

    private static final List<String> ALL = List.of("cpu", "memory", "ephemeral-storage", "hugepages-2Mi");

    private final PodRig rig = new PodRig();

    @Test
    void e44KnowsEachResourceAsLimitAndRequest() {
        for (String resource : ALL) {
            set(rig.main, "limits", resource, "7");
            set(rig.main, "requests", resource, "3");
            assertThat(value(null, "limits." + resource, null)).as(resource).isEqualTo("7");
            assertThat(value(null, "requests." + resource, null)).as(resource).isEqualTo("3");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "limits.gpu",
                "cpu",
                "requests.",
                "",
                "Limits.cpu",
                "limits.CPU",
                "limits.cpu.x",
                "hugepages-2Mi",
                "x.limits.cpu"
            })
    void e44AnyOtherIsRefused(String resource) {
        assertThat(failure(null, resource, null)).isEqualTo("unsupported container resource : " + resource);
    }

    @ParameterizedTest
    @NullAndEmptySource
    @ValueSource(strings = "main")
    void e45TheContainerItself(@Nullable String container) {
        set(rig.main, "requests", "cpu", "2");
        assertThat(value(container, "requests.cpu", null)).isEqualTo("2");
    }

    @Test
    void e45AnotherContainerOrAnInitContainer() {
        set(rig.pod.getSpec().getContainers().get(1), "requests", "cpu", "3");
        Container init = rig.pod.getSpec().getInitContainers().get(0);
        set(init, "requests", "cpu", "4");
        assertThat(value("side", "requests.cpu", null)).isEqualTo("3");
        assertThat(value("setup", "requests.cpu", null)).isEqualTo("4");
        init.setName("side");
        assertThat(value("side", "requests.cpu", null))
                .as("containers come first")
                .isEqualTo("3");
    }

    @Test
    void e45AnUnknownContainerIsToldEvenIfTheResourceIsWrongToo() {
        assertThat(failure("nobody", "limits.gpu", null)).isEqualTo("container nobody not found");
        rig.pod.getSpec().setInitContainers(null);
        assertThat(failure("setup", "limits.cpu", null)).isEqualTo("container setup not found");
    }

    @Test
    void e46AnAbsentRequestIsZeroNeitherLimitsNorNodeStandIn() {
        for (String resource : ALL) {
            set(rig.main, "limits", resource, "7");
            rig.allocatable.put(resource, new Quantity("9"));
            assertThat(value(null, "requests." + resource, null)).as(resource).isEqualTo("0");
        }
    }

    @ParameterizedTest
    @CsvSource({"cpu,9", "memory,9", "ephemeral-storage,9", "hugepages-2Mi,0"})
    void e47AnAbsentOrZeroLimitIsTheNodesAllocatableAmountExceptForHugePages(String resource, String expected) {
        String field = "limits." + resource;
        assertThat(value(null, field, null)).isEqualTo("0");
        rig.allocatable.put(resource, new Quantity("9"));
        assertThat(value(null, field, null)).isEqualTo(expected);
        set(rig.main, "limits", resource, "0");
        assertThat(value(null, field, null)).isEqualTo(expected);
        set(rig.main, "limits", resource, "2");
        assertThat(value(null, field, null)).isEqualTo("2");
        assertThat(value("side", field, null)).isEqualTo(expected);
    }

    @Test
    void e48PodLevelLimitsOfCpuAndMemoryStandBeforeTheNodes() {
        rig.pod.getSpec().setResources(new ResourceRequirementsBuilder().build());
        for (String resource : ALL) {
            rig.pod.getSpec().getResources().getLimits().put(resource, new Quantity("5"));
        }
        assertThat(value(null, "limits.cpu", null)).as("the node has no amount").isEqualTo("0");
        for (String resource : ALL) {
            rig.allocatable.put(resource, new Quantity("9"));
        }
        assertThat(value(null, "limits.cpu", null)).isEqualTo("5");
        assertThat(value(null, "limits.memory", null)).isEqualTo("5");
        assertThat(value(null, "limits.ephemeral-storage", null)).isEqualTo("9");
        assertThat(value(null, "limits.hugepages-2Mi", null)).isEqualTo("0");
        rig.pod.getSpec().getResources().getLimits().put("cpu", new Quantity("0"));
        assertThat(value(null, "limits.cpu", null)).isEqualTo("9");
        set(rig.main, "limits", "memory", "2");
        assertThat(value(null, "limits.memory", null)).isEqualTo("2");
    }

    @Test
    void e49NothingStandsInForAnInitContainerFoundByName() {
        rig.allocatable.put("cpu", new Quantity("9"));
        assertThat(value("setup", "limits.cpu", null)).isEqualTo("0");
        set(rig.pod.getSpec().getInitContainers().get(0), "limits", "cpu", "2");
        assertThat(value("setup", "limits.cpu", null)).isEqualTo("2");
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "cpu,1500m,-,2",
                "cpu,1500m,0,2",
                "cpu,1500m,1,2",
                "cpu,1500m,1m,1500",
                "cpu,1n,1m,1",
                "cpu,1,300m,4",
                "cpu,2,1u,2000",
                "memory,64Mi,1Mi,64",
                "memory,65Mi,1Gi,1",
                "memory,1000,1k,1",
                "memory,1001,1k,2",
                "memory,100m,-,1",
                "memory,3,500m,3",
                "ephemeral-storage,1Gi,1Mi,1024",
                "hugepages-2Mi,4Mi,1Mi,4",
                "memory,9007199254740993,1,9007199254740993",
                "memory,1E,1,1000000000000000000",
                "memory,16Ei,1,18446744073709551616",
                "memory,0,1Mi,0",
            })
    void e50DividesAndRoundsUp(String resource, String amount, @Nullable String divisor, String expected) {
        set(rig.main, "requests", resource, amount);
        assertThat(value(null, "requests." + resource, divisor)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "0.5,1",
        "1n,1",
        "1u,1",
        "1m,1",
        "1k,1000",
        "1M,1000000",
        "1G,1000000000",
        "1T,1000000000000",
        "1P,1000000000000000",
        "1E,1000000000000000000",
        "1Ki,1024",
        "1Mi,1048576",
        "1Gi,1073741824",
        "1Ti,1099511627776",
        "1Pi,1125899906842624",
        "1Ei,1152921504606846976",
        "1e3,1000",
        "1E3,1000",
        "5e-1,1",
        "15e-1,2",
        "1.5Ki,1536",
        ".5k,500",
        "2.,2",
        "+3,3",
        "1e+2,100",
        "1e003,1000",
        "12345E-2,124",
    })
    void e51ReadsEveryFormOfAQuantity(String amount, String expected) {
        set(rig.main, "requests", "memory", amount);
        assertThat(value(null, "requests.memory", null)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "1x", "1 k", "1kk", "1K", "1ki", "1mi", "--1", ".", "1e1000", "1e128", "1e-129"})
    void e51TellsWhatIsNoQuantity(String amount) {
        set(rig.main, "requests", "memory", amount);
        assertThat(failure(null, "requests.memory", null))
                .isEqualTo("cannot parse the quantity of memory: write it like 500m, 2, 1.5Gi or 1e3");
        set(rig.main, "requests", "memory", "1");
        assertThat(failure(null, "requests.memory", amount)).contains("divisor of requests.memory");
    }

    @Test
    void e51BoundsTheTextAndTheExponent() {
        assertThat(Amount.of(new Quantity("1" + "0".repeat(255)))).isNotNull();
        assertThat(Amount.of(new Quantity("1" + "0".repeat(256)))).isNull();
        assertThat(Amount.of(new Quantity("1e127"))).isNotNull();
        assertThat(Amount.of(new Quantity("1e-128"))).isNotNull();
        assertThat(Amount.of(new Quantity("-1"))).isNotNull();
    }

    private static void set(Container container, String list, String resource, String amount) {
        if (container.getResources() == null) {
            container.setResources(new ResourceRequirementsBuilder().build());
        }
        Map<String, Quantity> amounts = list.equals("limits")
                ? container.getResources().getLimits()
                : container.getResources().getRequests();
        amounts.put(resource, new Quantity(amount));
    }

    private String value(@Nullable String container, String resource, @Nullable String divisor) {
        return String.valueOf(resolve(container, resource, divisor).variables().get("X"));
    }

    private String failure(@Nullable String container, String resource, @Nullable String divisor) {
        Outcome outcome = resolve(container, resource, divisor);
        assertThat(outcome.errorKind()).isEqualTo("InvalidResourceRef");
        return outcome.message();
    }

    private Outcome resolve(@Nullable String container, String resource, @Nullable String divisor) {
        EnvVarSource from = new EnvVarSource();
        from.setResourceFieldRef(
                new ResourceFieldSelector(container, divisor == null ? null : new Quantity(divisor), resource));
        rig.main.getEnv().clear();
        return rig.env("X", from).resolve();
    }
}
