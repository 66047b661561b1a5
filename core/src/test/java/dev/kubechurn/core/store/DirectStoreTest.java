package dev.kubechurn.core.store;

import static dev.kubechurn.core.store.StoreRig.APP;
import static dev.kubechurn.core.store.StoreRig.MINUTE;
import static dev.kubechurn.core.store.StoreRig.OTHER;
import static dev.kubechurn.core.store.StoreRig.SECOND;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kubechurn.core.api.ApiError;
import dev.kubechurn.core.api.ObjectKind;
import dev.kubechurn.core.testing.FakeServer;
import dev.kubechurn.core.testing.RecordingReader;
import dev.kubechurn.core.testing.Samples;
import dev.kubechurn.core.testing.Statuses;
import dev.kubechurn.core.testing.Verb;
import dev.kubechurn.core.testing.VirtualScheduler;
import io.fabric8.kubernetes.api.model.ConfigMap;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Strategy Get: rules S40, S41 and M14. */
class DirectStoreTest {

    private final VirtualScheduler scheduler = new VirtualScheduler();
    private final FakeServer server = new FakeServer(scheduler);
    private final DirectStore<ConfigMap> store = new DirectStore<>(server.configMaps());

    @Test
    @DisplayName("S40: every read is one GET without version, so the server's cache never answers")
    void everyReadIsAQuorumGet() {
        server.create(Samples.configMap("app", "a"));
        server.staleReads();
        server.update(Samples.configMap("app", "b"));

        assertThat(List.of(describe(read()), describe(read()))).containsExactly("b", "b");
        assertThat(server.requests()).containsExactly("GET shop/app ", "GET shop/app ");
    }

    @Test
    @DisplayName("S40: nothing is remembered: a failure after a value is the failure, an absence an absence")
    void nothingIsRemembered() {
        server.create(Samples.configMap("app", "a"));
        assertThat(describe(read())).isEqualTo("a");
        assertThat(store.getNow("shop", "app")).isNull();
        server.failNext(Verb.GET, 500, 1);
        assertThat(describe(read())).isEqualTo("Unavailable");
        server.delete(ObjectKind.CONFIG_MAP, APP);
        assertThat(describe(read())).isEqualTo("NotFound");
        server.failNext(Verb.GET, 500, 1);
        assertThat(describe(read())).isEqualTo("Unavailable");
    }

    @Test
    @DisplayName("S40: reads at once are a request each, and none waits for another")
    void readsAreIndependent() {
        server.create(Samples.configMap("app", "a"));
        server.latency(SECOND);
        List<RecordingReader<ConfigMap>> readers = List.of(start(), start(), start());
        assertThat(server.calls(Verb.GET)).isEqualTo(3);
        scheduler.advance(SECOND);

        assertThat(readers).extracting(StoreRig::describe).containsExactly("a", "a", "a");
    }

    @Test
    @DisplayName("S41: a 404 is NotFound with the server's text")
    void notFoundIsPassedOn() {
        assertThat(read().error()).isEqualTo(new LookupError.NotFound("configmaps \"app\" not found"));
    }

    @ParameterizedTest
    @ValueSource(ints = {403, 410, 429, 500, 503, 504})
    @DisplayName("S41: any other answer is Unavailable with the server's text")
    void failuresArePassedOn(int status) {
        server.failNext(Verb.GET, status, 1);

        assertThat(read().error())
                .isEqualTo(new LookupError.Unavailable(Statuses.of(status).message()));
    }

    @Test
    @DisplayName("S41: a failure of the transport is Unavailable with the transport's text")
    void transportFailuresArePassedOn() {
        server.failNext(Verb.GET, new ApiError.Transport("connection reset"));
        assertThat(read().error()).isEqualTo(new LookupError.Unavailable("connection reset"));
        server.partition();
        assertThat(read().error()).isEqualTo(new LookupError.Unavailable("connection refused"));
    }

    @Test
    @DisplayName("M14: references do nothing at all, and none is kept")
    void referencesDoNothing() {
        store.addReference(APP);
        store.addReference(OTHER);
        store.deleteReference(OTHER);
        scheduler.advance(MINUTE);

        assertThat(store.references()).isEmpty();
        assertThat(server.requests()).isEmpty();
        assertThat(scheduler.pending()).isZero();
    }

    @Test
    @DisplayName("S14: after closing a read asks nothing; a request under way still answers")
    void closing() {
        server.create(Samples.configMap("app", "a"));
        server.latency(SECOND);
        RecordingReader<ConfigMap> underWay = start();
        store.close();
        RecordingReader<ConfigMap> late = start();
        assertThat(late.error()).isEqualTo(new LookupError.Unavailable("the store is closed"));
        scheduler.advance(SECOND);

        assertThat(describe(underWay)).isEqualTo("a");
        assertThat(server.calls(Verb.GET)).isEqualTo(1);
    }

    private RecordingReader<ConfigMap> start() {
        RecordingReader<ConfigMap> reader = new RecordingReader<>();
        store.get("shop", "app", reader);
        return reader;
    }

    private RecordingReader<ConfigMap> read() {
        RecordingReader<ConfigMap> reader = start();
        scheduler.runDue();
        return reader;
    }

    private static String describe(RecordingReader<ConfigMap> reader) {
        return StoreRig.describe(reader);
    }
}
