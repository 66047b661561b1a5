package dev.kubechurn.sim.apiserver.http;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A self-signed certificate and its key, made anew: whoever trusts this certificate trusts this server and no other. The key
 * stays in memory. Safe from any thread.
 */
public final class ServerIdentity {

    private static final String ALIAS = "kubechurn";
    private static final String PASSWORD_VARIABLE = "KUBECHURN_STORE_PASSWORD";
    private static final int DAYS = 365;
    private static final long LIMIT_SECONDS = 60;

    private final byte[] keyStore;
    private final String password;
    private final byte[] certificate;

    private ServerIdentity(byte[] keyStore, String password, byte[] certificate) {
        this.keyStore = keyStore;
        this.password = password;
        this.certificate = certificate;
    }

    /**
     * Makes one with the JDK's own keytool.
     *
     * @param address that clients use, beside localhost
     * @throws IOException if keytool is not there or fails
     */
    public static ServerIdentity selfSigned(InetAddress address) throws IOException, InterruptedException {
        Path directory = Files.createTempDirectory("kubechurn-identity");
        Path file = directory.resolve("server.p12");
        try {
            byte[] secret = new byte[16];
            new SecureRandom().nextBytes(secret);
            String password = HexFormat.of().formatHex(secret);
            keytool(file, address, password);
            byte[] store = Files.readAllBytes(file);
            return new ServerIdentity(store, password, certificate(store, password));
        } finally {
            Files.deleteIfExists(file);
            Files.deleteIfExists(directory);
        }
    }

    private static void keytool(Path file, InetAddress address, String password)
            throws IOException, InterruptedException {
        String names = "SAN=dns:localhost,ip:127.0.0.1,ip:::1,ip:"
                + address.getHostAddress().replaceFirst("%.*", "");
        ProcessBuilder keytool = new ProcessBuilder(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                ALIAS,
                "-keyalg",
                "EC",
                "-groupname",
                "secp256r1",
                "-sigalg",
                "SHA256withECDSA",
                "-dname",
                "CN=kubechurn",
                "-ext",
                names,
                "-validity",
                Integer.toString(DAYS),
                "-keystore",
                file.toString(),
                "-storetype",
                "PKCS12",
                "-storepass:env",
                PASSWORD_VARIABLE));
        keytool.environment().put(PASSWORD_VARIABLE, password);
        Process process = keytool.redirectErrorStream(true).start();
        String said;
        try (InputStream out = process.getInputStream()) {
            said = new String(out.readAllBytes(), StandardCharsets.UTF_8).strip();
        }
        if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
            process.destroyForcibly();
            throw new IOException("keytool did not create a certificate: " + said);
        }
    }

    private static byte[] certificate(byte[] store, String password) {
        try {
            KeyStore read = KeyStore.getInstance("PKCS12");
            read.load(new ByteArrayInputStream(store), password.toCharArray());
            return read.getCertificate(ALIAS).getEncoded();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("cannot read the keystore that keytool created", e);
        }
    }

    byte[] keyStore() {
        return keyStore.clone();
    }

    String password() {
        return password;
    }

    /** The certificate for those who are to trust this server, in PEM. */
    public String certificatePem() {
        String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(certificate);
        return "-----BEGIN CERTIFICATE-----\n" + body + "\n-----END CERTIFICATE-----\n";
    }

    /** Never the key. */
    @Override
    public String toString() {
        return "self-signed identity";
    }
}
