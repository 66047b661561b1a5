package dev.kubechurn.sim.apiserver;

import dev.kubechurn.core.api.ObjectKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A field selector on {@code metadata.name} and {@code metadata.namespace} with =, == and !=. Immutable. */
public record FieldSelector(List<Requirement> requirements) {

    /** The selector that takes everything. */
    public static final FieldSelector EVERYTHING = new FieldSelector(List.of());

    public FieldSelector {
        requirements = List.copyOf(requirements);
    }

    /** The fields that can be selected by. */
    enum Field {
        NAME,
        NAMESPACE
    }

    /** One of the conditions that all have to hold. */
    record Requirement(Field field, boolean equal, String value) {

        boolean matches(ObjectKey key) {
            String actual = field == Field.NAME ? key.name() : key.namespace();
            return actual.equals(value) == equal;
        }
    }

    /** The selector that takes one name. */
    public static FieldSelector name(String name) {
        return new FieldSelector(List.of(new Requirement(Field.NAME, true, name)));
    }

    /**
     * Reads a selector; the empty text takes everything.
     *
     * @throws ApiStatusException 400 naming the part that cannot be read or the field that cannot be selected by
     */
    public static FieldSelector parse(String text) {
        if (text.isBlank()) {
            return EVERYTHING;
        }
        List<Requirement> requirements = new ArrayList<>();
        for (String part : text.split(",", -1)) {
            requirements.add(requirement(part.strip()));
        }
        return new FieldSelector(requirements);
    }

    boolean matches(ObjectKey key) {
        for (Requirement requirement : requirements) {
            if (!requirement.matches(key)) {
                return false;
            }
        }
        return true;
    }

    /** The only name that can match, if the selector says one. */
    Optional<String> exactName() {
        return exact(Field.NAME);
    }

    /** The only namespace that can match, if the selector says one. */
    Optional<String> exactNamespace() {
        return exact(Field.NAMESPACE);
    }

    boolean takesEverything() {
        return requirements.isEmpty();
    }

    private Optional<String> exact(Field field) {
        for (Requirement requirement : requirements) {
            if (requirement.field() == field && requirement.equal()) {
                return Optional.of(requirement.value());
            }
        }
        return Optional.empty();
    }

    private static Requirement requirement(String part) {
        int sign = part.indexOf('=');
        if (sign <= 0) {
            throw ApiStatusException.badRequest("fieldSelector: unable to parse requirement \"" + part
                    + "\"; write metadata.name=value or metadata.namespace!=value");
        }
        boolean equal = part.charAt(sign - 1) != '!';
        boolean doubled = equal && part.startsWith("==", sign);
        String value = part.substring(sign + (doubled ? 2 : 1)).strip();
        return new Requirement(field(part.substring(0, equal ? sign : sign - 1).strip()), equal, value);
    }

    private static Field field(String name) {
        return switch (name) {
            case "metadata.name" -> Field.NAME;
            case "metadata.namespace" -> Field.NAMESPACE;
            default ->
                throw ApiStatusException.badRequest(
                        "field label not supported: " + name + "; select by metadata.name or metadata.namespace");
        };
    }
}
