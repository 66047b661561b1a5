package dev.kubechurn.core.env;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A pod's IPs as its containers see them: one of the node's own family, then one of the other (E41).
 *
 * @param primary the first of {@code all}, or what the runtime called the pod's IP if there is none
 * @param all at most two
 */
record PodIps(String primary, List<String> all) {

    static PodIps of(String podIp, List<String> reported, List<String> hostIps) {
        Family own = hostIps.isEmpty() || Family.of(hostIps.get(0)) == Family.IPV4 ? Family.IPV4 : Family.IPV6;
        List<String> sorted = new ArrayList<>();
        addFirst(own, reported, sorted);
        addFirst(own == Family.IPV4 ? Family.IPV6 : Family.IPV4, reported, sorted);
        return new PodIps(sorted.isEmpty() ? podIp : sorted.get(0), List.copyOf(sorted));
    }

    private static void addFirst(Family family, List<String> reported, List<String> to) {
        reported.stream().filter(ip -> Family.of(ip) == family).findFirst().ifPresent(to::add);
    }

    private enum Family {
        IPV4,
        IPV6;

        private static final String BYTE = "0*(25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])";
        private static final Pattern DOTTED = Pattern.compile("(" + BYTE + "\\.){3}" + BYTE);

        // An IPv4 address in IPv6's clothes counts as IPv4, in Go and so here.
        private static final Pattern MAPPED = Pattern.compile(
                "(::|(0{1,4}:){5})[fF]{4}:(" + DOTTED.pattern() + "|[0-9a-fA-F]{1,4}:[0-9a-fA-F]{1,4})");
        private static final Pattern HEXADECIMAL = Pattern.compile("[0-9a-fA-F:.]*:[0-9a-fA-F:.]*");

        /** Null: the text is no IP. */
        static @Nullable Family of(String ip) {
            if (DOTTED.matcher(ip).matches() || MAPPED.matcher(ip).matches()) {
                return IPV4;
            }
            return HEXADECIMAL.matcher(ip).matches() ? IPV6 : null;
        }
    }
}
