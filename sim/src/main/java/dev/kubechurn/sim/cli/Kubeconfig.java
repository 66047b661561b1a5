package dev.kubechurn.sim.cli;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * How a client finds a server and proves who it is, as kubectl reads it.
 *
 * @param certificatePem of the server; null without TLS
 * @param token null where nobody is asked
 */
record Kubeconfig(
        URI server,
        @Nullable String certificatePem,
        @Nullable String token) {

    private static final String NAME = "kubechurn";

    String yaml() {
        String address = server.toString().replaceFirst("/$", "");
        StringBuilder yaml = new StringBuilder("apiVersion: v1\nkind: Config\n");
        yaml.append("clusters:\n- name: " + NAME + "\n  cluster:\n    server: \"")
                .append(address)
                .append("\"\n");
        if (certificatePem != null) {
            yaml.append("    certificate-authority-data: ")
                    .append(Base64.getEncoder().encodeToString(certificatePem.getBytes(StandardCharsets.UTF_8)))
                    .append('\n');
        }
        yaml.append("users:\n- name: " + NAME + "\n  user:");
        yaml.append(token == null ? " {}\n" : "\n    token: " + token + "\n");
        yaml.append("contexts:\n- name: " + NAME + "\n  context: {cluster: " + NAME + ", user: " + NAME
                + ", namespace: default}\n");
        return yaml.append("current-context: " + NAME + "\n").toString();
    }

    /** Writes it for its owner's eyes only, from its first byte on. */
    void write(Path file) throws IOException {
        Path folder = requireNonNull(file.toAbsolutePath().getParent());
        Files.createDirectories(folder);
        Path unfinished = Files.createTempFile(folder, ".kubeconfig", ".tmp"); // the JDK makes it the owner's alone
        try {
            Files.writeString(unfinished, yaml());
            Files.move(unfinished, file, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(unfinished);
        }
    }

    /** Never the token. */
    @Override
    public String toString() {
        return "kubeconfig for " + server;
    }
}
