/** The regression gate: what differs between a base and a candidate, and whether that is real, large enough and bad. */
@NullMarked
package dev.kubechurn.reports.gate;

import org.jspecify.annotations.NullMarked;
