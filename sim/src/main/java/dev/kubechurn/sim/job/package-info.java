/**
 * The manifests of a run, sweep or fuzz campaign that the pods of an Indexed Job share: {@link
 * dev.kubechurn.sim.job.JobManifests} makes them of a {@link dev.kubechurn.sim.job.Task} and its {@link
 * dev.kubechurn.sim.job.JobSettings}.
 */
@NullMarked
package dev.kubechurn.sim.job;

import org.jspecify.annotations.NullMarked;
