package dev.kubechurn.core.store;

/**
 * The digits 0 to 9 and no others: Java's own parsing takes signs where the API server takes none, and digits of every
 * script.
 */
final class DecimalDigits {

    private DecimalDigits() {}

    /** Whether at least one digit and nothing else stands from {@code first} to the end. */
    static boolean stand(String text, int first) {
        for (int i = first; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < '0' || c > '9') {
                return false;
            }
        }
        return text.length() > first;
    }
}
