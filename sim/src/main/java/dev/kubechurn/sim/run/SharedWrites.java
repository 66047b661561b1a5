package dev.kubechurn.sim.run;

import dev.kubechurn.core.api.Scheduler;
import dev.kubechurn.sim.metrics.CommitLog;
import dev.kubechurn.sim.metrics.ObjectId;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.Secret;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Writes into each object when it was sent, and reads that from the objects of the other shards. The times are as good as the
 * clocks of the machines agree.
 */
final class SharedWrites implements WriteMarks {

    /** An annotation: nanoseconds since 1970, when the write was sent. */
    static final String WRITTEN = "kubechurn.dev/written";

    /** When somebody else wrote it, and nobody knows when: before all that is measured. */
    private static final long LONG_AGO = Long.MIN_VALUE / 4;

    private final String runId;
    private final Set<ObjectId> ours;
    private final CommitLog commits;
    private final long epochNanos;

    /** @param ours what this process writes itself */
    SharedWrites(String runId, Set<ObjectId> ours, CommitLog commits, Scheduler scheduler, InstantSource instants) {
        this.runId = runId;
        this.ours = Set.copyOf(ours);
        this.commits = commits;
        this.epochNanos = nanos(instants.instant()) - scheduler.nanos();
    }

    private static long nanos(Instant instant) {
        return TimeUnit.SECONDS.toNanos(instant.getEpochSecond()) + instant.getNano();
    }

    /** A moment of the world on the scheduler's clock. */
    long onClock(Instant instant) {
        return nanos(instant) - epochNanos;
    }

    /** A moment of the scheduler's clock, for the world. */
    Instant instant(long clockNanos) {
        return Instant.EPOCH.plusNanos(clockNanos + epochNanos);
    }

    @Override
    public void mark(HasMetadata object, long nanos) {
        ObjectMeta metadata = object.getMetadata();
        metadata.setLabels(with(metadata.getLabels(), ClusterNamespaces.LABEL, runId));
        metadata.setAnnotations(with(metadata.getAnnotations(), WRITTEN, Long.toString(nanos + epochNanos)));
    }

    private static Map<String, String> with(@Nullable Map<String, String> before, String key, String value) {
        Map<String, String> more = before == null ? new HashMap<>() : new HashMap<>(before);
        more.put(key, value);
        return more;
    }

    @Override
    public void seen(ObjectId id, HasMetadata object) {
        if (!ours.contains(id)) {
            long revision = Long.parseLong(object.getMetadata().getResourceVersion());
            commits.learned(id, revision, written(object.getMetadata()), isImmutable(object));
        }
    }

    private long written(ObjectMeta metadata) {
        Map<String, String> annotations = metadata.getAnnotations();
        String written = annotations == null ? null : annotations.get(WRITTEN);
        try {
            return written == null ? LONG_AGO : Long.parseLong(written) - epochNanos;
        } catch (NumberFormatException notOurs) {
            return LONG_AGO;
        }
    }

    static boolean isImmutable(HasMetadata object) {
        return object instanceof ConfigMap configMap
                ? Boolean.TRUE.equals(configMap.getImmutable())
                : object instanceof Secret secret && Boolean.TRUE.equals(secret.getImmutable());
    }
}
