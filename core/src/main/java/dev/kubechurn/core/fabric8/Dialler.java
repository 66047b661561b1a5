package dev.kubechurn.core.fabric8;

import io.fabric8.kubernetes.client.http.HttpClient;
import io.fabric8.kubernetes.client.http.TlsVersion;
import io.fabric8.kubernetes.client.utils.HttpClientUtils;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.Http2Settings;
import io.vertx.core.http.HttpClientAgent;
import io.vertx.core.http.HttpClientConnection;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpConnectOptions;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.JdkSSLEngineOptions;
import io.vertx.core.net.KeyCertOptions;
import io.vertx.core.net.ProxyOptions;
import io.vertx.core.net.ProxyType;
import io.vertx.core.net.SocketAddress;
import io.vertx.core.net.TrustOptions;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.net.ssl.X509KeyManager;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/**
 * Connects to one server: over TLS with HTTP/2 where the server knows it, else with HTTP/1.1. Limits are those of client-go.
 */
final class Dialler {

    private static final int CONNECT_MILLIS = 30_000;
    private static final long HANDSHAKE_SECONDS = 30;
    private static final int STREAM_WINDOW = 4 << 20;
    private static final int CONNECTION_WINDOW = 1 << 30;
    private static final int MOST_HEADER_BYTES = 1 << 20;

    private final Vertx vertx;
    private final HttpClientAgent client;
    private final URI server;
    private final @Nullable String tlsName;

    Dialler(Vertx vertx, URI server, MultiplexedHttpClient.Builder settings) {
        this.vertx = vertx;
        this.server = server;
        this.tlsName = settings.getTlsServerName();
        HttpClientOptions options = new HttpClientOptions()
                .setConnectTimeout(CONNECT_MILLIS)
                .setMaxHeaderSize(MOST_HEADER_BYTES)
                .setProtocolVersion(HttpVersion.HTTP_1_1);
        proxy(settings).ifPresent(options::setProxyOptions);
        if (isTls()) {
            secure(options, settings);
        }
        this.client = vertx.createHttpClient(options);
    }

    private boolean isTls() {
        return "https".equals(server.getScheme());
    }

    private int port() {
        return server.getPort() >= 0 ? server.getPort() : isTls() ? 443 : 80;
    }

    private static void secure(HttpClientOptions options, MultiplexedHttpClient.Builder settings) {
        options.setSsl(true)
                .setSslEngineOptions(new JdkSSLEngineOptions())
                .setSslHandshakeTimeout(HANDSHAKE_SECONDS)
                .setSslHandshakeTimeoutUnit(TimeUnit.SECONDS)
                .setUseAlpn(!settings.isPreferHttp11())
                .setHttp2ConnectionWindowSize(CONNECTION_WINDOW)
                .setInitialSettings(new Http2Settings().setPushEnabled(false).setInitialWindowSize(STREAM_WINDOW));
        if (!settings.isPreferHttp11()) {
            options.setProtocolVersion(HttpVersion.HTTP_2);
        }
        if (settings.getTlsVersions() != null && settings.getTlsVersions().length > 0) {
            options.setEnabledSecureTransportProtocols(Arrays.stream(settings.getTlsVersions())
                    .map(TlsVersion::javaName)
                    .collect(Collectors.toCollection(LinkedHashSet::new)));
        }
        first(settings.getTrustManagers(), X509TrustManager.class)
                .ifPresent(trust -> options.setTrustOptions(TrustOptions.wrap(trust)));
        first(settings.getKeyManagers(), X509KeyManager.class)
                .ifPresent(keys -> options.setKeyCertOptions(KeyCertOptions.wrap(keys)));
    }

    private static <T> Optional<T> first(Object @Nullable [] managers, Class<T> type) {
        return managers == null
                ? Optional.empty()
                : Stream.of(managers).filter(type::isInstance).map(type::cast).findFirst();
    }

    private static Optional<ProxyOptions> proxy(MultiplexedHttpClient.Builder settings) {
        InetSocketAddress address = settings.getProxyAddress();
        if (address == null || settings.getProxyType() == HttpClient.ProxyType.DIRECT) {
            return Optional.empty();
        }
        ProxyOptions proxy = new ProxyOptions()
                .setHost(address.getHostString())
                .setPort(address.getPort())
                .setType(ProxyType.valueOf(settings.getProxyType().name()));
        String[] login = HttpClientUtils.decodeBasicCredentials(settings.getProxyAuthorization());
        if (login != null) {
            proxy.setUsername(login[0]).setPassword(login[1]);
        }
        return Optional.of(proxy);
    }

    /** The JDK finds the address, as it does for other clients; it may block, so a worker does it. */
    Future<HttpClientConnection> connect() {
        return vertx.executeBlocking(() -> InetAddress.getByName(server.getHost()), false)
                .compose(address -> client.connect(new HttpConnectOptions()
                        .setServer(SocketAddress.inetSocketAddress(new InetSocketAddress(address, port())))
                        .setHost(tlsName == null || tlsName.isEmpty() ? server.getHost() : tlsName)
                        .setPort(port())
                        .setSsl(isTls())));
    }

    Future<Void> close() {
        return client.close();
    }
}
