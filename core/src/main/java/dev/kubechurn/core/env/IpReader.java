package dev.kubechurn.core.env;

import org.jspecify.annotations.Nullable;

/** Reads an address from left to right, as leniently as the kubelet does: numbers may have any leading zeros. */
final class IpReader {

    private static final int GROUPS = 8;
    private static final int LARGEST_BYTE = 0xff;
    private static final int LARGEST_GROUP = 0xffff;
    private static final int NONE = -1;

    private final String text;
    private int at;

    IpReader(String text) {
        this.text = text;
    }

    boolean atEnd() {
        return at == text.length();
    }

    /** Four decimal numbers with dots between them, as one number; negative if they are not there. */
    long dotted() {
        long address = 0;
        for (int i = 0; i < 4; i++) {
            if (i > 0 && !skip('.')) {
                return NONE;
            }
            int number = number(10, LARGEST_BYTE);
            if (number == NONE) {
                return NONE;
            }
            address = address << 8 | number;
        }
        return address;
    }

    /** The whole text as the eight groups of an IPv6 address; null if it is none. */
    int @Nullable [] groups() {
        int[] groups = new int[GROUPS];
        int count = 0;
        int gap = NONE;
        if (text.startsWith("::")) {
            gap = 0;
            at = 2;
        }
        while (count < GROUPS && !(atEnd() && gap == count)) {
            int start = at;
            int group = number(16, LARGEST_GROUP);
            if (group == NONE) {
                return null;
            }
            if (!atEnd() && text.charAt(at) == '.') {
                at = start;
                return withDottedEnd(groups, count, gap);
            }
            groups[count++] = group;
            if (atEnd()) {
                break;
            }
            if (!skip(':') || atEnd()) {
                return null;
            }
            if (text.charAt(at) == ':') {
                if (gap != NONE) {
                    return null;
                }
                gap = count;
                at++;
            }
        }
        return atEnd() ? widened(groups, count, gap) : null;
    }

    /** The last two groups may be written as an IPv4 address. */
    private int @Nullable [] withDottedEnd(int[] groups, int count, int gap) {
        boolean fits = gap == NONE ? count == GROUPS - 2 : count <= GROUPS - 2;
        long address = fits ? dotted() : NONE;
        if (address < 0 || !atEnd()) {
            return null;
        }
        groups[count] = (int) (address >> 16);
        groups[count + 1] = (int) (address & LARGEST_GROUP);
        return widened(groups, count + 2, gap);
    }

    /** Puts zeros into the gap, which stands for one group at least. */
    private static int @Nullable [] widened(int[] groups, int count, int gap) {
        if ((count == GROUPS) != (gap == NONE)) {
            return null;
        }
        if (gap != NONE) {
            int behind = count - gap;
            System.arraycopy(groups, gap, groups, GROUPS - behind, behind);
            for (int i = gap; i < GROUPS - behind; i++) {
                groups[i] = 0;
            }
        }
        return groups;
    }

    private boolean skip(char expected) {
        if (atEnd() || text.charAt(at) != expected) {
            return false;
        }
        at++;
        return true;
    }

    /** ASCII digits only: {@link Character#digit} knows those of other scripts. */
    private int number(int radix, int largest) {
        int start = at;
        int number = 0;
        while (!atEnd() && text.charAt(at) < 0x80) {
            int digit = Character.digit(text.charAt(at), radix);
            if (digit < 0) {
                break;
            }
            number = number * radix + digit;
            if (number > largest) {
                return NONE;
            }
            at++;
        }
        return at == start ? NONE : number;
    }
}
