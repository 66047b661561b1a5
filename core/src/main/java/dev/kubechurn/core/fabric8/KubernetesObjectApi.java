package dev.kubechurn.core.fabric8;

import dev.kubechurn.core.api.Call;
import dev.kubechurn.core.api.ObjectApi;
import dev.kubechurn.core.api.ObjectKey;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.RequestConfig;
import io.fabric8.kubernetes.client.RequestConfigBuilder;
import io.fabric8.kubernetes.client.http.HttpClient;
import java.net.URI;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The API server behind a fabric8 client: lists and gets are HTTP requests, watches are WebSockets, a connection for each;
 * {@link MultiplexedClients} have them all on one. Safe from any thread.
 *
 * <p>It speaks through the client's {@code HttpClient}, so TLS, proxy, tokens and their refreshing, basic
 * authentication, impersonation and the headers of the configuration hold as they do for the client itself: all of them
 * are set on that {@code HttpClient}. The client's retries do not hold (R17), and its watch manager is not used: that
 * one reports a watch that the server closed within two seconds as expired, and hides bookmarks. The configuration's
 * request time-out, 10 s unless set, bounds a list, a get and the opening of a watch, but not an open watch.
 *
 * <p>An answer to a list or get of more than 16 MiB is an error; the same bound on the messages of a watch is set by
 * {@link KubernetesClients}, other clients have their own.
 *
 * <p>With a Vert.x client of fabric8, which is its default, watches are opened on the client's event loops, because their
 * first events could be lost otherwise. There the client also asks for its token: an {@code OAuthTokenProvider} must not
 * block for long.
 *
 * <p>The client stays its owner's. After it was closed, calls end with an error.
 *
 * @param <T> the kind of object
 */
public final class KubernetesObjectApi<T extends HasMetadata> implements ObjectApi<T> {

    private static final Logger LOG = LoggerFactory.getLogger(KubernetesObjectApi.class);

    private final ApiResource<T> kind;
    private final ResourceUris uris;
    private final ApiChannel channel;
    private final boolean streams;

    private KubernetesObjectApi(
            ApiResource<T> kind,
            KubernetesClient client,
            HttpClient carrier,
            boolean streams,
            Executor executor,
            Consumer<Throwable> callbackFailed) {
        this.kind = kind;
        this.uris = new ResourceUris(URI.create(client.getMasterUrl().toString()), kind.plural());
        Integer timeout = client.getConfiguration().getRequestTimeout();
        ObjectReader reader = new ObjectReader(client.getKubernetesSerialization());
        HttpClient http = carrier.newBuilder().tag(withoutRetry(client)).build();
        this.streams = streams;
        this.channel = new ApiChannel(
                executor,
                callbackFailed,
                http,
                KubernetesClients.opener(http),
                timeout == null ? 0 : timeout,
                reader,
                new Failures(reader));
    }

    /**
     * ConfigMaps. What a callback throws is logged.
     *
     * @param executor as for {@link #configMaps(KubernetesClient, Executor, Consumer)}
     */
    public static KubernetesObjectApi<ConfigMap> configMaps(KubernetesClient client, Executor executor) {
        return configMaps(client, executor, KubernetesObjectApi::log);
    }

    /**
     * ConfigMaps.
     *
     * @param executor sends the requests, but for the WebSockets of a Vert.x client, which its event loops open, and makes
     *     the callbacks; it must not run them in the thread that hands them in,
     *     and once it refuses work, starting calls throw its {@code RejectedExecutionException}
     * @param callbackFailed told of anything that a handler's callback throws, on the executor; the call goes on, but
     *     what the callback was to do may be half done
     */
    public static KubernetesObjectApi<ConfigMap> configMaps(
            KubernetesClient client, Executor executor, Consumer<Throwable> callbackFailed) {
        return new KubernetesObjectApi<>(
                ApiResource.configMap(), client, client.getHttpClient(), false, executor, callbackFailed);
    }

    /**
     * Secrets. What a callback throws is logged.
     *
     * @param executor as for {@link #configMaps(KubernetesClient, Executor, Consumer)}
     */
    public static KubernetesObjectApi<Secret> secrets(KubernetesClient client, Executor executor) {
        return secrets(client, executor, KubernetesObjectApi::log);
    }

    /**
     * Secrets.
     *
     * @param executor as for {@link #configMaps(KubernetesClient, Executor, Consumer)}
     * @param callbackFailed as for {@link #configMaps(KubernetesClient, Executor, Consumer)}
     */
    public static KubernetesObjectApi<Secret> secrets(
            KubernetesClient client, Executor executor, Consumer<Throwable> callbackFailed) {
        return new KubernetesObjectApi<>(
                ApiResource.secret(), client, client.getHttpClient(), false, executor, callbackFailed);
    }

    /**
     * Objects whose watches are plain HTTP answers that do not end.
     *
     * @param carrier of all requests, in place of the client's own
     */
    static <T extends HasMetadata> KubernetesObjectApi<T> streams(
            ApiResource<T> kind,
            KubernetesClient client,
            HttpClient carrier,
            Executor executor,
            Consumer<Throwable> callbackFailed) {
        return new KubernetesObjectApi<>(kind, client, carrier, true, executor, callbackFailed);
    }

    private static void log(Throwable failure) {
        LOG.error("A handler of API callbacks failed; the call continues", failure);
    }

    @Override
    public Class<T> type() {
        return kind.type();
    }

    @Override
    public Call list(ObjectKey key, String resourceVersion, ListHandler<T> handler) {
        RequestCall.AnswerReader answer = json -> {
            var list = channel.reader().list(json, kind);
            return () -> handler.listed(list.getMetadata().getResourceVersion(), list.getItems());
        };
        return new RequestCall(channel, () -> uris.list(key, resourceVersion), answer, handler::failed).begin();
    }

    @Override
    public Call watch(ObjectKey key, WatchOptions options, WatchHandler handler) {
        return streams
                ? new StreamCall(channel, uris, () -> uris.watch(key, options), handler).begin()
                : new WatchCall(channel, uris, () -> uris.watch(key, options), handler).begin();
    }

    @Override
    public Call get(ObjectKey key, String resourceVersion, GetHandler<T> handler) {
        RequestCall.AnswerReader answer = json -> {
            T object = channel.reader().object(json, kind);
            return () -> handler.found(object);
        };
        return new RequestCall(channel, () -> uris.get(key, resourceVersion), answer, handler::failed).begin();
    }

    /** The client's own settings but for the retries; the rest of them, such as impersonation, must stay. */
    private static RequestConfig withoutRetry(KubernetesClient client) {
        return new RequestConfigBuilder(client.getConfiguration().getRequestConfig())
                .withRequestRetryBackoffLimit(0)
                .build();
    }
}
