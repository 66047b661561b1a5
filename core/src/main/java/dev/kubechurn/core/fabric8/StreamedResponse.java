package dev.kubechurn.core.fabric8;

import io.fabric8.kubernetes.client.http.AsyncBody;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import io.fabric8.kubernetes.client.http.StandardHttpHeaders;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpClientResponse;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** An answer whose body is still to come. */
final class StreamedResponse extends StandardHttpHeaders implements HttpResponse<AsyncBody> {

    private final HttpRequest request;
    private final int code;
    private final StreamedBody body;

    StreamedResponse(HttpRequest request, HttpClientResponse response, StreamedBody body) {
        super(headers(response.headers()));
        this.request = request;
        this.code = response.statusCode();
        this.body = body;
    }

    private static Map<String, List<String>> headers(MultiMap from) {
        Map<String, List<String>> headers = new LinkedHashMap<>();
        from.names().forEach(name -> headers.put(name, from.getAll(name)));
        return headers;
    }

    @Override
    public int code() {
        return code;
    }

    @Override
    public AsyncBody body() {
        return body;
    }

    @Override
    public HttpRequest request() {
        return request;
    }

    @Override
    public Optional<HttpResponse<?>> previousResponse() {
        return Optional.empty();
    }
}
