/**
 * The API store over HTTP: one request handler that knows paths and parameters, and carriers that move its answers.
 * {@link dev.kubechurn.sim.apiserver.http.MockApiServer} is the way in.
 */
@NullMarked
package dev.kubechurn.sim.apiserver.http;

import org.jspecify.annotations.NullMarked;
