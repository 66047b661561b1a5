package dev.kubechurn.sim.apiserver.virtual;

import dev.kubechurn.core.api.ApiError;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Which requests are answered with an error or late, by verb. For the scheduler's thread. */
final class RequestFaults {

    private final Map<KubeletVerb, Deque<ApiError.Status>> next = new EnumMap<>(KubeletVerb.class);
    private final List<Failing> failing = new ArrayList<>();
    private final List<Delaying> delaying = new ArrayList<>();

    private record Failing(KubeletVerb verb, ApiError.Status error, BooleanSupplier drawn) {}

    private record Delaying(KubeletVerb verb, long byNanos, BooleanSupplier drawn) {}

    void failNext(KubeletVerb verb, ApiError.Status error, int times) {
        Deque<ApiError.Status> queue = next.computeIfAbsent(verb, any -> new ArrayDeque<>());
        for (int i = 0; i < times; i++) {
            queue.add(error);
        }
    }

    Runnable fail(KubeletVerb verb, ApiError.Status error, BooleanSupplier drawn) {
        return begin(failing, new Failing(verb, error, drawn));
    }

    Runnable delay(KubeletVerb verb, long byNanos, BooleanSupplier drawn) {
        return begin(delaying, new Delaying(verb, byNanos, drawn));
    }

    private static <F> Runnable begin(List<F> active, F fault) {
        active.add(fault);
        return () -> active.removeIf(each -> Objects.equals(each, fault));
    }

    ApiError.@Nullable Status refusal(KubeletVerb verb) {
        Deque<ApiError.Status> queue = next.get(verb);
        if (queue != null && !queue.isEmpty()) {
            return queue.poll();
        }
        for (Failing each : failing) {
            if (each.verb == verb && each.drawn.getAsBoolean()) {
                return each.error;
            }
        }
        return null;
    }

    long delayNanos(KubeletVerb verb) {
        if (delaying.isEmpty()) {
            return 0; // as nearly always, without an iterator
        }
        long nanos = 0;
        for (Delaying each : delaying) {
            if (each.verb == verb && each.drawn.getAsBoolean()) {
                nanos += each.byNanos;
            }
        }
        return nanos;
    }
}
