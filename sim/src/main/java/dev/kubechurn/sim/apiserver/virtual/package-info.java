/**
 * The API store behind core's {@code ObjectApi} in virtual time: connections, replicas and a model of how long they take;
 * without a model, requests are answered in the moment they are sent.
 */
@NullMarked
package dev.kubechurn.sim.apiserver.virtual;

import org.jspecify.annotations.NullMarked;
