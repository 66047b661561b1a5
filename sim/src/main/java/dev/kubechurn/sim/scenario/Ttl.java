package dev.kubechurn.sim.scenario;

import java.time.Duration;

/** How long the Cache strategy holds a value. */
public sealed interface Ttl {

    /** What the controller manager's TTL controller writes on the nodes of a cluster of this size. */
    record ByClusterSize() implements Ttl {}

    /** The same on every node. */
    record Fixed(Duration duration) implements Ttl {}
}
