/** Pods as the kubelet sees them: which are alive, and which objects they name (rules P and N). */
@NullMarked
package dev.kubechurn.core.pod;

import org.jspecify.annotations.NullMarked;
