/**
 * A kube-apiserver's semantics without HTTP: {@link dev.kubechurn.sim.apiserver.ApiStore} holds versioned objects, their
 * history and the watches on them; carriers bring requests to it.
 */
@NullMarked
package dev.kubechurn.sim.apiserver;

import org.jspecify.annotations.NullMarked;
