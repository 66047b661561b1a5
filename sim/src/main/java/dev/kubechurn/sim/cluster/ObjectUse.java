package dev.kubechurn.sim.cluster;

/**
 * What a pod does with one object that it names.
 *
 * @param secret whether it is a Secret; else a ConfigMap
 * @param optional whether the pod starts without it
 * @param mounted whether it is in a volume, and so read again at each sync; else it is read once, at the start
 */
public record ObjectUse(boolean secret, String name, boolean optional, boolean mounted) {}
