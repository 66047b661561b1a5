package dev.kubechurn.sim.apiserver.virtual;

import dev.kubechurn.sim.apiserver.Verb;

/** A verb that a kubelet's ConfigMap and Secret managers send. */
public enum KubeletVerb {
    LIST(Verb.LIST),
    WATCH(Verb.WATCH),
    GET(Verb.GET);

    private final Verb counted;

    KubeletVerb(Verb counted) {
        this.counted = counted;
    }

    /** As the server counts it. */
    Verb counted() {
        return counted;
    }
}
