/**
 * Scenarios: what a run is to simulate, as YAML that people write and as records that the runner reads.
 *
 * <p>Every field is described once, in {@link dev.kubechurn.sim.scenario.ScenarioDescription}; the reader, the dump, the
 * parameters in the results and the JSON Schema all follow from that description.
 */
@NullMarked
package dev.kubechurn.sim.scenario;

import org.jspecify.annotations.NullMarked;
