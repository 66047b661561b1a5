package dev.kubechurn.core.volume;

import dev.kubechurn.core.api.ObjectKind;

/** A ConfigMap or a Secret that a volume names; its namespace is the pod's. */
public record ObjectName(ObjectKind<?> kind, String name) {}
