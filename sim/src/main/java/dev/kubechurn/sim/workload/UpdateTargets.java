package dev.kubechurn.sim.workload;

import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** Which objects are changed: the kind by its share, then the object by popularity. For one thread at a time. */
final class UpdateTargets {

    private final List<ObjectPlan> configMaps;
    private final List<ObjectPlan> secrets;
    private final double secretsShare;
    private final Popularity popularity;
    private final SplittableRandom random;

    /** @param objects the more popular first */
    UpdateTargets(List<ObjectPlan> objects, UpdateLoad load, SplittableRandom random) {
        this.secrets = objects.stream().filter(ObjectPlan::secret).toList();
        this.configMaps = objects.stream().filter(object -> !object.secret()).toList();
        this.secretsShare = load.secretsShare();
        this.popularity = new Popularity(load.zipfExponent());
        this.random = random;
    }

    /** Whether there is any. */
    boolean any() {
        return any(false) || any(true);
    }

    private boolean any(boolean secret) {
        return secret ? secretsShare > 0 && !secrets.isEmpty() : secretsShare < 1 && !configMaps.isEmpty();
    }

    /** The next one: of the other kind, where there is none of the kind drawn. Null: there is none at all. */
    @Nullable
    ObjectPlan next() {
        boolean drawn = random.nextDouble() < secretsShare;
        boolean secret = any(drawn) ? drawn : !drawn;
        if (!any(secret)) {
            return null;
        }
        List<ObjectPlan> objects = secret ? secrets : configMaps;
        return objects.get(popularity.next(objects.size(), random));
    }
}
