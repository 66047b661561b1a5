package dev.kubechurn.core.fabric8;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.kubechurn.core.api.ObjectApi.WatchOptions;
import dev.kubechurn.core.api.ObjectKey;
import java.net.URI;
import java.net.URLEncoder;

/**
 * The addresses of one kind of object at one server.
 *
 * <p>A namespace or name that could lead to another resource ({@code ..}, {@code a/b}) is refused with an
 * {@link IllegalArgumentException}, as client-go refuses it.
 *
 * @param server the server's address, with the prefix of a proxy if there is one
 */
record ResourceUris(URI server, String plural) {

    /** A server takes the one only with the other. */
    private static final String INITIAL_EVENTS = "&sendInitialEvents=true&resourceVersionMatch=NotOlderThan";

    private static final String NAME_SELECTOR = "fieldSelector=" + encode("metadata.name=");

    /** A list of the one object. An empty resourceVersion is left out. */
    URI list(ObjectKey key, String resourceVersion) {
        return URI.create(collection(key) + '?' + selector(key) + version('&', resourceVersion));
    }

    /** A watch of the one object. */
    URI watch(ObjectKey key, WatchOptions options) {
        return URI.create(collection(key)
                + '?'
                + selector(key)
                + version('&', options.resourceVersion())
                + "&watch=true&allowWatchBookmarks="
                + options.allowBookmarks()
                + "&timeoutSeconds="
                + options.timeoutSeconds()
                + (options.sendInitialEvents() ? INITIAL_EVENTS : ""));
    }

    /** The object itself. */
    URI get(ObjectKey key, String resourceVersion) {
        return URI.create(collection(key) + '/' + segment("name", key.name()) + version('?', resourceVersion));
    }

    /** Scheme, host and port, as a browser would send them. */
    String origin() {
        String port = server.getPort() < 0 ? "" : ":" + server.getPort();
        return server.getScheme() + "://" + server.getHost() + port;
    }

    private String collection(ObjectKey key) {
        String base = server.toString();
        String separator = base.endsWith("/") ? "" : "/";
        return base + separator + "api/v1/namespaces/" + segment("namespace", key.namespace()) + '/' + plural;
    }

    private static String selector(ObjectKey key) {
        String escaped = key.name().replace("\\", "\\\\").replace(",", "\\,").replace("=", "\\=");
        return NAME_SELECTOR + encode(escaped);
    }

    private static String version(char separator, String resourceVersion) {
        return resourceVersion.isEmpty() ? "" : separator + "resourceVersion=" + encode(resourceVersion);
    }

    private static String segment(String what, String value) {
        if (value.isEmpty() || value.equals(".") || value.equals("..") || value.contains("/") || value.contains("%")) {
            throw new IllegalArgumentException("invalid " + what + " \"" + value
                    + "\": it must not be empty, \".\" or \"..\", or contain \"/\" or \"%\"");
        }
        return encode(value);
    }

    private static String encode(String value) {
        return URLEncoder.encode(value, UTF_8).replace("+", "%20");
    }
}
