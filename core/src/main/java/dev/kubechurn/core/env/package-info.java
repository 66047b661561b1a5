/**
 * A container's environment: {@code envFrom}, {@code env}, the pod, its node and the known services made into variables
 * (rules E). Start reading at {@link dev.kubechurn.core.env.EnvironmentResolver}, then {@code Resolution}.
 */
@NullMarked
package dev.kubechurn.core.env;

import org.jspecify.annotations.NullMarked;
