package dev.kubechurn.sim.manifests;

import dev.kubechurn.core.api.ObjectKind;

/**
 * One mention of an object in a pod.
 *
 * @param optional whether the pod starts without the object
 * @param mounted whether it stands in a volume; else a container or the image pull takes it once
 * @param place where it stands, for people: {@code container "web", env DB_HOST}
 */
public record PodReference(ObjectKind<?> kind, String name, boolean optional, boolean mounted, String place) {}
