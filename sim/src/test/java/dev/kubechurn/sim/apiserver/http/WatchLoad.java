package dev.kubechurn.sim.apiserver.http;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.parsetools.RecordParser;
import java.net.URI;
import java.util.BitSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A program, not a test: opens one watch for each ConfigMap {@code load-0} to {@code load-N} of a server in another process, and
 * says whether any change of them was lost, came twice or came out of order. Since versions are global and nothing else is
 * written, the versions that all watches saw together must be one range without a gap. See docs/performance.md.
 */
final class WatchLoad {

    private final JsonMapper mapper = JsonMapper.builder().build();
    private final BitSet seen = new BitSet();
    private final long[] last;
    private final CountDownLatch open;
    private long first = Long.MAX_VALUE;
    private long twice;
    private long backwards;
    private long ended;

    private WatchLoad(int watches) {
        this.last = new long[watches];
        this.open = new CountDownLatch(watches);
    }

    /** Arguments: address, number of watches, seconds. */
    public static void main(String[] arguments) throws Exception {
        int watches = Integer.parseInt(arguments[1]);
        Vertx vertx = Vertx.vertx();
        HttpClient client = vertx.createHttpClient(
                new HttpClientOptions().setKeepAlive(false), new PoolOptions().setHttp1MaxSize(watches + 10));
        URI server = URI.create(arguments[0]);
        WatchLoad load = new WatchLoad(watches);
        for (int i = 0; i < watches; i++) {
            load.watch(client, server, i);
        }
        load.open.await();
        System.out.println(watches + " watches are open at version " + load.highest());
        TimeUnit.SECONDS.sleep(Long.parseLong(arguments[2]));
        load.report();
        System.exit(0);
    }

    private void watch(HttpClient client, URI server, int index) {
        String path = "/api/v1/namespaces/load/configmaps?watch=true&fieldSelector=metadata.name%3Dload-" + index;
        client.request(HttpMethod.GET, server.getPort(), server.getHost(), path)
                .compose(request -> request.send())
                .onSuccess(response -> {
                    response.handler(RecordParser.newDelimited("\n", line -> event(index, line.getBytes())));
                    response.endHandler(end -> ended());
                    response.exceptionHandler(failure -> ended());
                })
                .onFailure(failure -> ended());
    }

    private synchronized void ended() {
        ended++;
    }

    private synchronized void event(int index, byte[] line) {
        JsonNode event = mapper.readTree(line);
        long version = Long.parseLong(
                event.path("object").path("metadata").path("resourceVersion").stringValue());
        if (event.path("type").stringValue().equals("ADDED")) {
            last[index] = version;
            open.countDown();
            return;
        }
        first = Math.min(first, version);
        twice += seen.get((int) version) ? 1 : 0;
        backwards += version <= last[index] ? 1 : 0;
        seen.set((int) version);
        last[index] = version;
    }

    private synchronized int highest() {
        return seen.length() - 1;
    }

    private synchronized void report() {
        int highest = seen.length() - 1;
        long events = seen.cardinality();
        // The watches were opened while updates went on: the range is told from where all of them were open.
        long after = 0;
        for (int version = (int) first; version <= highest; version++) {
            if (!seen.get(version)) {
                after = version;
            }
        }
        System.out.printf(
                "%d events, versions %d to %d, the last that none of the watches saw: %s; twice %d, backwards %d, ended %d%n",
                events, first, highest, after == 0 ? "none" : after, twice, backwards, ended);
    }
}
