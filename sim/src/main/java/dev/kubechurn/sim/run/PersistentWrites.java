package dev.kubechurn.sim.run;

import dev.kubechurn.core.api.Scheduler;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Sends a write again while the server does not answer or asks for patience, up to a bound. Only writes that may be sent twice: the
 * answer to the first may have been lost. Blocks; safe from any thread.
 */
final class PersistentWrites {

    private static final Duration PAUSE = Duration.ofMillis(500);

    /** Answers of a server, or of a load balancer before it, that is not up. */
    private static final Set<Integer> PASSING = Set.of(429, 502, 503, 504);

    private static final int CONFLICT = 409;
    private static final int INVALID = 422;
    private static final int MOST_CAUSES = 10;

    private final Scheduler scheduler;
    private final Outages outages;
    private final Duration longest;
    private final CountDownLatch over = new CountDownLatch(1);

    PersistentWrites(Scheduler scheduler, Outages outages, Duration longest) {
        this.scheduler = scheduler;
        this.outages = outages;
        this.longest = longest;
    }

    /** Tries nothing again from now on. */
    void giveUp() {
        over.countDown();
    }

    /**
     * Writes.
     *
     * @throws EnvironmentException if the server refuses, or is not there for too long
     */
    void run(String verb, String resource, Runnable write) {
        long began = scheduler.nanos();
        boolean wasDown = false;
        for (int tries = 1; ; tries++) {
            KubernetesClientException refusal = attempt(write);
            if (refusal == null) {
                outages.answered();
                return;
            }
            wasDown |= isNoAnswer(refusal);
            if (!passes(refusal, wasDown)) {
                throw ClusterFailures.told(verb, resource, refusal);
            }
            if (isNoAnswer(refusal)) {
                outages.refused();
            }
            long waited = scheduler.nanos() - began;
            if (waited >= longest.toNanos() || pause()) {
                throw new EnvironmentException(
                        ClusterFailures.told(verb, resource, refusal).getMessage()
                                + String.format(
                                        Locale.ROOT, ", nor in %d more tries for %.0f s", tries - 1, waited / 1e9),
                        refusal);
            }
            outages.retried();
        }
    }

    private static @Nullable KubernetesClientException attempt(Runnable write) {
        try {
            write.run();
            return null;
        } catch (RuntimeException failure) {
            return refusal(failure).orElseThrow(() -> failure);
        }
    }

    private static Optional<KubernetesClientException> refusal(Throwable failure) {
        Throwable cause = failure;
        for (int depth = 0; cause != null && depth < MOST_CAUSES; depth++) {
            if (cause instanceof KubernetesClientException refusal) {
                return Optional.of(refusal);
            }
            cause = cause.getCause();
        }
        return Optional.empty();
    }

    /** fabric8 says 0 or -1, as the way is that the request took. */
    private static boolean isNoAnswer(KubernetesClientException refusal) {
        return refusal.getCode() <= 0;
    }

    /** A server that comes up may for a moment know neither its users nor their rights. */
    private static boolean passes(KubernetesClientException refusal, boolean wasDown) {
        int code = refusal.getCode();
        return isNoAnswer(refusal) || PASSING.contains(code) || (wasDown && code != CONFLICT && code != INVALID);
    }

    /** Returns whether nothing is to be tried again. */
    private boolean pause() {
        try {
            return over.await(PAUSE.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }
}
