package dev.kubechurn.sim.apiserver;

import java.util.Optional;
import java.util.regex.Pattern;

/** A kind of object that the API server stores; all are of group "" and version v1. */
public enum Resource {
    CONFIGMAPS("configmaps", "ConfigMap", true, NameRule.SUBDOMAIN, "cm"),
    SECRETS("secrets", "Secret", true, NameRule.SUBDOMAIN, ""),
    NAMESPACES("namespaces", "Namespace", false, NameRule.LABEL, "ns"),
    PODS("pods", "Pod", true, NameRule.SUBDOMAIN, "po"),
    SERVICES("services", "Service", true, NameRule.SERVICE, "svc"),
    NODES("nodes", "Node", false, NameRule.SUBDOMAIN, "no");

    private final String plural;
    private final String kind;
    private final boolean namespaced;
    private final NameRule nameRule;
    private final String shortName;

    Resource(String plural, String kind, boolean namespaced, NameRule nameRule, String shortName) {
        this.plural = plural;
        this.kind = kind;
        this.namespaced = namespaced;
        this.nameRule = nameRule;
        this.shortName = shortName;
    }

    /** The resource with this path segment, such as {@code configmaps}. */
    public static Optional<Resource> ofPlural(String plural) {
        for (Resource resource : values()) {
            if (resource.plural.equals(plural)) {
                return Optional.of(resource);
            }
        }
        return Optional.empty();
    }

    /** The resource whose objects are of this kind, such as {@code ConfigMap}. */
    public static Optional<Resource> ofKind(String kind) {
        for (Resource resource : values()) {
            if (resource.kind.equals(kind)) {
                return Optional.of(resource);
            }
        }
        return Optional.empty();
    }

    /** The path segment, such as {@code configmaps}. */
    public String plural() {
        return plural;
    }

    /** The name of one object, such as {@code configmap}. */
    public String singular() {
        return plural.substring(0, plural.length() - 1);
    }

    public String kind() {
        return kind;
    }

    /** Whether objects live in a namespace; those that do not have the namespace "". */
    public boolean namespaced() {
        return namespaced;
    }

    /** What people type, such as {@code cm}; empty if there is none. */
    public String shortName() {
        return shortName;
    }

    NameRule nameRule() {
        return nameRule;
    }

    /** What an object's name may look like. */
    enum NameRule {
        SUBDOMAIN(
                253,
                "[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*",
                "a DNS-1123 subdomain: lowercase letters, digits, '-' and '.', at most 253 characters"),
        LABEL(
                63,
                "[a-z0-9]([-a-z0-9]*[a-z0-9])?",
                "a DNS-1123 label: lowercase letters, digits and '-', at most 63 characters"),
        SERVICE(
                63,
                "[a-z]([-a-z0-9]*[a-z0-9])?",
                "a DNS-1035 label: lowercase letters, digits and '-', starting with a letter, at most 63 characters");

        private final int maxLength;
        private final Pattern pattern;
        private final String description;

        NameRule(int maxLength, String regex, String description) {
            this.maxLength = maxLength;
            this.pattern = Pattern.compile(regex);
            this.description = description;
        }

        boolean allows(String name) {
            return name.length() <= maxLength && pattern.matcher(name).matches();
        }

        String description() {
            return description;
        }
    }
}
