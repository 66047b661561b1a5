package dev.kubechurn.sim.apiserver.http;

import dev.kubechurn.sim.apiserver.ApiStatusException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A request line's path and query, decoded. */
record RequestTarget(List<String> segments, Map<String, String> query) {

    RequestTarget {
        segments = List.copyOf(segments);
        query = Map.copyOf(query);
    }

    /** Of a parameter that comes more than once the first counts, as in a Go server. */
    static RequestTarget parse(String target) {
        int mark = target.indexOf('?');
        String path = mark < 0 ? target : target.substring(0, mark);
        Map<String, String> query = new HashMap<>();
        if (mark >= 0) {
            for (String pair : target.substring(mark + 1).split("&", -1)) {
                int sign = pair.indexOf('=');
                String name = decode(sign < 0 ? pair : pair.substring(0, sign));
                query.putIfAbsent(name, sign < 0 ? "" : decode(pair.substring(sign + 1)));
            }
        }
        return new RequestTarget(segments(path), query);
    }

    /** The parameter's value; empty when it is not there. */
    String text(String name) {
        return query.getOrDefault(name, "");
    }

    boolean flag(String name) {
        String value = text(name);
        return switch (value) {
            case "", "false", "0" -> false;
            case "true", "1" -> true;
            default -> throw ApiStatusException.badRequest(name + ": \"" + value + "\" must be true or false");
        };
    }

    /** The parameter as a number of at most 9 digits; 0 when it is not there. */
    int number(String name) {
        String value = text(name);
        if (value.isEmpty()) {
            return 0;
        }
        if (!value.matches("[0-9]{1,9}")) {
            throw ApiStatusException.badRequest(name + ": \"" + value + "\" is not a number of 1 to 9 digits");
        }
        return Integer.parseInt(value);
    }

    private static List<String> segments(String path) {
        String trimmed = path.substring(path.startsWith("/") ? 1 : 0);
        if (trimmed.endsWith("/")) {
            trimmed = trimmed.substring(0, trimmed.length() - 1);
        }
        return trimmed.isEmpty()
                ? List.of()
                : List.of(trimmed.split("/", -1)).stream()
                        .map(segment -> decode(segment.replace("+", "%2B")))
                        .toList();
    }

    private static String decode(String text) {
        if (text.indexOf('%') < 0 && text.indexOf('+') < 0) {
            return text;
        }
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException malformed) {
            throw ApiStatusException.badRequest("the request's path or query has a malformed % escape");
        }
    }
}
