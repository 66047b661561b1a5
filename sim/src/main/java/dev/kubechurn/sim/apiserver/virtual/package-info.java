/** The API store behind core's {@code ObjectApi} without a network: requests are answered in the moment they are sent. */
@NullMarked
package dev.kubechurn.sim.apiserver.virtual;

import org.jspecify.annotations.NullMarked;
