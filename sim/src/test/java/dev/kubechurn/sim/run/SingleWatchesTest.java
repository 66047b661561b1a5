package dev.kubechurn.sim.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kubechurn.core.api.ApiError;
import dev.kubechurn.core.api.Call;
import dev.kubechurn.core.api.ObjectApi;
import dev.kubechurn.core.api.ObjectKey;
import dev.kubechurn.core.api.ObjectKind;
import dev.kubechurn.core.api.WatchEvent;
import dev.kubechurn.sim.check.Check;
import dev.kubechurn.sim.check.Violations;
import io.fabric8.kubernetes.api.model.ConfigMap;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The part of check 1 that is looked at all the time. */
final class SingleWatchesTest {

    private static final ObjectKey KEY = new ObjectKey("ns", "a");
    private static final ObjectApi.WatchOptions OPTIONS = new ObjectApi.WatchOptions("1", true, 300);

    private final Violations violations = new Violations();
    private final Watched server = new Watched();
    private final SingleWatches<ConfigMap> api = new SingleWatches<>(server, ObjectKind.CONFIG_MAP, 3, violations);

    @Test
    void aSecondWatchWhileOneIsOpenIsAViolation() {
        api.watch(KEY, OPTIONS, new Idle());
        assertThat(violations.total()).isZero();
        api.watch(new ObjectKey("ns", "b"), OPTIONS, new Idle());
        assertThat(violations.total()).isZero();
        api.watch(KEY, OPTIONS, new Idle());
        assertThat(violations.messages(Check.NO_LEAK))
                .containsExactly("node-3, configmap ns/a: a second watch opened while one was open");
    }

    @Test
    void theNextWatchAfterOneThatIsOverIsNone() {
        Call first = api.watch(KEY, OPTIONS, new Idle());
        first.cancel();
        api.watch(KEY, OPTIONS, new Idle());
        server.handlers.get(1).closed();
        api.watch(KEY, OPTIONS, new Idle());
        server.handlers.get(2).failed(new ApiError.ConnectionRefused("planted"));
        api.watch(KEY, OPTIONS, new Idle());
        server.handlers.get(3).event(new WatchEvent.Failure(new ApiError.Status(410, "Expired", "", List.of(), null)));
        api.watch(KEY, OPTIONS, new Idle());
        assertThat(violations.total()).isZero();
    }

    /** What is over late takes nothing from the one that is open by then. */
    @Test
    void aWatchThatIsOverTwiceCountsOnce() {
        Call first = api.watch(KEY, OPTIONS, new Idle());
        first.cancel();
        api.watch(KEY, OPTIONS, new Idle());
        first.cancel();
        server.handlers.get(0).closed();
        api.watch(KEY, OPTIONS, new Idle());
        assertThat(violations.total()).isOne();
    }

    private static final class Idle implements ObjectApi.WatchHandler {
        @Override
        public void event(WatchEvent event) {}

        @Override
        public void closed() {}

        @Override
        public void failed(ApiError error) {}
    }

    private static final class Watched implements ObjectApi<ConfigMap> {

        private final List<WatchHandler> handlers = new ArrayList<>();

        @Override
        public Class<ConfigMap> type() {
            return ConfigMap.class;
        }

        @Override
        public Call list(ObjectKey key, String resourceVersion, ListHandler<ConfigMap> handler) {
            throw new AssertionError("nobody lists");
        }

        @Override
        public Call watch(ObjectKey key, WatchOptions options, WatchHandler handler) {
            handlers.add(handler);
            return () -> {};
        }

        @Override
        public Call get(ObjectKey key, String resourceVersion, GetHandler<ConfigMap> handler) {
            throw new AssertionError("nobody gets");
        }
    }
}
