package dev.kubechurn.core.env;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The form of a label's or annotation's key: a name, with a DNS subdomain and {@code /} before it or not (E39). */
final class QualifiedName {

    private static final int NAME_LENGTH = 63;
    private static final int SUBDOMAIN_LENGTH = 253;
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?");
    private static final Pattern DNS_LABEL = Pattern.compile("[a-z0-9]([-a-z0-9]*[a-z0-9])?");

    private QualifiedName() {}

    /** What is wrong with the key, null if nothing is. */
    static @Nullable String problem(String key) {
        int slash = key.indexOf('/');
        if (slash < 0) {
            return nameProblem(key);
        }
        if (key.indexOf('/', slash + 1) >= 0) {
            return "more than one '/'";
        }
        String problem = subdomainProblem(key.substring(0, slash));
        return problem != null ? problem : nameProblem(key.substring(slash + 1));
    }

    private static @Nullable String nameProblem(String name) {
        if (name.isEmpty() || name.length() > NAME_LENGTH) {
            return "the name must have 1 to 63 characters";
        }
        return NAME.matcher(name).matches()
                ? null
                : "the name may contain letters, digits, '-', '_' and '.', and must start and end with a letter or digit";
    }

    private static @Nullable String subdomainProblem(String subdomain) {
        if (subdomain.isEmpty() || subdomain.length() > SUBDOMAIN_LENGTH) {
            return "the prefix before '/' must have 1 to 253 characters";
        }
        for (String label : subdomain.split("\\.", -1)) {
            if (!DNS_LABEL.matcher(label).matches()) {
                return "the prefix before '/' must be a lowercase DNS name";
            }
        }
        return null;
    }
}
