package dev.kubechurn.sim.job;

import io.fabric8.kubernetes.api.model.Quantity;
import java.math.BigDecimal;
import java.util.regex.Pattern;

/** Amounts of things as Kubernetes writes them; fabric8 alone takes some that the API server does not. */
public final class JobQuantities {

    private static final Pattern FORM = Pattern.compile(
            "\\+?([0-9]{1,18}(\\.[0-9]{0,9})?|\\.[0-9]{1,9})([numkMGTPE]|[KMGTPE]i|[eE][+-]?[0-9]{1,2})?");
    private static final long MIB = 1 << 20;
    private static final long GIB = 1 << 30;

    /** The JVM alone would not start in less. */
    private static final BigDecimal LEAST_MEMORY = BigDecimal.valueOf(256 * MIB);

    private static final BigDecimal LEAST_STORAGE = BigDecimal.valueOf(MIB);
    private static final BigDecimal LEAST_CPU = new BigDecimal("0.001");

    private JobQuantities() {}

    /** Of memory: {@code --memory}. */
    public static Quantity memory(String text) throws JobException {
        return atLeast("--memory", text, LEAST_MEMORY, "256Mi", "1Gi");
    }

    /** Of a claim: {@code --storage}. */
    public static Quantity storage(String text) throws JobException {
        return atLeast("--storage", text, LEAST_STORAGE, "1Mi", "10Gi");
    }

    /** Of processors: {@code --cpu}. */
    public static Quantity cpu(String text) throws JobException {
        return atLeast("--cpu", text, LEAST_CPU, "1m", "500m");
    }

    private static Quantity atLeast(String option, String text, BigDecimal least, String leastText, String example)
            throws JobException {
        if (!FORM.matcher(text).matches()) {
            throw new JobException(option + " \"" + text + "\" is not a quantity; write it like " + example);
        }
        Quantity quantity = Quantity.parse(text);
        if (quantity.getNumericalAmount().compareTo(least) < 0) {
            throw new JobException(option + " " + text + " is too little: use at least " + leastText);
        }
        return quantity;
    }

    /** Bytes in the largest unit that tells them exactly. */
    static Quantity ofBytes(long bytes) {
        if (bytes % GIB == 0) {
            return new Quantity(Long.toString(bytes / GIB), "Gi");
        }
        return bytes % MIB == 0 ? new Quantity(Long.toString(bytes / MIB), "Mi") : new Quantity(Long.toString(bytes));
    }

    static long bytes(Quantity quantity) {
        return quantity.getNumericalAmount().longValue();
    }
}
