package dev.kubechurn.sim.apiserver.http;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Who may use a server, and how. Immutable.
 *
 * @param identity for TLS; null for plain HTTP
 * @param token that every request must bear; null: nobody is asked
 */
public record Access(
        @Nullable ServerIdentity identity, @Nullable String token) {

    /** Plain HTTP for everybody who reaches it. */
    public static final Access OPEN = new Access(null, null);

    /** Whether strangers may reach it: what they send cannot be read by others, and they must know the token. */
    boolean isGuarded() {
        return identity != null && token != null;
    }

    boolean allows(Optional<String> authorization) {
        if (token == null) {
            return true;
        }
        byte[] expected = ("Bearer " + token).getBytes(StandardCharsets.UTF_8);
        byte[] given = authorization.orElse("").getBytes(StandardCharsets.UTF_8);
        return MessageDigest.isEqual(expected, given); // takes as long for a wrong token as for a right one
    }

    /** Never the token. */
    @Override
    public String toString() {
        return (identity == null ? "HTTP" : "HTTPS") + (token == null ? "" : " with a token");
    }
}
