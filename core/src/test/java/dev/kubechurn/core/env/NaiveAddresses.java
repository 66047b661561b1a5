package dev.kubechurn.core.env;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Addresses as the rule E42 has them, once more: by patterns and 128-bit numbers. */
final class NaiveAddresses {

    private static final String BYTE = "0*(25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[0-9]?[0-9])";
    private static final Pattern DOTTED = Pattern.compile(String.join("\\.", BYTE, BYTE, BYTE, BYTE));
    private static final Pattern DOTTED_END = Pattern.compile("(.*:)([^:]*\\.[^:]*)");
    private static final Pattern GROUP = Pattern.compile("0*[0-9a-fA-F]{1,4}");
    private static final BigInteger MAPPED = BigInteger.valueOf(0xffff);

    private NaiveAddresses() {}

    /** Those that are addresses, in canonical form. */
    static List<String> of(List<String> texts) {
        List<String> addresses = new ArrayList<>();
        for (String text : texts) {
            Matcher dotted = DOTTED.matcher(text);
            BigInteger number = dotted.matches() ? null : number(text);
            if (dotted.matches()) {
                addresses.add(printed4(number4(dotted)));
            } else if (number != null && number.shiftRight(32).equals(MAPPED)) {
                addresses.add(printed4(number.longValue() & 0xffff_ffffL));
            } else if (number != null) {
                addresses.add(printed6(number));
            }
        }
        return addresses;
    }

    private static long number4(Matcher dotted) {
        long number = 0;
        for (int i = 1; i <= 4; i++) {
            number = number * 256 + Long.parseLong(dotted.group(i));
        }
        return number;
    }

    private static String printed4(long number) {
        return String.join(
                ".",
                List.of(24, 16, 8, 0).stream()
                        .map(shift -> Long.toString(number >> shift & 255))
                        .toList());
    }

    private static @Nullable BigInteger number(String text) {
        Matcher end = DOTTED_END.matcher(text);
        if (end.matches()) {
            Matcher dotted = DOTTED.matcher(end.group(2));
            if (!dotted.matches()) {
                return null;
            }
            long number = number4(dotted);
            return number(end.group(1) + Long.toHexString(number >> 16) + ":" + Long.toHexString(number & 0xffff));
        }
        List<String> halves = List.of(text.split("::", -1));
        if (halves.size() > 2) {
            return null;
        }
        List<String> groups = groups(halves.get(0));
        if (halves.size() == 2) {
            List<String> behind = groups(halves.get(1));
            groups.addAll(Collections.nCopies(Math.max(1, 8 - groups.size() - behind.size()), "0"));
            groups.addAll(behind);
        }
        return groups.size() == 8
                        && groups.stream()
                                .allMatch(group -> GROUP.matcher(group).matches())
                ? groups.stream()
                        .map(group -> new BigInteger(group, 16))
                        .reduce(
                                BigInteger.ZERO,
                                (sum, group) -> sum.shiftLeft(16).add(group))
                : null;
    }

    private static List<String> groups(String half) {
        return new ArrayList<>(half.isEmpty() ? List.of() : List.of(half.split(":", -1)));
    }

    private static String printed6(BigInteger number) {
        List<String> groups = new ArrayList<>();
        for (int shift = 112; shift >= 0; shift -= 16) {
            groups.add(Integer.toHexString(number.shiftRight(shift).intValue() & 0xffff));
        }
        String all = ":" + String.join(":", groups) + ":";
        for (int zeros = 8; zeros > 1; zeros--) {
            String run = ":" + "0:".repeat(zeros);
            int at = all.indexOf(run);
            if (at >= 0) {
                String before = all.substring(0, at);
                String after = all.substring(at + run.length());
                return (before.isEmpty() ? "" : before.substring(1))
                        + "::"
                        + (after.isEmpty() ? "" : after.substring(0, after.length() - 1));
            }
        }
        return String.join(":", groups);
    }
}
