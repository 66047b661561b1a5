package dev.kubechurn.core.env;

import dev.kubechurn.core.env.NaiveResolver.Refusal;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceFieldSelector;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The rules E44 to E51 once more; quantities are counted in whole 10^-12, which all that are drawn have. */
final class NaiveResources {

    private static final BigInteger PICO = BigInteger.TEN.pow(12);
    private static final BigInteger MILLI = BigInteger.TEN.pow(9);
    private static final List<String> FIELDS = List.of("cpu", "memory", "ephemeral-storage", "hugepages-2Mi");

    private NaiveResources() {}

    static String value(ResourceFieldSelector selector, EnvironmentRequest request) throws Refusal {
        Container container = request.container();
        boolean defaults = true;
        String name = selector.getContainerName();
        if (name != null && !name.isEmpty()) {
            container = byName(request.pod().getSpec().getContainers(), name);
            if (container == null) {
                container = byName(request.pod().getSpec().getInitContainers(), name);
                defaults = false;
            }
            if (container == null) {
                throw new Refusal("InvalidResourceRef", "container " + name + " not found");
            }
        }
        String field = selector.getResource();
        for (String resource : FIELDS) {
            BigInteger amount = null;
            if (field.equals("requests." + resource)) {
                amount = amount(requirements(container).getRequests(), resource);
            } else if (field.equals("limits." + resource)) {
                amount = amount(requirements(container).getLimits(), resource);
                if (amount.signum() == 0 && defaults && !resource.startsWith("huge")) {
                    amount = allocatable(request, resource);
                }
            }
            if (amount != null) {
                return ratio(amount, selector.getDivisor(), resource.equals("cpu") ? MILLI : PICO);
            }
        }
        throw new Refusal("InvalidResourceRef", "unsupported container resource : " + field);
    }

    private static BigInteger allocatable(EnvironmentRequest request, String resource) {
        Map<String, Quantity> node = request.node().allocatable();
        ResourceRequirements ofPod = request.pod().getSpec().getResources();
        if (ofPod != null
                && node.containsKey(resource)
                && List.of("cpu", "memory").contains(resource)) {
            BigInteger limit = amount(ofPod.getLimits(), resource);
            if (limit.signum() != 0) {
                return limit;
            }
        }
        return amount(node, resource);
    }

    private static String ratio(BigInteger amount, @Nullable Quantity divisor, BigInteger unit) {
        BigInteger by = divisor == null ? BigInteger.ZERO : pico(divisor);
        return up(up(amount, unit), up(by.signum() == 0 ? PICO : by, unit)).toString();
    }

    private static BigInteger up(BigInteger dividend, BigInteger divisor) {
        return dividend.add(divisor).subtract(BigInteger.ONE).divide(divisor);
    }

    private static BigInteger amount(Map<String, Quantity> amounts, String resource) {
        Quantity quantity = amounts.get(resource);
        return quantity == null ? BigInteger.ZERO : pico(quantity);
    }

    private static BigInteger pico(Quantity quantity) {
        String text = quantity.getAmount() + quantity.getFormat();
        String digits = text.split("[a-zA-Z]", 2)[0];
        String suffix = text.substring(digits.length());
        int point = digits.indexOf('.');
        int decimals = point < 0 ? 0 : digits.length() - point - 1;
        BigInteger number = new BigInteger(digits.replace(".", ""));
        int power = 12 - decimals;
        if (suffix.endsWith("i")) {
            number = number.shiftLeft(10 * ("KMGTPE".indexOf(suffix.charAt(0)) + 1));
        } else if (suffix.length() > 1) {
            power += Integer.parseInt(suffix.substring(1));
        } else if (!suffix.isEmpty()) {
            power += "n  u  m     k  M  G  T  P  E".indexOf(suffix) - 9;
        }
        return number.multiply(BigInteger.TEN.pow(power));
    }

    private static ResourceRequirements requirements(Container container) {
        if (container.getResources() != null) {
            return container.getResources();
        }
        ResourceRequirements none = new ResourceRequirements();
        none.setLimits(Map.of());
        none.setRequests(Map.of());
        return none;
    }

    private static @Nullable Container byName(List<Container> containers, String name) {
        for (Container container : containers) {
            if (container.getName().equals(name)) {
                return container;
            }
        }
        return null;
    }
}
