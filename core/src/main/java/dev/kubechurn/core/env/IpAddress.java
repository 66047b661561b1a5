package dev.kubechurn.core.env;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An IP address in canonical form (E41, E42).
 *
 * @param text as Go prints it: IPv6 in lower case with its longest run of zeros shortened, an IPv4-mapped one as IPv4
 */
record IpAddress(String text, boolean ipv4) {

    private static final int GROUPS = 8;
    private static final int MAPPED_PREFIX = 0xffff;

    /** Null: the text is no address. Leading zeros are allowed and mean nothing, as in the kubelet. */
    static @Nullable IpAddress parse(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) == '.') {
                IpReader reader = new IpReader(text);
                long address = reader.dotted();
                return address >= 0 && reader.atEnd() ? ofIpv4(address) : null;
            }
            if (text.charAt(i) == ':') {
                int[] groups = new IpReader(text).groups();
                return groups == null ? null : ofGroups(groups);
            }
        }
        return null;
    }

    /**
     * The first address of one family, then the first of the other, if there are such; texts that are no addresses are
     * passed over.
     */
    static List<String> onePerFamily(List<String> texts, boolean ipv4First) {
        List<String> chosen = new ArrayList<>(2);
        addFirst(texts, ipv4First, chosen);
        addFirst(texts, !ipv4First, chosen);
        return chosen;
    }

    private static void addFirst(List<String> texts, boolean ipv4, List<String> to) {
        for (String text : texts) {
            IpAddress address = parse(text);
            if (address != null && address.ipv4 == ipv4) {
                to.add(address.text);
                return;
            }
        }
    }

    /** Whether the first address among the texts is of IPv4; true if there is none. */
    static boolean startsWithIpv4(List<String> texts) {
        for (String text : texts) {
            IpAddress address = parse(text);
            if (address != null) {
                return address.ipv4;
            }
        }
        return true;
    }

    private static IpAddress ofIpv4(long address) {
        String text =
                (address >> 24) + "." + (address >> 16 & 0xff) + "." + (address >> 8 & 0xff) + "." + (address & 0xff);
        return new IpAddress(text, true);
    }

    private static IpAddress ofGroups(int[] groups) {
        int zeros = 0;
        while (zeros < GROUPS && groups[zeros] == 0) {
            zeros++;
        }
        return zeros == 5 && groups[5] == MAPPED_PREFIX
                ? ofIpv4((long) groups[6] << 16 | groups[7])
                : new IpAddress(printed(groups), false);
    }

    /** RFC 5952: the first of the longest runs of at least two zeros becomes {@code ::}. */
    private static String printed(int[] groups) {
        int start = -1;
        int length = 1;
        for (int i = 0; i < GROUPS; i++) {
            int run = zerosFrom(groups, i);
            if (run > length) {
                start = i;
                length = run;
            }
        }
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < GROUPS; i++) {
            if (i == start) {
                text.append("::");
                i += length - 1;
            } else {
                boolean separated = text.isEmpty() || text.charAt(text.length() - 1) == ':';
                text.append(separated ? "" : ":").append(Integer.toHexString(groups[i]));
            }
        }
        return text.toString();
    }

    private static int zerosFrom(int[] groups, int start) {
        int end = start;
        while (end < GROUPS && groups[end] == 0) {
            end++;
        }
        return end - start;
    }
}
