package dev.kubechurn.sim.run;

import static java.util.Objects.requireNonNull;

import dev.kubechurn.core.api.ObjectApi;
import dev.kubechurn.core.api.ObjectKey;
import dev.kubechurn.core.api.Scheduler;
import dev.kubechurn.core.reflector.Reflector;
import dev.kubechurn.core.reflector.ReflectorListener;
import dev.kubechurn.sim.shard.Shard;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Where the shards of a run meet: a namespace of the run with a ConfigMap for each shard, and one that says when all begin. Each
 * shard says in its own that it has come, that its objects are there, and that it is done. The last to be ready sets the start,
 * and the last to be done cleans up; so nobody leads, and none is lost. Blocks on the network, but for {@link #isAgreed}. Safe from
 * any thread.
 */
final class Meeting {

    /** The ConfigMap that says when all begin, and its key. */
    static final String START = "start";

    private static final String STATE = "state";
    private static final String SHARDS = "shards";
    private static final String FINGERPRINT = "fingerprint";

    /** Without it a write that says what was there would change nothing, not even the version. */
    private static final String PROCESS = "process";

    private static final String CREATING = "creating";
    private static final String READY = "ready";
    private static final String DONE = "done";
    private static final String SHARD = "shard-";

    /** From when the start is set until it is: long enough for all to hear of it. */
    private static final Duration NOTICE = Duration.ofSeconds(3);

    /** Who hears of the start so long after it has missed nothing worth telling. */
    private static final Duration NOT_LATE = Duration.ofSeconds(1);

    private final KubernetesClient client;
    private final ClusterNamespaces namespaces;
    private final ClusterAccess access;
    private final Scheduler scheduler;
    private final SharedWrites times;
    private final Runnable happened;
    private final Reflector<ConfigMap> follower;
    private final String process = UUID.randomUUID().toString();
    private volatile @Nullable Start start;

    /** The version of what this process has said last; null: it has not come. Where it is another, another process has this number. */
    private volatile @Nullable String said;

    /** @param happened told when the start is known */
    Meeting(
            KubernetesClient client,
            ClusterNamespaces namespaces,
            ClusterAccess access,
            ObjectApi<ConfigMap> configMaps,
            Scheduler scheduler,
            SharedWrites times,
            Runnable happened) {
        this.client = client;
        this.namespaces = namespaces;
        this.access = access;
        this.scheduler = scheduler;
        this.times = times;
        this.happened = happened;
        this.follower = new Reflector<>(
                new Reflector.Environment<>(configMaps, scheduler, () -> 0.5, new ReflectorListener() {}),
                new ObjectKey(namespaces.meeting(), START),
                new StartTarget());
    }

    /**
     * Says that this shard has come; one that was here before, and is here again, says so anew.
     *
     * @throws UnsupportedScenarioException if the shards that are here do something else
     * @throws EnvironmentException if the server refuses it
     */
    void enter() {
        namespaces.createMeeting();
        requireSame(shards());
        said = come().getMetadata().getResourceVersion();
    }

    /**
     * Says that all is there that this shard creates; the last one to say so sets the start.
     *
     * @throws EnvironmentException if another process has come with the same number since
     */
    void arrive() {
        if (!say(READY)) {
            throw new EnvironmentException(
                    "shard " + access.shard() + " of run " + access.runId()
                            + " is running in two processes: another process started later; give each process its own shard number");
        }
        Map<Integer, ConfigMap> shards = shards();
        requireSame(shards);
        if (shards.size() == access.shard().count() && shards.values().stream().noneMatch(it -> isIn(it, CREATING))) {
            setStart();
        }
        follower.start();
    }

    /** Whether it is known when the load begins. */
    boolean isAgreed() {
        return start != null;
    }

    /**
     * When the load begins.
     *
     * @throws EnvironmentException if that is not known, though all had their time
     */
    Start start() {
        follower.stop();
        Start agreed = start;
        if (agreed == null) {
            throw absent();
        }
        return agreed;
    }

    /** For how long to wait for it. */
    Duration patience() {
        return access.patience();
    }

    private EnvironmentException absent() {
        Map<Integer, ConfigMap> shards = shards();
        String missing = IntStream.range(0, access.shard().count())
                .filter(index -> !shards.containsKey(index) || isIn(shards.get(index), CREATING))
                .mapToObj(index -> new Shard(index, access.shard().count())
                        + (shards.containsKey(index) ? " (still creating its objects)" : ""))
                .collect(Collectors.joining(", "));
        return new EnvironmentException("run " + access.runId() + " did not begin: after "
                + patience().toSeconds() + " s these shards had not joined: " + missing
                + "; start all shards at the same time, or allow more time with --shard-timeout");
    }

    /**
     * Says that this shard is done.
     *
     * @return whether it is the last one, so that what the run created can go
     */
    boolean leave() {
        follower.stop();
        if (said == null || !say(DONE)) {
            return false; // or it is for the process that has our number now to say so
        }
        Map<Integer, ConfigMap> shards = shards();
        boolean allHere = shards.size() == access.shard().count();
        boolean allDone = shards.values().stream().allMatch(it -> isIn(it, DONE));
        return allDone && (allHere || !hasStart());
    }

    private static boolean isIn(@Nullable ConfigMap shard, String state) {
        return shard != null
                && shard.getData() != null
                && state.equals(shard.getData().get(STATE));
    }

    private void requireSame(Map<Integer, ConfigMap> shards) {
        shards.forEach((index, shard) -> {
            Map<String, String> data = shard.getData() == null ? Map.of() : shard.getData();
            if (!Integer.toString(access.shard().count()).equals(data.get(SHARDS))) {
                throw new UnsupportedScenarioException("run " + access.runId() + " has " + data.get(SHARDS)
                        + " shards, not " + access.shard().count() + "; use the same number, or another --run-id");
            }
            if (!access.fingerprint().equals(data.get(FINGERPRINT))) {
                throw new UnsupportedScenarioException("shard " + index + "/"
                        + access.shard().count() + " of run "
                        + access.runId() + " has a different scenario, seed, manifests or version than this one; use"
                        + " the same for all shards, or another --run-id");
            }
        });
    }

    /** The shards that have said anything, by their index. */
    private Map<Integer, ConfigMap> shards() {
        try {
            List<ConfigMap> all =
                    client.configMaps().inNamespace(namespaces.meeting()).list().getItems();
            Map<Integer, ConfigMap> shards = new HashMap<>();
            for (ConfigMap each : all) {
                String name = each.getMetadata().getName();
                if (name.matches(SHARD + "[0-9]{1,5}")) {
                    shards.put(Integer.parseInt(name.substring(SHARD.length())), each);
                }
            }
            return shards;
        } catch (KubernetesClientException refusal) {
            throw ClusterFailures.told("list", "configmaps", refusal);
        }
    }

    /** Whoever was here under this number before has died, or hears of us when it says something again. */
    private ConfigMap come() {
        ConfigMap first = saying(CREATING);
        try {
            ConfigMap created = created(first);
            return created == null ? client.resource(first).update() : created;
        } catch (KubernetesClientException refusal) {
            throw ClusterFailures.told("update", "configmaps", refusal);
        }
    }

    /** Whether nobody else has said anything for this shard since. */
    private boolean say(String state) {
        ConfigMap next = saying(state);
        next.getMetadata().setResourceVersion(requireNonNull(said));
        try {
            ConfigMap now = client.resource(next).lockResourceVersion().update();
            said = now.getMetadata().getResourceVersion();
            return true;
        } catch (KubernetesClientException refusal) {
            if (refusal.getCode() == 409) {
                return false;
            }
            throw ClusterFailures.told("update", "configmaps", refusal);
        }
    }

    private ConfigMap saying(String state) {
        return named(SHARD + access.shard().index())
                .addToData(STATE, state)
                .addToData(SHARDS, Integer.toString(access.shard().count()))
                .addToData(FINGERPRINT, access.fingerprint())
                .addToData(PROCESS, process)
                .build();
    }

    private void setStart() {
        Instant at = times.instant(scheduler.nanos()).plus(NOTICE);
        created(named(START).addToData(START, at.toString()).build()); // or another one did, just now
    }

    private boolean hasStart() {
        return client.configMaps()
                        .inNamespace(namespaces.meeting())
                        .withName(START)
                        .get()
                != null;
    }

    /** Null: it was there. */
    private @Nullable ConfigMap created(ConfigMap configMap) {
        try {
            return client.resource(configMap).create();
        } catch (KubernetesClientException refusal) {
            if (refusal.getCode() == 409) {
                return null;
            }
            throw ClusterFailures.told("create", "configmaps", refusal);
        }
    }

    private ConfigMapBuilder named(String name) {
        return new ConfigMapBuilder()
                .withNewMetadata()
                .withNamespace(namespaces.meeting())
                .withName(name)
                .endMetadata();
    }

    private void agreed(Instant at) {
        long nanos = times.onClock(at);
        long now = scheduler.nanos();
        long late = now - nanos;
        start = late > NOT_LATE.toNanos() ? new Start(now, times.instant(now), late) : new Start(nanos, at, 0);
        happened.run();
    }

    /** Hears of the start, once. */
    private final class StartTarget implements Reflector.Target<ConfigMap> {

        @Override
        public void replace(@Nullable ConfigMap object) {
            if (object != null) {
                set(object);
            }
        }

        @Override
        public void set(ConfigMap object) {
            String at = object.getData() == null ? null : object.getData().get(START);
            if (at == null || start != null) {
                return;
            }
            try {
                agreed(Instant.parse(at));
            } catch (DateTimeParseException notOurs) {
                return; // somebody else's: the time runs out, and says who is missing
            }
        }

        @Override
        public void deleted() {}

        @Override
        public void settled() {}
    }
}
