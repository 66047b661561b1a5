package dev.kubechurn.core.fabric8;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.kubechurn.core.api.ObjectApi.WatchOptions;
import dev.kubechurn.core.api.ObjectKey;
import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Addresses: prefixes, encoding, selectors and what is not sent. */
class ResourceUrisTest {

    private final ResourceUris uris = new ResourceUris(URI.create("https://example.org:6443/proxy"), "secrets");

    @Test
    void aPrefixOfTheServerIsKept() {
        assertThat(uris.get(new ObjectKey("ns", "a.b-c"), ""))
                .hasToString("https://example.org:6443/proxy/api/v1/namespaces/ns/secrets/a.b-c");
    }

    @Test
    void aSelectorIsEscapedAsASelectorAndAsAUri() {
        assertThat(uris.list(new ObjectKey("ns", "a=b,c\\ d&e+f"), "0"))
                .hasToString("https://example.org:6443/proxy/api/v1/namespaces/ns/secrets"
                        + "?fieldSelector=metadata.name%3Da%5C%3Db%5C%2Cc%5C%5C%20d%26e%2Bf&resourceVersion=0");
    }

    @Test
    void aPathIsEncoded() {
        assertThat(uris.get(new ObjectKey("n s", "ü?#"), "0"))
                .hasToString("https://example.org:6443/proxy/api/v1/namespaces/n%20s/secrets/%C3%BC%3F%23"
                        + "?resourceVersion=0");
    }

    @Test
    void aWatchWithoutAVersionOrBookmarks() {
        assertThat(uris.watch(new ObjectKey("ns", "n"), new WatchOptions("", false, 300))
                        .getRawQuery())
                .isEqualTo("fieldSelector=metadata.name%3Dn&watch=true&allowWatchBookmarks=false&timeoutSeconds=300");
    }

    @Test
    void aWatchThatListsSaysSoInTheOneFormThatServersTake() {
        assertThat(uris.watch(new ObjectKey("ns", "n"), new WatchOptions("", true, 300, true))
                        .getRawQuery())
                .isEqualTo("fieldSelector=metadata.name%3Dn&watch=true&allowWatchBookmarks=true&timeoutSeconds=300"
                        + "&sendInitialEvents=true&resourceVersionMatch=NotOlderThan");
    }

    @Test
    void theOriginIsTheServersOwn() {
        assertThat(uris.origin()).isEqualTo("https://example.org:6443");
        assertThat(new ResourceUris(URI.create("http://example.org/"), "secrets").origin())
                .isEqualTo("http://example.org");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "..", "a/b", "%2e%2e"})
    void whatWouldLeadElsewhereIsRefused(String part) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> uris.get(new ObjectKey("ns", part), ""))
                .withMessageStartingWith("invalid name \"" + part + "\"");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> uris.list(new ObjectKey(part, "n"), ""))
                .withMessageStartingWith("invalid namespace \"" + part + "\"");
    }
}
