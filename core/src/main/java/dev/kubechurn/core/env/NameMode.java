package dev.kubechurn.core.env;

/** Which names from {@code envFrom} become variables; decides nothing else (E18 to E20). */
public enum NameMode {
    /** As in 1.19: names that no shell would take are skipped, with an event. */
    STRICT {
        @Override
        boolean accepts(String name) {
            return !name.isEmpty()
                    && !isDigit(name.charAt(0))
                    && !name.equals(".")
                    && !name.startsWith("..")
                    && hasOnlyNameCharacters(name);
        }
    },

    /** As today: every name is taken. */
    RELAXED {
        @Override
        boolean accepts(String name) {
            return true;
        }
    };

    /** Whether a variable may bear the name, prefix included. */
    abstract boolean accepts(String name);

    private static boolean hasOnlyNameCharacters(String name) {
        for (int i = 0; i < name.length(); i++) {
            if (!isNameCharacter(name.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean isDigit(int unit) {
        return unit >= '0' && unit <= '9';
    }

    private static boolean isNameCharacter(int unit) {
        return isDigit(unit)
                || (unit >= 'a' && unit <= 'z')
                || (unit >= 'A' && unit <= 'Z')
                || unit == '-'
                || unit == '.'
                || unit == '_';
    }
}
