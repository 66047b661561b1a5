/** The managers that the kubelet talks to: register a pod, unregister it, read an object (rules M). */
@NullMarked
package dev.kubechurn.core.manager;

import org.jspecify.annotations.NullMarked;
